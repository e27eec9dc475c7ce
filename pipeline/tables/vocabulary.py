"""The closed vocabularies of the tables. Other people's queries depend on them: add, never rename."""

READ_STATUS = ("read", "no_figures", "incorporated_elsewhere", "item_not_found", "unreadable", "not_fetched")
ESTIMATE_STATUS = ("given", "partial", "unable", "none")
RECONCILIATION = ("adds_up", "does_not_add_up", "not_comparable")

CATEGORY = (
    "severance",
    "retention",
    "contract_termination",
    "facility",
    "relocation",
    "asset_impairment",
    "goodwill_intangible",
    "inventory",
    "stock_compensation",
    "professional_fees",
    "pension",
    "other",
    "mixed",
    "unstated",
)
ASC420_CLASS = (
    "one_time_termination_benefits",
    "contract_termination",
    "other_associated",
    "outside_asc420",
    "several",
    "unstated",
)
ROLE = (
    "total",
    "subtotal",
    "component",
    "cash_portion",
    "noncash_portion",
    "period_portion",
    "revision_prior",
)
SETTLEMENT = ("cash", "noncash", "mixed", "unstated")
STATUS = ("expected", "incurred")

SECURITY = (
    "common_stock",
    "stock_option",
    "restricted_stock",
    "restricted_stock_unit",
    "performance_award",
    "other",
)
SHARE_ACTION = (
    "vesting_accelerated",
    "granted",
    "issued",
    "forfeited",
    "modified",
    "exercise_period_extended",
    "repurchased",
    "other",
)
HEADCOUNT_BASIS = ("total_workforce", "unit", "unstated")

MENTION_UNIT = ("money", "shares", "people", "percent")
MENTION_RELATION = ("states", "restates", "translates", "per_unit", "context", "none")
MENTION_KIND = (
    "saving",
    "proceeds",
    "revenue",
    "debt",
    "purchase_price",
    "other_plan",
    "compensation",
    "cash_balance",
    "guidance",
    "other_matter",
    "retained_headcount",
    "unclassified",
)
AMENDMENT_BASIS = ("stated_in_text", "same_period_of_report", "latest_before")
AMENDMENT_EFFECT = ("replaces", "adds_estimate", "adds_plan", "changes_dates", "exhibits_only")

CURRENCIES = (
    "USD",
    "EUR",
    "GBP",
    "CAD",
    "AUD",
    "JPY",
    "CHF",
    "CNY",
    "HKD",
    "TWD",
    "SGD",
    "INR",
    "KRW",
    "MXN",
    "BRL",
    "SEK",
    "NOK",
    "DKK",
    "ILS",
    "NZD",
    "ZAR",
    "PLN",
    "CZK",
    "HUF",
    "THB",
    "MYR",
    "PHP",
    "RUB",
    "TRY",
    "ARS",
    "CLP",
    "COP",
)
"""ISO 4217 codes in which registrants state exit costs."""

DECISION = ("accept", "correct", "drop")
"""accept: the row is right, and the checks wrong; correct: with other values it is; drop: it is none."""
CORRECTION_OUTCOME = ("applied", "superseded", "stale", "row_not_found")
"""superseded: by a later decision on the row; stale: the row was read otherwise than when it was decided."""
