"""What is to be said of a figure: its amount, what it is, and the facts that its row holds, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.pages.filing_view import Row
from pipeline.pages.words import count, date, money, percent, worded

_WITHOUT_TYPE = ("mixed", "unstated")
"""Categories that say nothing of a total or a portion."""

_LONGEST_CONTEXT = 120
_BEFORE, _BEHIND = 90, 60
"""Letters of a line that are shown around a mention."""


@dataclass(frozen=True, slots=True)
class Described:
    """`label` says what the figure is, `detail` what else matters where figures stand in a table."""

    amount: str
    label: str
    detail: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    """Name and value of what the row states, in the order in which people ask for it."""


def describe(table_name: str, row: Row, keys: Mapping[str, str]) -> Described:
    """The row of that table in words.

    Args:
        table_name: one of the tables of figures; a plan (which can be rejected) is no figure and stays blank.
        row: a row of it, sound or rejected.
        keys: the numbers of figures by the ids of their rows.
    """
    found = _BY_TABLE.get(table_name)
    return found(row, keys) if found else Described("", "")


def _charge(row: Row, keys: Mapping[str, str]) -> Described:
    category, role = row["category"], worded("role", row["role"])
    parent = keys.get(row["parent_charge_id"] or "")
    settlement = _stated("settlement", row["settlement"])
    status = worded("status", row["status"])
    tax = {True: "Before tax", False: "After tax"}.get(row["is_pretax"], "")
    is_portion = row["role"] in ("cash_portion", "noncash_portion")
    details = (
        "" if is_portion else settlement.lower(),
        status.lower() if row["status"] != "expected" else "",
        tax.lower() if row["is_pretax"] is False else "",
        "" if row["role"] == "period_portion" else row["period_text"] or "",
    )
    return Described(
        amount=money(row["amount_low"], row["amount_high"], row["currency"], row["is_approximate"]),
        label=_label(row),
        detail=", ".join(part for part in details if part),
        facts=_given(
            ("Type of cost", "" if row["role"] == "component" else _stated("category", category)),
            ("Class", _stated("asc420_class", row["asc420_class"])),
            ("Role", f"{role}, of figure {parent}" if parent else role),
            ("Settled in", settlement or "not stated"),
            ("Status", status),
            ("Tax", tax),
            ("Period", _period(row)),
            ("In the sum", "Counts" if row["counts_in_sum"] else "Does not count"),
        ),
    )


def _label(row: Row) -> str:
    """What a charge is called among others: a part by its type, anything else by its role."""
    category = worded("category", row["category"])
    if row["role"] == "component":
        return category
    is_of_a_period = row["role"] == "period_portion" and row["period_text"]
    words = row["period_text"] if is_of_a_period else worded("role", row["role"])
    role = words[:1].upper() + words[1:]
    return role if row["category"] in _WITHOUT_TYPE else f"{role}: {category.lower()}"


def _stated(column: str, value: str | None) -> str:
    return "" if value == "unstated" else worded(column, value)


def _period(row: Row) -> str:
    days = " to ".join(dict.fromkeys(date(row[name]) for name in ("period_start", "period_end") if row[name]))
    words = row["period_text"] or ""
    return f"{words} ({days})" if words and days else words or days


def _shares(row: Row, keys: Mapping[str, str]) -> Described:
    value = money(row["value_low"], row["value_high"], row["currency"])
    charge = keys.get(row["charge_id"] or "")
    security, action = worded("security", row["security"]), worded("action", row["action"])
    return Described(
        amount=count(row["count_low"], row["count_high"], row["is_approximate"]),
        label=f"{security}, {action.lower()}",
        facts=_given(
            ("Security", security),
            ("What happens", action),
            ("Value", f"{value} (figure {charge})" if value and charge else value),
        ),
    )


def _headcount(row: Row, keys: Mapping[str, str]) -> Described:
    people = count(row["count_low"], row["count_high"], row["is_approximate"])
    share = percent(row["percent"])
    basis = worded("basis", row["basis"])
    return Described(
        amount=", ".join(part for part in (people, share) if part),
        label="Positions to go",
        facts=_given(("People", people), ("Share", f"{share}, {basis}" if share else "")),
    )


def _mention(row: Row, keys: Mapping[str, str]) -> Described:
    what = worded("kind", row["kind"]) or worded("relation", row["relation"])
    each = row["relation"] == "per_unit" and row["kind"]
    return Described(
        amount=str(row["mention_text"]).replace("\t", " "),
        label=f"{what}, for each unit" if each else what,
        facts=_given(("What it is", what), ("Counted in", worded("unit", row["unit"]))),
    )


def _given(*facts: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in facts if value)


_BY_TABLE: Mapping[str, Callable[[Row, Mapping[str, str]], Described]] = {
    "charges": _charge,
    "share_figures": _shares,
    "headcount_figures": _headcount,
    "mentions": _mention,
}


def evidence_of(row: Row) -> tuple[str, str, str]:
    """The evidence in three pieces: before the figure, the figure, behind it.

    All of it stands in the first where the figure does not lie inside.
    """
    evidence = (row.get("evidence") or "").replace("\t", "\N{EM SPACE}")
    first, start, end = (row.get(name) for name in ("char_start", "figure_start", "figure_end"))
    if not (isinstance(first, int) and isinstance(start, int) and isinstance(end, int)):
        return evidence, "", ""
    if not first <= start < end <= first + len(evidence):
        return evidence, "", ""
    return evidence[: start - first], evidence[start - first : end - first], evidence[end - first :]


def context_of(row: Row, text: str) -> tuple[str, ...]:
    """Words of the section that the figure needs besides its evidence: a unit, a column's head, a lead-in."""
    spans = [(span["start"], span["end"]) for span in row.get("context_spans") or ()]
    words = (_cut(text[start:end].replace("\n", " "), _LONGEST_CONTEXT) for start, end in spans)
    return tuple(dict.fromkeys(found for found in words if found.strip()))


def words_around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The words of a text at a span, with some of their line before and behind."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    before, behind = text[line_start:start], text[end:line_end]
    return _cut(before, _BEFORE, from_the_end=True), text[start:end], _cut(behind, _BEHIND)


def _cut(text: str, length: int, from_the_end: bool = False) -> str:
    """At most that many letters, cut between words."""
    text = text.replace("\t", "\N{EM SPACE}")
    if len(text) <= length:
        return text
    if from_the_end:
        cut = text[-length:]
        return f"\N{HORIZONTAL ELLIPSIS}{cut[max(cut.find(' '), 0) :]}"
    cut = text[:length]
    return f"{cut[: cut.rfind(' ') + 1]}\N{HORIZONTAL ELLIPSIS}"
