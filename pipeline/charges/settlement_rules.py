"""Cash or not, before tax or after, cost or credit: the rules."""

from pipeline.figures.rule import Rule

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
CREDIT = Rule(
    "amount.credit",
    r"\brevers(?:e|es|ed|ing) $|\b(?:and|less|net of) an? (?:\w+ )?benefit of $|\ba credit (?:to|for) "
    r"[^.;$€£]{3,40} of $|\breversals? of (?:the "
    r")?(?:previously (?:recorded|recogni[sz]ed|"
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
