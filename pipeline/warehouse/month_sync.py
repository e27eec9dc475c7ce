"""Bringing a copy of the published tables up to date, month by month.

Here belongs which months a copy lacks, has, or has too many. How a month gets into the copy does not: see
`postgres_load` and `delta`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from upath import UPath

from pipeline.errors import StorageError
from pipeline.files import sha256
from pipeline.tables.registry import TABLES
from pipeline.warehouse.amendments import LINKED_TABLES, FiledPlans, amendment_rows, what_linking_needs
from pipeline.warehouse.published import WholeMonth, whole_month
from pipeline.warehouse.records import recorded_months, warehouse_folder

Progress = Callable[[str, int, int], None]
"""Told of each month, and how many of how many are done."""
_AMENDMENTS = TABLES["amendments"]


@dataclass(frozen=True, slots=True)
class Months:
    """Months by what became of them in the copy."""

    loaded: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    """Those that the copy had, and that are no longer published or are torn."""
    torn: tuple[str, ...]

    @property
    def there(self) -> frozenset[str]:
        """What the copy has once the removed ones are gone."""
        return frozenset((*self.loaded, *self.unchanged))


def refuse_nothing(home: UPath) -> None:
    """Raises StorageError where no month is published: a wrong home must not empty a copy."""
    if not any(whole_month(home, month) for month in recorded_months(home)):
        raise StorageError(
            f"Nothing is published in {warehouse_folder(home)}, and nothing was changed; run `exit-charges "
            "materialize` first, or set EXIT_CHARGES_HOME to the home that is meant."
        )


def bring_up_to_date(
    home: UPath,
    known: Mapping[str, str],
    replace: Callable[[str, WholeMonth, str], None],
    progress: Progress,
) -> Months:
    """Replace each month whose record is not the one that the copy knows.

    Args:
        home: the home; it is only read.
        known: month to the digest of the record that the copy was made from.
        replace: puts a month into the copy: the month, its tables, and its record's digest.
        progress: told of each month.
    """
    loaded, unchanged, torn = [], [], []
    months = recorded_months(home)
    for done, month in enumerate(months):
        progress(month, done, len(months))
        whole = whole_month(home, month)
        if whole is None:
            torn.append(month)
            continue
        digest = sha256(whole.record.to_json())
        if known.get(month) == digest:
            unchanged.append(month)
        else:
            replace(month, whole, digest)
            loaded.append(month)
    removed = sorted(known.keys() - {*loaded, *unchanged})
    return Months(tuple(loaded), tuple(unchanged), tuple(removed), tuple(torn))


def linked_amendments(home: UPath, months: Iterable[str]) -> list[dict[str, Any]]:
    """The rows of `amendments` over these months, one a key."""
    linked: list[FiledPlans] = []
    for month in sorted(months):
        whole = whole_month(home, month)
        if whole is not None:
            linked.extend(what_linking_needs(whole.tables(LINKED_TABLES)))
    by_key = {tuple(row[name] for name in _AMENDMENTS.key): row for row in amendment_rows(linked)}
    return list(by_key.values())
