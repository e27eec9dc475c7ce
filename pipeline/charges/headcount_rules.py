"""Who is removed and who stays, and what a percentage is of: the rules."""

import re

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
        r"positions? (?:will|to) (?:be )?eliminated|cost \d|downsiz\w+|shr[iau]nk\w*|streamlin\w+|"
        r"declin\w+|retir(?:e|es|ed|ing)|concerned|"
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
        r"\b(?:find work for|remain\w*|retain\w*|continu\w+ to employ|(?:to|will|would) employ|will "
        r"be offered|"
        r"offer(?:ed)? (?:positions|"
        r"jobs|employment|relocation)|transfer(?:red)? to|employ(?:s|ed)|"
        r"have|hir(?:e|es|ed|ing)|recruit\w*|add(?:ing|s)?|creat\w+|new|currently|consist\w* of|"
        r"workforce of|staff of)(?: [\w’'-]+){0,4} $|\bha(?:s|d)(?: a total of)? $|\bleft (?:it|us|"
        r"the Company) with $",
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
    r" over)* $|\breduction (?:in force )?of (?:approximately |about )?$|"
    r"\breduction (?:in|of) (?:the|its|our) (?:work ?force|headcount|staff)\b[^.;%]{0,80}\bby "
    r"(?:approximately |about )?$",
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
ANAPHOR = wording(
    r"(?:this|that|these|they|it|the (?:reductions?|cuts?|eliminations?))\b",
    "This represents",
    "Each represents",
)
THOSE_PEOPLE = wording(
    r"(?:(?:the|these|those|such) (?:\w+ ){0,2}(?:employees|positions|people|persons|roles|"
    r"reductions?|jobs|associates)"
    r"(?: \w+){0,3}|this|they) (?:represents?|constitutes?|accounts? for|amounts? to|(?:is|are|was|"
    r"were) (?:about |"
    r"approximately )?\d)",
    "The employees affected represent",
    "The charges represent",
)
PART_BEFORE = wording(
    rf"(?:{NUMBER}) of (?:the|its|our|their) (?:[\w-]+[’']s )?(?:approximately )?$",
    "eliminate 40 of its ",
    "eliminate most of its ",
)
HELD_BY = wording(
    r"\b(?:held|owned) by\s+$",
    "options held by ",
    "options for ",
)
THEY_GO = wording(
    r"\s*(?:will|would|are to|have to|must) (?:leave|go|retire|be (?:terminated|laid off|dismissed|"
    r"eliminated))\b",
    " will leave",
    " will remain",
)
REMAINING_GO = wording(
    r"\b(?:lay(?:ing)? off|eliminat\w+|terminat\w+|dismiss\w*) the (?:remaining|other) $",
    "lay off the remaining ",
    "retain the remaining ",
)
THEY_STAY = wording(
    r"\s*(?:(?:whom |that )?(?:we|it|the Company) (?:currently |then )?employ(?:s|ed)?\b|(?:who are "
    r")?employed\b)|"
    r"\s*(?:who |that |which )?(?:will |would |should |to |are to |are expected to |have been |were |are )?"
    r"(?:remain|stay|continue|(?:be )?(?:retained|created|added|hired|recruited|filled|furloughed|redeployed|"
    r"reassigned|transferred|relocated|offered (?!severance|separation|an? (?:severance|separation|package))|"
    r"given (?:the|an) (?:opportunity|option|choice)))\b",
    " who will be offered positions elsewhere",
    " who are offered severance",
)
REDUCTION_IN = wording(
    r"\b(?:reductions?|decreases?|cuts?)\s+(?:to|of|in)\s+(?:[\w’']+\s+){0,5}"
    r"(?:work\s?force|force|headcount|staff|employees|personnel|positions)\s+(?:of|"
    r"by)\s+(?:a\s+total\s+of\s+)?$",
    "a reduction in force of ",
    "a reduction in costs of ",
)
LOSS_OF = wording(
    r"\b(?:positions?|jobs?|roles?|employment|terminations?|loss|eliminations?|reductions?|total|"
    r"lay-?offs?|severance|"
    r"departures?|separations?|dismissals?|cuts?|made up|consist(?:s|ing)?|composed|"
    r"(?:termination|severance) (?:benefits|costs|payments))\s+of\s+$",
    "the elimination of ",
    "the average of ",
)
REDUCED_BY = wording(
    r"\b(?:reduc|lower|cut|trim|shrink|decreas|downsiz|streamlin|declin)\w*\b[^.;]*\bby\s+$",
    "reduce its workforce by ",
    "approved by ",
)
NOT_COUNTED = wording(
    r"\b(?:(?:do|does|did) not include|exclud(?:es?|ing)|not (?:including|counting))\s+(?:the\s+|"
    r"an?\s+|some\s+)?$",
    "which excludes ",
    "which includes ",
)
CUT_BEFORE = wording(
    r"\b(?:follow(?:s|ed|ing)?|on top of|in addition to|separate from) (?:the|an?|its|our) (?:earlier "
    r"|previous |prior |personnel |"
    r"staff |workforce )*(?:terminations?|"
    r"reductions?|lay-?offs?|eliminations?)\b[^.;]*$|"
    r"\bin addition to the one (?:that|which)\b[^.;]*$|"
    r"\b(?:had (?:already |previously |earlier )?|previously )(?:reduced|cut|eliminated|laid off|"
    r"terminated)\b[^.;]*$",
    "following the earlier reduction of ",
    "the reduction of ",
)
OF_THIS_PLAN = wording(
    r"\b(?:under|of|as part of) (?:the|this|that)\b",
    " under the plan",
    " at the plant",
)
BEING_REMOVED = wording(
    r"\b(?:to be|being|will be|would be) (?:\w+ )?(?:eliminated|affected|terminated|impacted|reduced|"
    r"dismissed)\b",
    "the number of employees to be terminated",
    "the number of employees",
)
REDUCTION_OF = wording(
    r"\b(?:decrease|reduction|cut|decline) of $",
    "a reduction of ",
    "a number of ",
)
REFILLED = wording(
    r"\b(?:backfilled|refilled|rehired|replaced|filled again)\b",
    "half of which will be backfilled",
    "half of which will be eliminated",
)
PAY_CUT = wording(
    r"\b(?:pay|salary|salaries|wages?|compensation|bonus(?:es)?) (?:reductions?|cuts?|decreases?) of $",
    "a pay reduction of ",
    "a reduction of ",
)
OF_PAY = wording(
    r"\s*(?:of|in|to) (?:[\w’']+ ){0,4}(?:compensation|salar(?:y|ies)|pay|wages|fees|costs?|expenses?)\b",
    " of annual base salary",
    " of the workforce",
)
PEOPLE_WORDS = wording(
    r"\b(?:work\s?force|employees|headcount|staff|personnel|positions|people|persons)\b",
    "its headcount",
    "its expenses",
)
JOINS_COUNT = re.compile(
    r"^[\s,(]*(?:(?:or|representing|which (?:is|represents|constitutes)|that is|equal to|"
    r"equivalent to|amounting to|about|approximately|roughly|some|constituting)\b[\s,(]*)*$",
    re.IGNORECASE,
)
FROM = wording(r"\bfrom (?:approximately )?$", "cut its workforce from ", "cut its workforce by ")
INCREASED = wording(
    r"\b(?:increas|rais|expand)\w*[^.;]*$", "raised the number of positions from ", "cut its workforce from "
)
OF_SAVING = wording(
    r"\b(?:sav\w+|reduc\w+ (?:\w+ ){0,5}(?:cost|expens)\w*|lower \w*)",
    "reduce its operating costs by ",
    "reduce its workforce by ",
)
OF_THOSE_LEFT = wording(
    r"\b(?:remain\w*|retain\w*|more than|constitut\w+)\s*$", "who constitute ", "which affects "
)
