"""What part of its plan an amount is: the rules."""

from pipeline.figures.rule import Rule

PRIOR_BEFORE: tuple[Rule, ...] = (
    Rule(
        "role.prior_estimate",
        r"\b(?:previous(?:ly)?|original(?:ly)?|initial(?:ly)?|earlier|prior|former(?:ly)?|then|"
        r"first(?! (?:quarter|half|phase|stage|step|year|calendar|fiscal|\w+ months))) (?:\w+ ){0,4}"
        r"(?:estimat\w*|expect\w*|announced|disclosed|reported|anticipat\w*|rang\w*|"
        r"forecast\w*)(?![^.;]*\b(?:now|currently|revised|updated)\b)",
        "revision_prior",
        "compared with the previously announced estimate of",
        "the Company now estimates",
    ),
    Rule(
        "role.prior_report",
        r"\b(?:in|under|by) the (?:original|initial|prior|first|earlier) (?:report|filing|form|"
        r"8-K|current report)\b[^.;]*\b(?:estimated|expected|disclosed|reported|stated|"
        r"anticipated|would)\b(?![^.;]*\bnow\b)",
        "revision_prior",
        "In the Original Report, the Company estimated charges of",
        "the original equipment was estimated",
    ),
    Rule(
        "role.prior_then",
        r"\b(?:when it last reported|which it then (?:estimated|expected)|had (?:previously "
        r")?(?:estimated|expected|"
        r"anticipated|disclosed)|at (?:that|the) time,? (?:[\w’'.&-]+ ){0,4}(?:estimated|expected|"
        r"anticipated)|"
        r"(?:Company|Corporation|Registrant|[A-Z]\w+) at (?:that|the) time (?:estimated|expected|"
        r"anticipated)|(?:give up|abandon|replac\w+|supersed\w+|"
        r"withdr\w+) (?:\w+ ){0,3}(?:estimate|range))\b(?![^.;]*\bnow\b)",
        "revision_prior",
        "the Company had estimated charges of",
        "the Company has estimated charges of",
    ),
    Rule(
        "role.prior_would",
        r"\b(?:Company|Corporation|Registrant|it|we|management|Amendment No\. \d|report|filing|"
        r"release) (?:had |then )?(?:estimated|expected|anticipated|stated|disclosed|announced|"
        r"reported|said)\b[^.;]{0,80}\bwould\b",
        "revision_prior",
        "the Company estimated that it would incur",
        "the Company estimates that it will incur",
    ),
    Rule(
        "role.prior_adverb",
        r"\b(?:(?:original|prior|initial) (?:report|filing|estimate):|originally|previously|initially|"
        r"formerly)(?: (?:at|of|to be|up to|approximately))* ?$",
        "revision_prior",
        "severance (originally ",
        "originally the plant made ",
    ),
    Rule(
        "role.prior_from",
        r"\b(?:increas|decreas|reduc|revis|rais|lower|chang|updat|"
        r"adjust)\w*[^.;]{0,140}\bfrom(?: (?:a|the|its|our|previous|prior|original|initial|range|"
        r"estimate|estimated|total|of|approximately))*\s*$",
        "revision_prior",
        "raised its estimate of the charges from ",
        "savings from ",
    ),
    Rule(
        "role.prior_compared",
        r"\b(?:compared (?:to|with)|rather than|instead of|in place of|versus|as opposed to|up from|"
        r"down from)(?: (?:a|the|its|our|previous|prior|original|initial|range|estimate|of|"
        r"approximately|charges?|costs?))*\s*$",
        "revision_prior",
        "compared to the range of ",
        "compared to a year ago, charges of ",
    ),
)
"""In the words before the figure."""

PRIOR_AFTER: tuple[Rule, ...] = (
    Rule(
        "role.prior_behind",
        r"^[^.;,]{0,80}\b(?:previously|originally|initially) (?:\w+ )?(?:estimated|announced|"
        r"disclosed|reported|expected|anticipated)\b",
        "revision_prior",
        " that was previously disclosed",
        " in the next quarter, as previously announced",
    ),
)


TOTAL: tuple[Rule, ...] = (
    Rule(
        "role.total_stated",
        r"\b(?:total(?:s|ing|ling|ed)?|aggregate|aggregating|in all|altogether|overall|in sum|"
        r"combined|cumulative)\b(?! (?:workforce|assets|employees|headcount|revenues?|number))",
        "total",
        "total restructuring charges of",
        "its total workforce",
    ),
)
TOTAL_OF_PLAN = Rule(
    "role.total_of_plan",
    r"\b(?:total|aggregate) (?:\w+ ){0,3}(?:costs?|charges?|expenses?) (?:of|for|under|associated "
    r"with|in connection with|related to) "
    r"(?:the|this|its|our)\b[^,;.]{0,60}\b(?:plan|program|restructuring|initiative|closure|reduction|"
    r"actions?|realignment|shut-?down|closing|exit|wind-?down|relocation|consolidation)\b",
    "total",
    "The total estimated cost of the Headcount Reduction Plan is ",
    "total severance for the plant",
)
"""Whatever type of cost the plan's name speaks of."""
GENERIC_COST = Rule(
    "role.generic_cost",
    r"\b(?:charges?|costs?|expenses?|expenditures?|payments?|outlays?|cost)\b",
    "generic",
    "pre-tax charges of",
    "severance of",
)

CONTINGENT_ADDITION = Rule(
    "role.contingent_addition",
    r"(?:\b(?:if|in the event|unless|depending)\b|(?:^|[,;])\s*should (?:the|it|its|our|we|any|this)\b)"
    r"[^;.#]*\badditional\b[^;.#]*#|"
    r"\badditional\b[^;.#]*#[^.;]{0,60}\b(?:possible|if|in the event)\b|"
    r"\b(?:may|could|might) (?:also )?(?:incur|record|recogni[sz]e|take|result in)\b[^;.#]{0,40}"
    r"\badditional\b[^;.#]*#",
    "component",
    "if it should sublet the floor, an additional charge of #",
    "foresees additional charges of # for the actions, which should be taken by the end of 2013",
)
"""On top of what is planned, should something happen: never the whole, whatever it is called."""

PERIOD_PART: tuple[Rule, ...] = (
    Rule(
        "role.period_part_with",
        r"\bwith (?:approximately )?# (?:\w+ ){0,2}(?:recorded|recogni[sz]ed|incurred|expensed|paid) "
        r"(?:in|during|by|through)\b|"
        r"\bof (?:this|that|these|the) (?:amounts?|charges?|total|costs?)\b[^#;]{0,60}\b(?:record|"
        r"recogni[sz]e|incur|expense|pay)\w* #",
        "period_portion",
        "with approximately # recognized in the fourth quarter of 2019",
        "with approximately # recognized as goodwill",
    ),
    Rule(
        "role.scheduled",
        r"(?:(?::|;)\s*(?:and )?(?:\(\w{1,3}\) )?|^\s*(?:and )?\(\w{1,3}\) )# (?:will|is to|are to|to|"
        r"is expected to|are "
        r"expected to) be (?:paid|deposited|recorded|"
        r"incurred|recogni[sz]ed)\b[^;]{0,80}\b(?:quarter|month|year|20\d\d)",
        "period_portion",
        "will be paid as follows: (1) # will be paid in the third quarter of 2009",
        "as follows: # of severance",
    ),
    Rule(
        "role.period_part_recorded",
        r"\b(?:of which|of (?:these|this|that|the(?:se)? (?:\w+ ){0,3}(?:charges?|costs?|amount|"
        r"total))|including)[^#]{0,60}# (?:\w+ ){0,3}(?:was|were|has been|had been|have been|"
        r"is expected to be|will be|to be|are expected to be) (?:\w+ )?(?:recorded|incurred|"
        r"recogni[sz]ed|expensed|paid|in)\b",
        "period_portion",
        "of which # was recorded in 2013",
        "charges of # will be recorded in 2013",
    ),
    Rule(
        "role.period_part_of_charges",
        r"# of (?:the|these|those|such|this|its) (?:\w+ ){0,4}(?:charges?|costs?|amounts?|"
        r"expenses?|total|expenditures?|payments?)\b(?! (?:will|is|are|"
        r"to) (?:be )?(?:in )?(?:cash|non))",
        "period_portion",
        "recorded # of the charges in the quarter ended March 31, 2016",
        "recorded # of severance in the quarter",
    ),
    Rule(
        "role.period_part_listed",
        r"(?:\b(?:of which|including|with|and)|,) (?:approximately )?# (?:of it )?(?:primarily |"
        r"mainly )?(?:in|during|for|by) (?:the )?(?:(?:first|second|third|fourth|current|next|"
        r"remainder|balance|fiscal|second half|first half)|(?:19|20)\d\d)\b",
        "period_portion",
        "including # in the fourth quarter of 2013",
        "including # of severance in the fourth quarter",
    ),
)
"""In the words around the figure, which stands as #; the part in one period, where a period is named too."""

SOME_OF = Rule(
    "role.some_of_the_charges",
    r"# of (?:which\b|(?:them|this|that|it)\b|(?:the|these|those|its|our|such|this) (?:[\w-]+ "
    r"){0,4}(?:charges?|costs?|amounts?|"
    r"expenses?|total)\b)",
    "part",
    "# of the charges will result in cash expenditures",
    "# of severance will be paid in cash",
)
NAMED_AGAIN = Rule(
    "role.named_again",
    r"\bof (?:the|this|that|these|its|such) (?:estimated |expected |total |aggregate |approximately )*#",
    "total",
    "Of the estimated # , part will be paid",
    "of which # will be paid",
)
SUM_SPELLED_OUT = Rule(
    "tree.amount_includes",
    r"(?:this|these|such|the|those|of (?:this|these|that|the)) (?:\w+ ){0,4}(?:amounts?|"
    r"charges?|costs?|total|estimates?|range|expenses?)\b[^.;]{0,40}\b(?:includ\w+|consist\w*|"
    r"compris\w*|made up|reflects?)\b",
    "parts",
    "This estimated amount includes severance of",
    "The Company will close the plant and pay severance of",
)
PART_OF = Rule(
    "tree.parts_follow",
    r"\b(?:consist\w*|compris\w*|compos\w*|made up|includ\w+|of which|as follows|broken down|"
    r"the following|being|namely)\b|[:(]\s*$",
    "parts",
    ", consisting of",
    " in connection with",
)
"""Between a total and its first part."""
