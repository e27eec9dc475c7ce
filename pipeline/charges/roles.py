"""What an amount is of its plan, how it is settled, and whether it is still to come: the rules."""

from pipeline.figures.rule import Rule

PRIOR_BEFORE: tuple[Rule, ...] = (
    Rule(
        "role.prior_estimate",
        r"\b(?:previous(?:ly)?|original(?:ly)?|initial(?:ly)?|earlier|prior|former(?:ly)?|first|"
        r"then) (?:\w+ ){0,4}(?:estimat\w*|expect\w*|announced|disclosed|reported|anticipat\w*|rang\w*|"
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
        r"\b(?:which it then (?:estimated|expected)|had (?:previously )?(?:estimated|expected|"
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
        r"\b(?:originally|previously|initially|formerly)(?: (?:at|of|to be|up to|approximately))* ?$",
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
        r"\b(?:compared (?:to|with)|rather than|instead of|versus|as opposed to|up from|"
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

CASH: tuple[Rule, ...] = (
    Rule(
        "settlement.noncash",
        r"\bnon-?\s?cash\b|\b(?:is|are) not (?:in )?cash\b",
        "noncash",
        "a non-cash charge",
        "a cash charge",
    ),
    Rule(
        "settlement.cash",
        r"\boutlays? of cash\b|(?<!non-)(?<!non)\bcash (?:expenditures?|payments?|outlays?|charges?|"
        r"costs?|severance|"
        r"portion|requirements?|expenses?|restructuring|settlements?|flow|disbursements?|items?|outflows?|"
        r"(?:to be )?(?:paid|spent|expended)|component|exit|retention|termination|basis|spending|in "
        r"nature)\b|"
        r"\b(?:in|as|with|for|future|be|is|are|represents?|requires?|use) cash\b(?! (?:and cash|"
        r"equivalents|flow))|"
        r"\bcash-?(?:based|settled)\b|\((?:all )?cash\)|\bpaid out\b|\b(?:will|to|would|"
        r"expected to) be paid\b|\bpayable\b|\bthe Company (?:paid|will pay|expects to pay)\b|"
        r"\bexpects to pay\b",
        "cash",
        "future cash expenditures",
        "non-cash charges",
    ),
)
"""In the figure's own words. `non-cash` is looked for first, and "cash and non-cash" gives mixed."""

PARTLY = Rule(
    "settlement.partly_cash",
    r"\b(?!100 ?%)(?:\d[\d.]* ?(?:%|percent)|(?:a|some) (?:part|portion)|half|one-half|two-thirds) of "
    r"(?:it|them|this|that|"
    r"which|these|those|the (?:charges?|costs?|amounts?|total)) (?:\w+ ){0,6}?(?:in )?(?:non-?\s?)?cash\b",
    "mixed",
    ", roughly 89% of them cash to be spent later",
    ", 100% of which will be cash",
)
ALL_BUT = Rule(
    "settlement.but_for",
    r"\ball (?:but|except) (?:for )?(?:approximately |about )?# (?:of (?:it|them|which) )?(?:will be|"
    r"would be|is|are|"
    r"represents?)\s+(?:in )?(?P<noncash>non-?\s?)?cash\b",
    "mixed",
    "of which all but # will be non-cash",
    "all of which, but for #, is severance",
)
PAYS = Rule(
    "settlement.pays",
    r"\b(?:will|would|to|must|has|have|had) pay(?: (?:an|a|the|additional))* $|\bpaid(?: (?:an|a|the|"
    r"additional))* $|"
    r"\b(?:one-time|lump[- ]sum|cash|single) payments? (?:of|totall?ing) $",
    "cash",
    "the Company expects to pay ",
    "charges that will be payable: ",
)
"""Just before the figure."""
CASH_OF_ALL: tuple[Rule, ...] = (
    Rule(
        "settlement.all_cash",
        r"\b(?:all|substantially all|nearly all|each|every part|entirely|virtually all|both|"
        r"which) (?:(?!not\b|includ)[\w-]+ ){0,12}(?:(?:is|are|be|in|as|a|paid|settled|require|result in|"
        r"represents?)\s+)+(?:\w+ ){0,3}(?:cash|paid)\b(?! and non)",
        "cash",
        "all of which will be paid in cash",
        "all of which will be non-cash",
    ),
    Rule(
        "settlement.all_cash_entirely",
        r"\b(?:entirely|wholly|exclusively|solely) (?:in|of|as) cash\b|\ball[- ]cash\b|\b(?:these|"
        r"those|the) (?:amounts?|charges?|costs?|payments?|expenses?)\b[^.;,]{0,90}\b(?:will be|are to be|"
        r"are expected to be|would be) paid\b|\b(?:these|those|the) (?:(?:whole|entire|full) )?"
        r"(?:amounts?|charges?|costs?|payments?|expenses?) (?:will|are expected to|"
        r"would|should) (?:all )?(?:be (?:paid|settled) in cash|(?:result in|require|represent|"
        r"be) (?:future )?cash)\b",
        "cash",
        "these amounts will be paid in cash",
        "these amounts will be recorded",
    ),
    Rule(
        "settlement.all_noncash",
        r"\b(?:all|substantially all|nearly all|each|entirely|virtually all|both|these|those|"
        r"which) (?:(?!not\b|includ)[\w-]+ ){0,10}(?:is|are|be|of|as|represent|a) (?:\w+ ){0,2}non-?cash\b",
        "noncash",
        "all of which are non-cash",
        "all of which are cash",
    ),
)
"""A statement on the figures of its own sentence, or of the sentence before it where it stands alone."""

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
GENERIC_PORTION: tuple[Rule, ...] = (
    Rule(
        "role.noncash_amount",
        r"^[\s,]*(?:of|in|is|are|as|represents?|for)?\s*(?:other |additional |estimated |"
        r"total )*non-?\s?cash (?:charges?|items?|costs?|expenses?|portion|component)\b",
        "noncash_portion",
        " of non-cash charges",
        " of non-cash stock compensation",
    ),
    Rule(
        "role.cash_amount",
        r"^[\s,]*(?:of|in|is|are|as|represents?|will (?:result in|require|be)|"
        r"for)?\s*(?:expected (?:to be|to result in) )?(?:other |additional |estimated |future |"
        r"total )*cash (?:expenditures?|charges?|payments?|outlays?|costs?|items?|portion|"
        r"expenses?|component)\b",
        "cash_portion",
        " of cash expenditures from the reduction in force",
        " of cash severance",
    ),
)
"""Just behind the figure."""
CASH_SPENT = Rule(
    "role.cash_spent",
    r"\bcash (?:expenditures?|outlays?|requirements?|disbursements?)\b",
    "cash_portion",
    "future cash expenditures will be ",
    "cash severance of ",
)
"""What the amount is, before it; what it is spent on may stand behind it."""
GENERIC_COST = Rule(
    "role.generic_cost",
    r"\b(?:charges?|costs?|expenses?|expenditures?|payments?|outlays?|cost)\b",
    "generic",
    "pre-tax charges of",
    "severance of",
)

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
INCURRED: tuple[Rule, ...] = (
    Rule(
        "status.incurred",
        r"\b(?:recorded|incurred|recogni[sz]ed|expensed|paid|accrued|took|booked|(?:was|were|been) "
        r"(?:also )?charged)\b(?! (?:over|"
        r"ratably|as|when|in the (?:fourth|third|second|first) quarter of (?:the )?(?:next|"
        r"coming)))",
        "incurred",
        "the Company recorded charges of",
        "the Company will record charges of",
    ),
    Rule(
        "status.incurred_to_date",
        r"\b(?:to date|since (?:\w+ )?inception|year[- ]to[- ]date|results include|was (?:recorded|"
        r"incurred|recogni[sz]ed)|"
        r"were (?:recorded|incurred|recogni[sz]ed)|has (?:already )?cost|have been (?:recorded|"
        r"incurred|recogni[sz]ed|paid)|total charges (?:\w+ ){0,4}were)\b",
        "incurred",
        "$8.3 million was recorded in 2013",
        "$8.3 million will be recorded in 2013",
    ),
)
PAST = Rule(
    "status.past_tense",
    r"\b(?:was|were|came to|amounted to|totall?ed|resulted|included(?! (?:is|are|in)\b)|consisted|"
    r"comprised(?! of\b)|led to)\b[^;]*$",
    "incurred",
    "Severance costs were ",
    "Severance costs are ",
)
"""In a sentence that expects nothing."""
EXPECTED = Rule(
    "status.expected",
    r"\b(?:expect\w*|estimat\w*|anticipat\w*|will|would|should|may|could|projected|"
    r"projects (?:that|to|a|its)|intend\w*|"
    r"plans? to|to be|likely|forecast\w*|going to)\b",
    "expected",
    "expects to record",
    "has recorded",
)
PRETAX = Rule(
    "tax.pretax",
    r"\b(?:pre-?\s?tax|before (?:income )?tax(?:es)?)\b",
    "pretax",
    "pre-tax charges of",
    "after-tax charges of",
)
AFTER_TAX = Rule(
    "tax.after_tax",
    r"\b(?:after-?\s?tax|net of (?:income )?tax(?:es)?|after (?:income )?tax(?:es)?)\b",
    "after_tax",
    "$3 million after tax",
    "$3 million before tax",
)
NAMED_AGAIN = Rule(
    "role.named_again",
    r"\bof (?:the|this|that|these|its|such) (?:estimated |expected |total |aggregate |approximately )*#",
    "total",
    "Of the estimated # , part will be paid",
    "of which # will be paid",
)
CREDIT = Rule(
    "amount.credit",
    r"\brevers(?:e|es|ed|ing) $|\breversals? of (?:the )?(?:previously (?:recorded|recogni[sz]ed|"
    r"accrued)|prior|accrued|stock-based|share-based)[^.;]*$|"
    r"\b(?:net of|less|(?:partially |partly )?offset by|reduced by) (?:an? |the |"
    r"its )?(?:expected |estimated |related )*(?:reversals?|credits?|forfeitures?|"
    r"curtailment gains?|gains?)\b[^.;]*$",
    "credit",
    "net of a reversal of",
    "a reversal of fortunes net of",
)
CREDIT_BEHIND = Rule(
    "amount.credit_behind",
    r"^[^.;$€£¥]{0,80}\b(?:will be|was|were|is|are|has been|have been|to be|are expected to be|is "
    r"expected to be) reversed\b|"
    r"^ (?:of )?(?:reversals?|credits?)\b",
    "credit",
    " previously recognized for them will be reversed",
    " of severance will not be reversed",
)
REFERS_BACK = Rule(
    "settlement.refers_back",
    r"^(?:[\w ,’']{0,40}?\b)?(?:these (?:will|are|would|represent|consist)|they (?:will|are|would|"
    r"consist|represent)|"
    r"the (?:whole|entire|full) (?:amount|charge|cost|sum)|each of these|all of (?:these|this|the)|"
    r"(?:substantially|nearly|"
    r"virtually) all|"
    r"these (?:[\w-]+ ){0,3}(?:amounts?|charges?|costs?|payments?|expenses?)|the (?:[\w-]+ "
    r"){0,2}(?:charges?|costs?|"
    r"amounts?|payments?|expenses?)|"
    r"every part|such (?:charges?|costs?|amounts?|expenses?)|both)\b",
    "refers_back",
    "Except for the impairments, these costs will be paid in cash",
    "Employees receive cash for each year of service",
)
"""At the head of a sentence without an amount: it speaks of the amounts before it."""
EXCEPTED = Rule(
    "settlement.excepted",
    r"\b(?:except(?:ing)? (?:for )?|other than |apart from |with the exception of |excluding )[^,;.]{3,80}",
    "excepted",
    "Except for the impairments, these costs will be paid in cash",
    "These costs will be paid in cash",
)
LIST_OF_ONE_SETTLEMENT = Rule(
    "settlement.of_list",
    r"\b(?P<cash>(?:non-?\s?)?cash) (?:restructuring |exit |pre-?tax |severance |related "
    r")*(?:charges?|costs?|expenditures?|"
    r"expenses?|payments?|outlays?|items?)\b[^.;$€£¥]{0,40}(?:\b(?:namely|consist\w*|compris\w*|"
    r"includ\w+|made up of|as follows|"
    r"the following|being)\b|:)[^.;$€£¥]*$",
    "either",
    "and (ii) cash charges, namely approximately ",
    "non-cash charges of ",
)
"""Between two amounts: the rest of the sentence's list is settled as it says."""
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
