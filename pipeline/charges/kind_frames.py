"""Amounts that are no cost for the words on both sides of them: the rules."""

from pipeline.charges.kinds import CHARGE
from pipeline.figures.rule import Rule

FRAMED: tuple[Rule, ...] = (
    Rule(
        "kind.cash_held",
        r"\b(?:had|have|has|holds?|held|with)(?: \w+){0,1} # (?:of|in) (?:unrestricted )?cash\b",
        "cash_balance",
        "the Company had # in cash at year-end",
        "will be paid # in cash",
    ),
    Rule(
        "kind.paid_to_acquire",
        r"\b(?:paid|pay|paying|payment of) # "
        r"(?:in cash )?(?:on [^#;.]{3,20} )?(?:to (?:license|acquire|purchase|buy)|for (?:the|its) "
        r"(?:acquisition|license|purchase))",
        "purchase_price",
        "paid # to license the technology in 2018",
        "paid # to terminate the license",
    ),
    Rule(
        "kind.sold_for",
        r"\b(?:sell|sells|sold|selling|sale of|divest(?:ed|iture of)?|dispos(?:e|ed|al) of)\b[^#;]{0,140}\b"
        r"(?:for|price of|consideration of)(?: (?:a|an|total|aggregate|consideration|of|purchase|cash|"
        r"price))* #",
        "proceeds",
        "agreed to sell the springs business, which it had bought in 2010, for #",
        "sold the plant and recorded severance of #",
    ),
    Rule(
        "kind.face_value",
        r"\b(?:face (?:value|amount)|promissory notes?(?: \w+){0,3}) (?:of )?#|\bnotes? receivable of #",
        "other_matter",
        "a promissory note with a face value of #",
        "a note on severance of #",
    ),
    Rule(
        "kind.operating_level",
        r"(?<!charge\x20to\x20)(?<!charged\x20to\x20)(?<!charges\x20to\x20)\b(?:operating (?:expenses|"
        r"costs)|cost base|cost structure|burn rate|cash burn)\b"
        r"(?![^#;.]*\b(?:by|charges?|savings?|sav\w+)\b)[^#;.]{0,60}\b(?:of|at|to|was|were|be|run|"
        r"total\w*|range|from) #",
        "guidance",
        "operating expenses, which stood at #",
        "lower operating expenses by #",
    ),
    Rule(
        "kind.award_value",
        r"\b(?:grants?|granted|awards?)\b[^#;.]{0,90}\b(?:aggregate|fair|total|grant(?:[- ]date)?) "
        r"(?:fair )?values? (?:of|at|equal to|was|is) #",
        "compensation",
        "approved the grant of RSUs with an aggregate value of #",
        "awards whose vesting causes a charge of #",
    ),
    Rule(
        "kind.deposit_lost",
        r"\bdeposits? (?:of|totall?ing) #[^;.]{0,50}\b(?:forfeit\w*|lost|written off|not be "
        r"(?:returned|refunded|recovered))\b",
        CHARGE,
        "deposits of # that will be forfeited",
        "deposits of # are insured",
    ),
    Rule(
        "kind.deposit_returned",
        r"\bdeposits? (?:of|totall?ing) #[^;.]{0,50}\b(?:credited|applied|returned|refunded|offset|"
        r"set off)\b|"
        r"\b(?:against|net of|less|after) (?:\w+ )?(?:security )?deposits? of #",
        "other_matter",
        "the security deposit of # was credited",
        "deposits of # that will be forfeited",
    ),
    Rule(
        "kind.charged_to_date",
        r"# (?:has|have|had) been (?:charged|taken|booked)\b",
        CHARGE,
        "# had been charged",
        "# had been borrowed",
    ),
    Rule(
        "kind.change_of_estimate",
        r"\b(?:increase|decrease|reduction|change) of (?:about |approximately )?# (?:from|over|against|"
        r"compared (?:to|with)|relative to)\b(?![^#;.]*\bsales\b)",
        "other_matter",
        "(an increase of # from our prior estimate)",
        "an increase of # in severance",
    ),
    Rule(
        "kind.besides_capital",
        r"\b(?:in addition to|besides|apart from|plus) # (?:of|in|for) (?:\w+ )?capital (?:expenditures?|"
        r"spending|investments?)\b|\bsp(?:end|ent)\b[^#;.]{0,20}# (?:on|for) (?:\w+ )?capital\b",
        "guidance",
        "in addition to # of capital expenditures",
        "in addition to # of severance",
    ),
    Rule(
        "kind.agreed_with_one",
        r"\b(?:agreement|letter) provides for (?:an? )?(?:[\w-]+ ){0,3}payments? of #",
        "compensation",
        "The agreement provides for a lump-sum payment of #",
        "The plan provides for severance of #",
    ),
    Rule(
        "kind.pension_funding",
        r"\bcontributions? of #|\bcontribut(?:e|es|ed) #",
        "other_matter",
        "pension contributions of # that the law requires",
        "a contribution to charges of #",
    ),
    Rule(
        "kind.capitalized",
        r"\bcapitali[sz]ed (?:\w+ )?(?:costs? of )?#",
        "other_matter",
        "on which it had capitalized costs of #",
        "the write-off of capitalized software of #",
    ),
    Rule(
        "kind.saved",
        r"\bsav(?:e|es|ed|ing) # (?:in|of|from|on|per|a year|annually)\b",
        "saving",
        "expects the initiatives to save # in operating expenses",
        "net of savings, # in severance",
    ),
    Rule(
        "kind.liability_left",
        r"\bliabilit(?:y|ies) (?:\w+ ){0,2}(?:remaining|outstanding|accrued)\b[^#;.]{0,40}(?:was|were|"
        r"is|of) #",
        "other_matter",
        "the liability remaining at that date was #",
        "a liability of #",
    ),
    Rule(
        "kind.departure_of_officers",
        r"# (?:of (?:expense|cost)s? )?[^#;.]{0,60}\bin connection with the (?:retirement|departure|"
        r"resignation) of "
        r"(?:\w+ ){0,2}(?:executive|officers?|Mr|Ms|Dr)\b",
        "compensation",
        "# of expense in connection with the retirement of two executive officers",
        "# in connection with the retirement of equipment",
    ),
    Rule(
        "kind.paid_to_named",
        r"\b(?:Mr|Ms|Mrs|Dr)\. [^#;]{1,60}\b(?:will|would|is to|are to|shall) (?:also )?(?:receive|be "
        r"paid|be entitled "
        r"to)\b[^#;.]{0,60}#",
        "compensation",
        "Mr. Schwarz and Dr. Keller will receive cash payments of approximately #",
        "the employees will receive severance of #",
    ),
    Rule(
        "kind.reduced_expenses",
        r"# (?:in|of) (?:reduced|lower|avoided) (?:\w+ ){0,3}(?:expenses|costs|spending)\b",
        "saving",
        "will result in # in reduced annualized operating expenses",
        "# in severance",
    ),
    Rule(
        "kind.acquired_for",
        r"\b(?:acquired|acquisition of|bought|purchased)\b[^#;.]{0,80}\bfor #",
        "purchase_price",
        "which it acquired in May 2004 for #",
        "acquired for stock; # of severance",
    ),
    Rule(
        "kind.liquidity",
        r"\bliquidity of #",
        "cash_balance",
        "had liquidity of # at year-end",
        "a liquid # of",
    ),
    Rule(
        "kind.rent_owed",
        r"\bow(?:es|ed|ing)? (?:\w+ ){0,2}rents? of #",
        "other_matter",
        "leases on which it owes base rent of #",
        "the rent owed for # more months",
    ),
    Rule(
        "kind.covenant",
        r"\b(?:lenders?|banks?|covenants?|agreement)\b[^#;.]{0,80}\b(?:disregard|exclude|add back|"
        r"permit|allow)s? #",
        "debt",
        "The lenders have agreed to disregard # of restructuring charges",
        "The agreement excludes severance; # of leases",
    ),
    Rule(
        "kind.compared_level",
        r"# (?:below|above|less than|more than|lower than|higher than) (?:those|that|the (?:level|"
        r"amount)s?) (?:of|in|for)\b",
        "guidance",
        "operating expenses will be # below those of 2017",
        "# below the threshold",
    ),
    Rule(
        "kind.accrued_balance",
        r"\b(?:accru(?:al|ed)|liabilit(?:y|ies)|reserve) balance[^#;.]{0,60}#|\bbalance (?:accrued|of "
        r"the accru\w+)[^#;.]{0,60}#|"
        r"\baccruals? (?:at|as of) [^#;]{0,40}\b(?:was|were|of|totall?ed)\b[^#;.]{0,20}#|"
        r"\bhad # accrued\b|\bliability of # for accrued\b|\baccrued \w+ of # (?:stands|is included|"
        r"remain\w*)\b",
        "other_matter",
        "the balance accrued at June 30 was #",
        "accrued severance of #",
    ),
    Rule(
        "kind.in_addition_to",
        r"\b(?:is|are|was|were|be) (?:in addition to|separate from|over and above)(?: the)? #",
        "other_plan",
        "these charges are in addition to the # recorded in 2011",
        "in addition to the # of severance",
    ),
    Rule(
        "kind.reduction_of_expense",
        r"# (?:reduction|decrease|benefit|credit) (?:in|of|to) (?:\w+ ){0,3}(?:expenses?|accruals?|"
        r"costs?|liabilit(?:y|ies))\b",
        "other_matter",
        "recorded a # reduction in expense",
        "# of reduction in force costs",
    ),
    Rule(
        "kind.part_of_other",
        r"\bthat (?:was|were) part of (?:the )?#|# of [^#;.]{0,60}\bin connection with that "
        r"(?:earlier |prior |previous )?"
        r"(?:reduction|plan|program|restructuring|closure)",
        "other_plan",
        "such as the payments that were part of the # of charges in 2017",
        "# of severance in connection with the reduction",
    ),
    Rule(
        "kind.running_expense",
        r"\b(?:pension|rent|interest|tax|depreciation|advertising) expenses? for (?:the )?(?:fiscal |"
        r"full |calendar )?(?:year|20\d\d)\b"
        r"[^#;.]{0,30}#",
        "guidance",
        "now estimates its pension expense for 2006 to be #",
        "a pension charge for the plan of #",
    ),
    Rule(
        "kind.received",
        r"\b(?:Company|Corporation|registrant|we|it) (?:has |have |had |will |expects? to |also "
        r")*receiv(?:e|es|ed)\b[^#;.]{0,60}#|"
        r"\b(?:incentive|insurance|milestone|royalty) payments? (?:\w+ ){0,2}(?:of )?#",
        "proceeds",
        "the Company received an incentive payment of #",
        "employees will receive severance of #",
    ),
    Rule(
        "kind.obligation_described",
        r"\b(?:which|that) (?:had|has|have) (?:an? )?(?:remaining|original|total)[^#;.]{0,40}#",
        "other_matter",
        "the surrender of the lease, which had remaining payments of #",
        "a charge for remaining payments of #",
    ),
    Rule(
        "kind.recovered",
        r"\b(?:recover|receive|reali[sz]e|collect)(?:s|d|ed)? #[^#;]{0,30}\b"
        r"(?:sales?|subleas\w+|disposition|disposal|insur\w+|buyers?)\b",
        "proceeds",
        "it may recover # from the sale of presses",
        "employees receive # of severance",
    ),
    Rule(
        "kind.cost_to_integrate",
        r"#[^#;.]{0,60}\bto integrate\b",
        "other_matter",
        "# of costs in 2014 to integrate the acquired company",
        "# of severance at the integrated mill",
    ),
    Rule(
        "kind.under_evaluation",
        r"\bwhether(?: \w+){0,3} #",
        "other_matter",
        "is evaluating whether # of technology is impaired",
        "the charge of #, whether or not",
    ),
    Rule(
        "kind.at_cost",
        r"# (?:of \w+ )?at cost\b|\bat (?:a )?cost,? #",
        "other_matter",
        "Inventory of # at cost",
        "at a cost of #",
    ),
    Rule("kind.margin", r"\bplus or minus #", "other_matter", "plus or minus #", "plus #"),
    Rule(
        "kind.per_unit_price",
        r"# (?:a|per) (?:barrel|ton|share|pound|ounce)\b|\bprices? of (?:\w+ ){1,3}[^#;]{0,60}#",
        "other_matter",
        "below # a barrel",
        "priced at a discount",
    ),
)
"""In the words around the figure, which stands as #: no cost, whatever its own words are."""
