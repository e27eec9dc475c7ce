"""People: those whom the plan removes are headcount figures, the others mentions."""

import re
from collections.abc import Sequence

from pipeline.charges.passages import Passage
from pipeline.charges.readings import HeadcountDraft, Mention, Reading
from pipeline.figures.people import NUMBER
from pipeline.figures.rule import Rule, wording

REMOVED: tuple[Rule, ...] = (
    Rule(
        "headcount.removed",
        r"\b(?:eliminat\w+|involv\w+|loss of|trim\w*|their jobs|terminat\w+|reduc\w+|lay(?:ing)?[- ]?off\w*|"
        r"laid off|lay-?offs?|affect\w*|impact\w*|sever(?:ed|ing)|cut(?:s|ting)?|los(?:e|s|es|"
        r"ing) (?:their|its)|dismiss\w*|redundan\w+|"
        r"separat\w+|depart\w*|displac\w+|let(?:s|ting)? go|lets? go|remov\w+|made redundant|"
        r"leav(?:e|es|ing)|go\b|notif\w+|notice|job losses|takes? out|no longer|"
        r"positions? (?:will|to) (?:be )?eliminated|cost \d|downsiz\w+|shr[iau]nk\w*|streamlin\w+|declin\w+|"
        r"released|close[sd]? (?:\w+ ){0,8}employ\w+|falls? by|will be made|"
        r"end(?:s|ed|ing)? the employment|restructuring of|decreas\w+|severance)\b",
        "removed",
        "eliminate approximately 150 positions",
        "employs 150 people",
    ),
)
RETAINED: tuple[Rule, ...] = (
    Rule(
        "headcount.retained",
        r"\b(?:remain\w*|retain\w*|continu\w+ to employ|(?:to|will|would) employ|will be offered|"
        r"offer(?:ed)? (?:positions|"
        r"jobs|employment|relocation)|transfer(?:red)? to|employ(?:s|ed)|"
        r"have|hir(?:e|es|ed|ing)|recruit\w*|add(?:ing|s)?|creat\w+|new|currently|consist\w* of|"
        r"workforce of|staff of)(?: [\w’'-]+){0,4} $|\bha(?:s|d)(?: a total of)? $",
        "retained_headcount",
        "the Company will retain approximately ",
        "the Company will eliminate approximately ",
    ),
    Rule(
        "headcount.furloughed",
        r"\bfurlough\w*(?: [\w’']+){0,4} $",
        "retained_headcount",
        "the Company furloughed approximately ",
        "the Company, which furloughed people last year, will dismiss ",
    ),
    Rule(
        "headcount.fraction",
        r"\b(?:one|two|three|nearly one|about one) in $",
        "other_matter",
        "affecting roughly one in ",
        "affecting some in ",
    ),
    Rule(
        "headcount.level_reached",
        r"\b(?:(?:workforce|headcount|staff|employees|personnel|"
        r"positions)[^.;]{0,60}\bto(?: a total of)?(?: approximately)? |"
        r"from(?: approximately)? [\d,]+ to(?: approximately)? )$",
        "retained_headcount",
        "reduce its workforce to approximately ",
        "reduce its workforce by approximately ",
    ),
    Rule(
        "headcount.level_before",
        r"\b(?:(?:out )?of (?:a total of |its |our |the Company[’']s )?(?:current |approximately |"
        r"existing )*|from (?:approximately )?(?=$))$",
        "retained_headcount",
        "eliminate some of its ",
        "eliminate some ",
    ),
)
"""Just before the number: people who stay, are hired, or were there before."""
ALREADY = re.compile(r"^\s*(?:to|and)\b", re.IGNORECASE)
OFFICERS = Rule(
    "people.officers",
    r"\b(?:executive officers?|named executive|directors?|members of the board|"
    r"vice presidents?|executives|officers?)\b",
    "compensation",
    "two executive officers",
    "two employees",
)
WORKFORCE = Rule(
    "percent.of_workforce",
    r"^,?\s*(?:reduction )?(?:of|in) (?:(?!revenues?|sales|costs?|expenses?|shares?|capacity|"
    r"production|assets|volumes?)"
    r"[\w.&,’'-]+ ){0,7}?(?:work ?force|employees?|staff|headcount|personnel|positions?|"
    r"employee base|people|team|those|associates|jobs|roles)\b|^\s*(?:work ?force|headcount|staff|"
    r"employee) reduction",
    "workforce",
    " of the Company's global workforce",
    " of the Company's revenue",
)
WORKFORCE_BEFORE = Rule(
    "percent.workforce_by",
    r"\b(?:work ?force|headcount|staff(?:ing)?(?: levels)?|employees|personnel|positions|roles|jobs|"
    r"people)(?: [\w’'-]+){0,6}(?:[^.;%]{0,60},)? (?:by|of|falls? by|reduction of|or|approximately|about|"
    r"representing|is|constitut\w+)(?: an? additional| approximately| about| roughly|"
    r" over)* $|\breduction (?:in force )?of (?:approximately |about )?$",
    "workforce",
    "reduce its workforce by approximately ",
    "reduce its costs by approximately ",
)
UNIT = wording(
    r"\b(?:of (?:the|its|our) (?:[\w&’'.-]+ ){0,5}(?:business|division|segment|unit|plant|"
    r"facility|department|office|subsidiary|group|organization|operations|sales force|"
    r"headquarters|function)|home office|distribution center|(?:division|segment|plant|"
    r"facility|corporate)(?:’s|'s)? (?:work ?force|employees|staff))\b",
    "of the Company's packaging division",
    "of the Company's employees",
)
TOTAL_WORKFORCE = wording(
    r"\b(?:(?:total|global|worldwide|entire|overall|company-wide|current|its|our|"
    r"[Cc]ompany[’']s|full-time|all)\b[^.;]{0,40}(?:work ?force|employees|staff|headcount|"
    r"employee base|people|positions)|work ?force)",
    "of its global workforce",
    "of the plant's stores",
)
_ANAPHOR = wording(
    r"(?:this|that|these|they|it|the (?:reductions?|cuts?|eliminations?))\b",
    "This represents",
    "Each represents",
)
_THOSE_PEOPLE = wording(
    r"(?:(?:the|these|those|such) (?:\w+ ){0,2}(?:employees|positions|people|persons|roles|"
    r"reductions?|jobs|associates)"
    r"(?: \w+){0,3}|this|they) (?:represents?|constitutes?|accounts? for|amounts? to|(?:is|are|was|"
    r"were) (?:about |"
    r"approximately )?\d)",
    "The employees affected represent",
    "The charges represent",
)
_PART_BEFORE = wording(
    rf"(?:{NUMBER}) of (?:the|its|our|their) (?:[\w-]+[’']s )?(?:approximately )?$",
    "eliminate 40 of its ",
    "eliminate most of its ",
)
_HELD_BY = wording(
    r"\b(?:held|owned) by\s+$",
    "options held by ",
    "options for ",
)
_THEY_STAY = wording(
    r"\s*(?:who |that |which )?(?:will |would |should |to |are to |are expected to |have been |were |are )?"
    r"(?:remain|stay|continue|(?:be )?(?:retained|created|added|hired|recruited|filled|furloughed|redeployed|"
    r"reassigned|transferred|relocated|offered (?!severance|separation|an? (?:severance|separation|package))|"
    r"given (?:the|an) (?:opportunity|option|choice)))\b",
    " who will be offered positions elsewhere",
    " who are offered severance",
)
_REDUCTION_IN = wording(
    r"\b(?:reductions?|decreases?|cuts?)\s+(?:to|of|in)\s+(?:[\w’']+\s+){0,5}"
    r"(?:work\s?force|force|headcount|staff|employees|personnel|positions)\s+(?:of|"
    r"by)\s+(?:a\s+total\s+of\s+)?$",
    "a reduction in force of ",
    "a reduction in costs of ",
)
_LOSS_OF = wording(
    r"\b(?:positions?|jobs?|roles?|employment|terminations?|loss|eliminations?|reductions?|total|"
    r"lay-?offs?|severance|"
    r"departures?|separations?|dismissals?|cuts?|made up|consist(?:s|ing)?|composed)\s+of\s+$",
    "the elimination of ",
    "the average of ",
)
_REDUCED_BY = wording(
    r"\b(?:reduc|lower|cut|trim|shrink|decreas|downsiz|streamlin|declin)\w*\b[^.;]*\bby\s+$",
    "reduce its workforce by ",
    "approved by ",
)
_NOT_COUNTED = wording(
    r"\b(?:(?:do|does|did) not include|exclud(?:es?|ing)|not (?:including|counting))\s+(?:the\s+|"
    r"an?\s+|some\s+)?$",
    "which excludes ",
    "which includes ",
)
_CUT_BEFORE = wording(
    r"\b(?:follow(?:s|ed|ing)?|on top of|in addition to) (?:the|an?|its|our) (?:earlier |previous |"
    r"prior )?(?:termination|"
    r"reduction|lay-?off|elimination)\b[^.;]*$|"
    r"\b(?:had (?:already |previously |earlier )?|previously )(?:reduced|cut|eliminated|laid off|"
    r"terminated)\b[^.;]*$",
    "following the earlier reduction of ",
    "the reduction of ",
)
_OF_THIS_PLAN = wording(
    r"\b(?:under|of|as part of) (?:the|this|that)\b",
    " under the plan",
    " at the plant",
)
_BEING_REMOVED = wording(
    r"\b(?:to be|being|will be|would be) (?:\w+ )?(?:eliminated|affected|terminated|impacted|reduced|"
    r"dismissed)\b",
    "the number of employees to be terminated",
    "the number of employees",
)
_REDUCTION_OF = wording(
    r"\b(?:decrease|reduction|cut|decline) of $",
    "a reduction of ",
    "a number of ",
)
_REFILLED = wording(
    r"\b(?:backfilled|refilled|rehired|replaced|filled again)\b",
    "half of which will be backfilled",
    "half of which will be eliminated",
)
_OF_PAY = wording(
    r"\s*(?:of|in|to) (?:[\w’']+ ){0,4}(?:compensation|salar(?:y|ies)|pay|wages|fees|costs?|expenses?)\b",
    " of annual base salary",
    " of the workforce",
)
_PEOPLE_WORDS = wording(
    r"\b(?:work\s?force|employees|headcount|staff|personnel|positions|people|persons)\b",
    "its headcount",
    "its expenses",
)
_JOINS_COUNT = re.compile(
    r"^[\s,(]*(?:(?:or|representing|which (?:is|represents|constitutes)|that is|equal to|"
    r"equivalent to|amounting to|about|approximately|roughly|some|constituting)\b[\s,(]*)*$",
    re.IGNORECASE,
)


def read_headcounts(passage: Passage, mentions: Sequence[Mention], reading: Reading) -> None:
    """Add headcount drafts of a sentence; a percentage beside a count joins it."""
    last = reading.headcounts[-1].mention.evidence[1] if reading.headcounts else None
    goes_on = last is not None and 0 <= passage.start - last <= 2 and bool(_ANAPHOR.match(passage.text))
    people = [mention for mention in mentions if mention.figure.unit == "people"]
    drafts = [draft for mention in people if (draft := _read_people(passage, mention, goes_on))]
    named = reading.headcounts[-1] if goes_on_with_people(passage, last) and not drafts else None
    for mention in mentions:
        if mention.figure.unit == "percent":
            _read_percent(passage, mention, drafts, named)
    reading.headcounts.extend(drafts)


def goes_on_with_people(passage: Passage, last: int | None) -> bool:
    """ "The employees affected represent about 5% of the workforce", right behind their number."""
    return last is not None and 0 <= passage.start - last <= 2 and bool(_THOSE_PEOPLE.match(passage.text))


def _read_people(passage: Passage, mention: Mention, goes_on: bool) -> HeadcountDraft | None:
    text = passage.section.text
    figure = mention.figure
    before = text[passage.start : figure.phrase_start] if figure.phrase_start > passage.start else ""
    near_before = text[max(passage.start, figure.phrase_start - 90) : figure.phrase_start]
    noun_end = max(figure.noun_end, figure.end)
    after = text[noun_end : passage.end]
    if OFFICERS.regex.search(figure.noun):
        mention.is_none_of_ours(OFFICERS.says, OFFICERS.id)
        return None
    removed = REMOVED[0].regex
    if figure.rule.startswith("people.first_number") and re.search(
        r"\bfrom\s+(?:approximately\s+)?$", near_before, re.IGNORECASE
    ):
        increased = re.search(r"\b(?:increas|rais|expand)\w*[^.;]*$", near_before, re.IGNORECASE)
        if not (increased and removed.search(before)):
            mention.is_none_of_ours("retained_headcount", "headcount.level_before")
            return None
    for rule in () if _REDUCED_BY.search(before) or _REDUCTION_IN.search(near_before) else RETAINED:
        said = rule.regex.search(near_before)
        if said is None:
            continue
        if rule.id == "headcount.level_before" and _LOSS_OF.search(near_before):
            continue
        if rule.id == "headcount.level_before" and not removed.search(
            text[passage.start : max(passage.start, figure.phrase_start - 4)]
        ):
            continue
        if rule.id == "headcount.retained" and removed.search(near_before[said.start() :]):
            continue  # "is currently expected to impact approximately"
        if rule.id == "headcount.level_reached" and _BEING_REMOVED.search(before):
            continue
        mention.is_none_of_ours(rule.says, rule.id)
        return None
    if _HELD_BY.search(near_before) or _THEY_STAY.match(after):
        mention.is_none_of_ours("retained_headcount", "headcount.stay")
        return None
    if figure.rule == "people.counted_noun" and _PART_BEFORE.search(near_before):
        mention.is_none_of_ours("retained_headcount", "headcount.level_before")
        return None
    if not (
        goes_on
        or removed.search(before)
        or removed.search(after[:160])
        or removed.search(passage.lead_in_text)
    ):
        mention.is_none_of_ours("retained_headcount", "headcount.not_removed")
        return None
    if _NOT_COUNTED.search(near_before):
        mention.is_none_of_ours("other_plan", "headcount.not_counted")
        return None
    if _CUT_BEFORE.search(before) and not _OF_THIS_PLAN.search(after):
        mention.is_none_of_ours("other_plan", "headcount.cut_before")
        return None
    if figure.low == figure.high == 0:
        mention.is_none_of_ours("other_matter", "headcount.nobody")
        return None
    draft = HeadcountDraft(mention, figure.low, figure.high, None, "unstated")
    draft.reasons["kind"] = REMOVED[0].id
    mention.states(draft, REMOVED[0].id)
    return draft


def _read_percent(
    passage: Passage, mention: Mention, drafts: list[HeadcountDraft], named: HeadcountDraft | None
) -> None:
    text = passage.section.text
    figure = mention.figure
    after = text[figure.end : passage.end]
    before = text[passage.start : figure.phrase_start]
    of_workforce = not _OF_PAY.match(after) and (
        WORKFORCE.regex.search(after)
        or WORKFORCE_BEFORE.regex.search(before + " ")
        or WORKFORCE_BEFORE.regex.search(before)
    )
    if (
        not of_workforce
        and not _OF_PAY.match(after)
        and _REDUCTION_OF.search(before)
        and _PEOPLE_WORDS.search(passage.text)
    ):
        of_workforce = _REDUCTION_OF.search(before)
    nearest = _nearest(mention, drafts, text) or named
    if not of_workforce and not (
        nearest
        and re.match(
            r"^[\s,(]*(?:or|representing|about|approximately|roughly|some|\()*[\s,(]*$",
            _between(nearest, mention, text),
        )
    ):
        kind = (
            "saving"
            if re.search(
                r"\b(?:sav\w+|reduc\w+ (?:\w+ ){0,5}(?:cost|expens)\w*|lower \w*)",
                before[-100:],
                re.IGNORECASE,
            )
            else "other_matter"
        )
        mention.is_none_of_ours(kind, "percent.of_something_else")
        return
    if _REFILLED.search(after[:90]):
        mention.is_none_of_ours("retained_headcount", "percent.refilled")
        return
    if re.search(
        r"\b(?:remain\w*|retain\w*|more than|constitut\w+)\s*$", before[-20:], re.IGNORECASE
    ) and not REMOVED[0].regex.search(passage.text):
        mention.is_none_of_ours("retained_headcount", "percent.retained")
        return
    if not REMOVED[0].regex.search(passage.text) and nearest is None:
        mention.is_none_of_ours("other_matter", "percent.no_removal")
        return
    basis = (
        "unit"
        if UNIT.search(after[:80]) or UNIT.search(before[-60:])
        else "total_workforce"
        if of_workforce and (TOTAL_WORKFORCE.search(after[:100]) or TOTAL_WORKFORCE.search(before[-80:]))
        else "unstated"
    )
    percent = figure.high if figure.high is not None else figure.low
    if nearest is not None and (nearest is named or nearest.percent is None):
        if nearest.percent is None:
            nearest.percent, nearest.basis = percent, basis
        mention.states(nearest, "percent.beside_count")
        mention.relation = "context"
        return
    draft = HeadcountDraft(mention, None, None, percent, basis)
    draft.reasons["kind"] = WORKFORCE.id
    mention.states(draft, WORKFORCE.id)
    drafts.append(draft)


def _nearest(mention: Mention, drafts: Sequence[HeadcountDraft], text: str) -> HeadcountDraft | None:
    counted = [draft for draft in drafts if draft.low is not None or draft.high is not None]
    close = [
        draft
        for draft in counted
        if len(_between(draft, mention, text)) <= 110 and "including" not in _between(draft, mention, text)
    ]
    return min(close, key=lambda draft: len(_between(draft, mention, text)), default=None)


def _between(draft: HeadcountDraft, mention: Mention, text: str) -> str:
    """The words between a count's noun and a percentage, whichever comes first."""
    first, second = sorted((draft.mention.figure, mention.figure), key=lambda figure: figure.start)
    return text[max(first.end, first.noun_end) : max(second.phrase_start, 0)]
