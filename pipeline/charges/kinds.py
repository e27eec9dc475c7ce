"""What an amount is: a cost of the plan, or something else that stands in the same item."""

from pipeline.figures.rule import Rule

CHARGE = "charge"

KINDS: tuple[Rule, ...] = (
    # Costs of the plan
    Rule(
        "kind.charge",
        r"\b(?:charges?|write-?downs?(?: of (?:[\w,-]+ ){0,10}to fair value)?|write-?offs?|"
        r"impairments?)\b(?! card)|"
        r"\bcharged (?:with|against|to) $",
        CHARGE,
        "a charge of",
        "charged with managing",
    ),
    Rule(
        "kind.cost",
        r"\b(?:costs?|expenses?|expenditures?|outlays?|total spend|liabilit(?:y|ies) for (?:severance|"
        r"termination))\b(?!(?:[- ]\w+){0,1} (?:savings?|reductions?|synerg))",
        CHARGE,
        "costs associated with the closing of",
        "cost savings of",
    ),
    Rule(
        "kind.named_cost",
        r"\b(?:severance|one-time termination|termination benefits?|termination (?:costs?|"
        r"charges?|fees?|payments?)|retention|relocation|outplacement|"
        r"accelerated depreciation|depreciation|redundancy|separation (?:costs?|pay\w*|benefits?)|"
        r"lease (?:termination|exit|abandonment)|"
        r"decommissioning|curtailment|restructuring (?:charge|cost|expense|provision|reserve|accrual)s?)\b",
        CHARGE,
        "severance of",
        "a restructuring of the debt",
    ),
    Rule(
        "kind.payment",
        r"\b(?:cash (?:payments?|expenditures?|outlays?|requirements?|portion|charges?|costs?)|"
        r"payments? (?:of|for|to)|to be paid|settled in cash|non-?cash|(?:is|are|be) not (?:in )?cash)\b",
        CHARGE,
        "future cash expenditures of",
        "cash and cash equivalents of",
    ),
    Rule(
        "kind.fees",
        r"\b(?:(?:professional|legal|audit|service|advisory|exit|cancell?ation) fees|"
        r"fees (?:to|of|for) (?:\w+ ){0,2}(?:advis[eo]rs?|counsel))\b",
        CHARGE,
        "of fees to professional advisers",
        "monthly management fees",
    ),
    Rule(
        "kind.incurs",
        r"\bincurs?\b|\bincurred\b",
        CHARGE,
        "estimates that it will incur, in 2011, up to:",
        "an incursion of",
    ),
    Rule(
        "kind.loss",
        r"\b(?:pre-?tax|additional|estimated|one-time|expected|disposal|write-off) loss(?:es)?\b|"
        r"\bloss(?:es)? (?:on|from|upon) (?:the )?(?:\w+ ){0,2}(?:sale|disposal|disposition|exit|"
        r"closure|closing|deconsolidation|"
        r"abandonment|write-?(?:down|off)|writing)\b",
        CHARGE,
        "an additional pretax loss of",
        "a net loss per share of",
    ),
    Rule(
        "kind.balance",
        r"\b(?:beginning|ending|opening|closing) (?:accrual )?balances?\b|\bbalances? (?:at|as of|accrued)\b",
        "other_matter",
        "Beginning balance",
        "the balance of the charges",
    ),
    Rule(
        "kind.plan_cost",
        r"\b(?:(?:is|are) (?:estimated|expected) to cost|will cost|to cost|cost of)\b",
        CHARGE,
        "the Plan is estimated to cost",
        "costly plan",
    ),
    Rule(
        "kind.recorded",
        r"\b(?:(?:was|were|will be|would be|to be|be|has been|have been|"
        r"had been) (?:\w+ )?(?:recorded|incurred|recogni[sz]ed|expensed|accrued|paid|spent)|"
        r"in cash)\b",
        CHARGE,
        " was recorded through September 28, 2008",
        " was sold in 2008",
    ),
    Rule(
        "kind.contract_exit",
        r"\b(?:settle|terminate|exit|cancel|buy out|surrender|break) (?:\w+ ){0,3}(?:leases?|"
        r"contracts?|agreements?|tenanc(?:y|ies))\b",
        CHARGE,
        "to settle a lease",
        "to sign a lease",
    ),
    # What it saves
    Rule(
        "kind.saving",
        r"\b(?:sav(?:e|es|ed|ing|ings)(?: (?:\w+ ){0,3}(?:costs?|"
        r"expenses?)\b(?: ?,[^,;.]{0,30},)?(?: of)?)?|synerg(?:y|ies)|(?:income|profit|earnings|"
        r"EBITDA|margin|cash flow) improvements?|"
        r"improvements? (?:in|of|to) (?:\w+ ){0,3}(?:income|profits?|earnings|EBITDA|margins?)|cost "
        r"reductions?|"
        r"expense reductions?|"
        r"annuali[sz]ed benefits?)\b",
        "saving",
        "annual savings of",
        "a safe harbor for",
    ),
    Rule(
        "kind.saving_by_reduction",
        r"\b(?:reduc|lower|decreas|cut|trim|eliminat|improv)\w* (?:(?!charge|"
        r"to incur)[\w’'-]+ ){0,7}(?:expenses?|costs?|spending|expenditures?|cash burn|burn rate|"
        r"cash usage|run[- ]rate|overhead)(?:(?: \w+){0,4}|, [^,;.#]{3,40},) by\b",
        "saving",
        "to reduce annual operating expenses by",
        "to reduce its workforce by",
    ),
    Rule(
        "kind.saving_of_costs",
        r"\b(?:reduc|lower|decreas|cut|trim|eliminat)\w* (?:\w+ ){0,5}(?:expenses?|"
        r"(?<!will\x20)(?<!would\x20)(?<!to\x20)costs?|"
        r"spending|overhead)(?: of)? $",
        "saving",
        "the Company expects to reduce costs ",
        "severance costs ",
    ),
    Rule(
        "kind.saving_taken_out",
        r"\b(?:expenses?|costs?|spending) (?:\w+ ){0,4}(?:will |should |to |"
        r"are expected to )?(?:fall|decline|decrease|drop|be (?:lower|reduced)) by\b",
        "saving",
        "annual operating expenses will fall by",
        "costs will be paid by",
    ),
    # What it brings in
    Rule(
        "kind.proceeds",
        r"\b(?:proceeds|sale price|selling price|sold (?:[\w’',.-]+ ){0,12}for|"
        r"sale of (?:[\w’',.-]+ ){0,10}for|"
        r"sell (?:[\w’',.-]+ ){0,10}for|sublease income|insurance recover\w+|gains? (?:on|from|of))\b",
        "proceeds",
        "estimated proceeds of",
        "the selling season",
    ),
    Rule(
        "kind.revenue",
        r"\b(?:revenues?|net sales|(?:annual(?:ized)? )?sales loss|lost sales|sales of "
        r"(?:approximately )?$|annual sales|turnover|bookings|"
        r"gross (?:profit|margin))\b",
        "revenue",
        "net sales of the business were",
        "the sales force",
    ),
    # How it is financed
    Rule(
        "kind.debt",
        r"\b(?:credit (?:facilit(?:y|ies)|agreement)|term loans?|revolv(?:er|ing)|"
        r"senior (?:secured )?notes|(?:convertible )?notes due|indebtedness|borrow\w*|"
        r"principal amount|debentures?|loan agreement|line of credit|"
        r"letters? of credit|outstanding debt)\b",
        "debt",
        "the credit facility of",
        "notes that the plan",
    ),
    Rule(
        "kind.purchase_price",
        r"\b(?:purchase price|purchase consideration|acqui(?:red?|sition|"
        r"ring) (?:[\w’',.-]+ ){0,12}for|(?:paid|pay) (?:\w+ )?(?:to license|for the acquisition)|"
        r"bought (?:\w+ ){0,6}for|merger consideration|upfront payment|milestone payments?)\b",
        "purchase_price",
        "the purchase price of",
        "purchased services",
    ),
    Rule(
        "kind.cash_balance",
        r"\b(?:cash(?: and|,) cash equivalents|cash (?:balance|position|on hand|reserves?)|"
        r"cash, (?:cash equivalents|restricted)|marketable securities|restricted cash|cash runway|"
        r"working capital)\b",
        "cash_balance",
        "cash and cash equivalents of",
        "cash charges of",
    ),
    Rule(
        "kind.guidance",
        r"\b(?:guidance|outlook|earnings per (?:diluted )?share|EPS|EBITDA|net (?:loss|income|"
        r"earnings) (?:of|to|was|is|for|per)|operating (?:income|loss|profit)|forecast\w*|"
        r"capital expenditures?)\b",
        "guidance",
        "Adjusted EBITDA of",
        "guided by counsel",
    ),
    Rule(
        "kind.compensation",
        r"\b(?:(?:severance|payments?|bonus) (?:for|to) (?:the |its |our )?(?:departing |former |"
        r"outgoing )*(?:chief|president|"
        r"Mr|Ms|Mrs|Dr)\b|base salar(?:y|ies)|annual salary|(?:annual|target|cash|signing|"
        r"sign-on) bonus(?:es)?|lump[- ]sum (?:cash )?(?:payment|severance)? ?(?:to|of)? ?(?:Mr|"
        r"Ms|Mrs|Dr)\b|consulting fees?|director fees|monthly fee)\b",
        "compensation",
        "an annual base salary of",
        "the salaried workforce",
    ),
    # Other matters
    Rule(
        "kind.book_value",
        r"\b(?:(?:net )?book values?|carrying (?:values?|amounts?)|net assets|total assets|"
        r"fair values?|(?:reclamation|environmental|lease|tax) liabilit(?:y|ies)|goodwill balance|"
        r"grant-date (?:fair )?value|par value|stated value|market value|appraised value|"
        r"stockholders[’'] equity|notional)\b",
        "other_matter",
        "the net book value of the plant was",
        "booked as value",
    ),
    Rule(
        "kind.repurchase",
        r"\b(?:repurchase (?:program|plan|of)|buyback|dividends?|tax(?:ing)? authorit\w+|"
        r"withhold\w*|remit\w*|settlement of (?:the )?(?:litigation|lawsuit)|judgments?|damages|"
        r"(?:civil|regulatory) (?:penalt(?:y|ies)|fines?)|refunds?)\b",
        "other_matter",
        "under the share repurchase program",
        "authorities were informed",
    ),
    Rule(
        "kind.integration",
        r"\b(?:to integrate|integration (?:costs?|expenses?|charges?))\b",
        "other_matter",
        "to integrate the acquired company",
        "an integrated mill",
    ),
    Rule(
        "kind.tax_effect",
        r"(?<!net\x20of\x20)(?<!before\x20)\b(?:tax benefits?|income tax(?:es)?|deferred tax\w*)\b",
        "other_matter",
        "an income tax benefit of",
        "pre-tax charge of",
    ),
    Rule(
        "kind.investment",
        r"\b(?:invest(?:s|ed|ing|ments?)?|reinvest\w*)\b",
        "other_matter",
        "the Company intends to reinvest",
        "the investor relations page",
    ),
)
"""In each zone the match nearest to the figure decides; of two that end together, the longer one."""

NOT_INCLUDED = Rule(
    "kind.not_included",
    r"\b(?:(?:is|are|was|were) not (?:an? )?(?:part of|included in|reflected in|expenses?|"
    r"exit costs?|costs? of|related to)|not included in|(?:do|does|did) not include|"
    r"(?:is|are|was|were) (?:unrelated|separate)|in addition to and separate from|"
    r"was expensed at that time|(?:has|have) already been recorded)\b",
    "other_matter",
    "these costs are not included in the estimate",
    "these costs are included in the total",
)
"""Said of the amount behind it or before it in the same sentence: no cost of this plan."""

NEGATED_LIST = Rule(
    "kind.not_included_nor",
    r"\b(?:(?:do|does|did) not (?:include|reflect|take into account|cover)|exclud(?:e|es|ing)|"
    r"exclusive of)\b[^.]*(?:\b(?:nor|or)\b|;)[^.;,]*$|\bnor (?:does|do|did) (?:\w+ ){1,3}include\b[^.;]*$|"
    r"\b(?:does|do|did) not (?:currently )?(?:expect|anticipate|intend) to (?:incur|record)\b[^.;]*$",
    "other_matter",
    "these amounts do not include the charges of 2014, nor the loss of ",
    "these amounts do not include the charges of 2014, but the loss of ",
)
"""Before an amount: the list of what is not counted goes on."""

OTHER_PLAN = Rule(
    "kind.other_plan",
    r"\b(?:is|are|comes?) (?:in addition to|separate from|distinct from) (?:the|its|that|an?) (?:\w+ ){0,3}"
    r"(?:initiative|plan|program|restructuring|actions?|measures?|steps?|reductions?|closures?|"
    r"lay-?offs?)\b|"
    r"\b(?:is|are) in addition to (?:those|that|the one) (?:under|of|from|in|that|which)\b|"
    r"\b(?:(?:unrelated|separate|different) (?:plan|program|restructuring|property|matter|"
    r"initiative|action)s?|"
    r"(?:expenses?|costs?|charges?) of that (?:plan|program)|"
    r"(?:distinct|separate|apart) from those (?:of|in|under)|which has since been (?:completed|concluded)|"
    r"for its other (?:efforts|actions|initiatives|programs|restructuring)\b|"
    r"(?:that|which) (?:were|was|had been) (?:expensed|recorded|accrued|charged) in (?:prior|previous|"
    r"earlier) (?:years|periods)|"
    r"relat(?:ed|ing) to (?:earlier|prior|previous) (?:restructuring )?(?:programs|plans|actions|"
    r"initiatives)|"
    r"announced an? (?:separate|different) (?:plan|program)|recorded at that time|"
    r"(?:that|prior|earlier|previous) (?:plan|program|restructuring|initiative)s?(?: (?:was|"
    r"were|that was|which was|is|has been))?(?: (?:substantially|now))? (?:completed|complete|"
    r"concluded)|"
    r"(?:plan|program|restructuring|initiative)s? (?:\w+ ){0,8}(?:was|were|has been|"
    r"is now) (?:substantially )?(?:completed|concluded)|no further charges|had (?:already |"
    r"previously )?(?:reduced|closed|eliminated|completed|cut|laid off) (?:\w+ ){0,8})\b",
    "other_plan",
    "the prior plan was completed in 2013",
    "the plan will be completed in 2013",
)
