"""The verdict on a month's staged rows, which the checks report and publishing obeys.

Here belongs that both use the same one. The checks themselves do not: see `pipeline.tables` and
`expectations`.

The verdict is a pure function of the staged rows, the index and the reviewed corrections, so it is not
stored: it cannot be missing after a kill, nor be that of other rows. Within a process it is computed once for
the same rows, as the checks and publishing follow each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from upath import UPath

from pipeline.edgar.archive import RawArchive
from pipeline.warehouse.corrections import Correction, read_corrections
from pipeline.warehouse.staging import read_staged

if TYPE_CHECKING:
    import pyarrow as pa

    from expectations import Judgement

_last: tuple[tuple[str, tuple[str, ...], tuple[Correction, ...]], dict[str, pa.Table], Judgement] | None = (
    None
)


def judge_staged(home: UPath, month: str) -> Judgement:
    """The verdict on what is staged for `month`.

    Raises:
        StorageError: the month is not staged, its filing index is missing, or a correction cannot be
            understood.
    """
    global _last
    staged = {**read_staged(home, "sections", month), **read_staged(home, "exit_charges", month)}
    indexed = tuple(filing.accession_number for filing in RawArchive(home).index(month))
    asked = (month, indexed, read_corrections(home))
    if _last and _last[0] == asked and all(rows.equals(_last[1][name]) for name, rows in staged.items()):
        return _last[2]

    from expectations import judge_month  # imports Great Expectations, which takes seconds

    judgement = judge_month(month, staged, *asked[1:])
    _last = (asked, staged, judgement)
    return judgement
