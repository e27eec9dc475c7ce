"""What the UI shows of a run: small tables, examples, links and memory.

Here belongs how an outcome is shown. How a table's declaration is does not: see `metadata`.
"""

import json
import re
import resource
import sys
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import dagster as dg

from pipeline.edgar.discovery import Attempt
from pipeline.tables.evidence import evidence_of

_EXAMPLES_A_CHECK = 3
_LINKS_SHOWN = 100


def row_counts(rows_by_table: Mapping[str, int]) -> dg.TableMetadataValue:
    """A small table of tables and their rows."""
    return dg.MetadataValue.table(
        [dg.TableRecord({"table": name, "rows": rows}) for name, rows in rows_by_table.items()]
    )


def records(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> dg.TableMetadataValue:
    """A small table of texts."""
    return dg.MetadataValue.table(
        [dg.TableRecord(dict(zip(columns, row, strict=True))) for row in rows],
        schema=dg.TableSchema([dg.TableColumn(name, "text") for name in columns]),
    )


def charges_by_category(charges: Iterable[Mapping[str, Any]]) -> dg.TableMetadataValue:
    """What is new in a month: of each currency and category the charges that count in the sum, and their sum.

    An open upper bound counts as its lower one.
    """
    return records(
        ("currency", "category", "charges", "sum of upper bounds"),
        (
            (currency, category, f"{len(amounts):,}", f"{sum(amounts):,.0f}")
            for (currency, category), amounts in _sums(charges)
        ),
    )


def charges_chart(charges: Iterable[Mapping[str, Any]]) -> dg.MarkdownMetadataValue:
    """The same as a picture, one for each currency; it stands in the Markdown itself."""
    # Only here, because the library for charts takes most of a second to import.
    from pipeline.pages.charts import charges_by_category_chart
    from pipeline.pages.pictures import to_png

    rows: dict[str, list[dict[str, Any]]] = {}
    for (currency, category), amounts in _sums(charges):
        rows.setdefault(currency, []).append({"category": category, "millions": float(sum(amounts)) / 1e6})
    return dg.MetadataValue.md(
        "\n\n".join(
            f"![Charges by category, {currency} million](data:image/png;base64,{b64encode(picture).decode()})"
            for currency, picture in (
                (currency, to_png(charges_by_category_chart(of_currency, f"{currency} million")))
                for currency, of_currency in rows.items()
            )
        )
    )


def _sums(charges: Iterable[Mapping[str, Any]]) -> list[tuple[tuple[str, str], list[Decimal]]]:
    """By currency and category the upper bounds of what counts in the sum, the largest sum first."""
    sums: dict[tuple[str, str], list[Decimal]] = {}
    for charge in charges:
        if charge["counts_in_sum"]:
            bound = charge["amount_low"] if charge["amount_high"] is None else charge["amount_high"]
            sums.setdefault((charge["currency"], charge["category"]), []).append(bound)
    return sorted(sums.items(), key=lambda item: (item[0][0], -sum(item[1]), item[0][1]))


def rejected_examples(rejected_rows: Sequence[Mapping[str, Any]]) -> dg.TableMetadataValue:
    """The first rejected rows of each check, with the words that they were read from."""
    shown: Counter[str] = Counter()
    rows = []
    for rejected in rejected_rows:
        shown[rejected["expectation"]] += 1
        if shown[rejected["expectation"]] <= _EXAMPLES_A_CHECK:
            row = json.loads(rejected["row"])
            columns = ("table_name", "row_key", "expectation", "observed")
            rows.append((*(str(rejected[name]) for name in columns), evidence_of(row)))
    return records(("table", "row_key", "check", "observed", "evidence"), rows)


def edgar_links(filings: Iterable[tuple[str, str, str]]) -> dg.MarkdownMetadataValue:
    """Accession number, company and address of each filing, as links."""
    lines = [f"- [{accession}]({address}) {_plain(company)}" for accession, company, address in filings]
    more = f"\n\nand {len(lines) - _LINKS_SHOWN:,} more" if len(lines) > _LINKS_SHOWN else ""
    return dg.MetadataValue.md("\n".join(lines[:_LINKS_SHOWN]) + more)


def effort(begun: float) -> dict[str, float]:
    """Seconds since `begun` (of `time.perf_counter`), and the most MB of memory that this process had so far.

    Months that share a process share the figure of memory.
    """
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "seconds": round(time.perf_counter() - begun, 3),
        "peak_memory_mb": kilobytes // (1024 * 1024 if sys.platform == "darwin" else 1024),
    }


def _plain(text: str) -> str:
    """A company's name with nothing that Markdown would read as its own."""
    return re.sub(r"([\\`*_\[\]<>#|!])", r"\\\1", " ".join(text.split()))


def reasons(reason_by_filing: Mapping[str, str]) -> dg.TableMetadataValue:
    """A small table of filings and what was the matter with each."""
    return dg.MetadataValue.table(
        [dg.TableRecord({"filing": filing, "reason": reason}) for filing, reason in reason_by_filing.items()],
        schema=dg.TableSchema([dg.TableColumn("filing", "text"), dg.TableColumn("reason", "text")]),
    )


def attempts(given_up: Sequence[Attempt]) -> dg.TableMetadataValue:
    """A small table of the sources of discovery that gave no complete answer."""
    return dg.MetadataValue.table(
        [dg.TableRecord({"method": attempt.method, "problem": attempt.problem}) for attempt in given_up],
        schema=dg.TableSchema([dg.TableColumn("method", "text"), dg.TableColumn("problem", "text")]),
    )
