"""The parts of a small EDGAR that list all its filings: the indexes and the bulk archive."""

import datetime as dt
import zipfile
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from tests.replica.tiny_edgar import Listed, TinyEdgar

PREAMBLE = """Description:           {what} Index of EDGAR Dissemination Feed
Last Data Received:    {received:%B %d, %Y}
Comments:              webmaster@sec.gov
Anonymous FTP:         ftp://ftp.sec.gov/edgar/
 
 
 
 
"""  # noqa: W293 - as EDGAR has it
COLUMNS = (("Form Type", 12), ("Company Name", 62), ("CIK", 12), ("Date Filed", 12), ("File Name", 0))


def master_index(rows: Sequence[Listed], received: dt.date, daily: bool = False) -> bytes:
    """A master.idx: parted by bars."""
    lines = ["CIK|Company Name|Form Type|Date Filed|Filename", "-" * 80]
    lines += [
        f"{int(row.cik)}|{row.name}|{row.form}|{_day(row, daily)}|{_path(row)}"
        for row in sorted(rows, key=lambda row: (row.cik, row.accession))
    ]
    return _index("Master", received, lines)


def form_index(rows: Sequence[Listed], received: dt.date, daily: bool = False) -> bytes:
    """A form.idx: of fixed width."""
    lines = ["".join(title.ljust(width) for title, width in COLUMNS), "-" * 141]
    for row in sorted(rows, key=lambda row: (row.form, row.name)):
        cells = (row.form, row.name, str(int(row.cik)), _day(row, daily), _path(row))
        lines.append("".join(cell.ljust(width) for cell, (_, width) in zip(cells, COLUMNS, strict=True)))
    return _index("Form", received, lines)


def write_quarterly_indexes(edgar: TinyEdgar, received: dt.date | None = None) -> None:
    """master.idx and form.idx of each quarter with filings, which has what came up to `received`."""
    rows = sorted(edgar.rows, key=lambda row: row.filed)
    for quarter, group in groupby(rows, key=lambda row: _quarter(row.filed)):
        folder = edgar.archive / "full-index" / quarter
        folder.mkdir(parents=True, exist_ok=True)
        through = received or _quarter_end(quarter)
        had = [row for row in group if row.filed <= through.isoformat()]
        (folder / "master.idx").write_bytes(master_index(had, through))
        (folder / "form.idx").write_bytes(form_index(had, through))


def write_daily_indexes(edgar: TinyEdgar) -> None:
    """The master index of each day with filings."""
    rows = sorted(edgar.rows, key=lambda row: row.filed)
    for filed, group in groupby(rows, key=lambda row: row.filed):
        write_daily_index(edgar, filed, list(group))


def write_daily_index(edgar: TinyEdgar, filed: str, rows: Sequence[Listed] = ()) -> Path:
    """The master index of a day."""
    path = edgar.archive / "daily-index" / _quarter(filed) / f"master.{filed.replace('-', '')}.idx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(master_index(rows, dt.date.fromisoformat(filed), daily=True))
    return path


def write_bulk_archive(edgar: TinyEdgar) -> Path:
    """submissions.zip with all companies' lists, and the member that says what the archive is."""
    path = edgar.archive / "daily-index" / "bulkdata" / "submissions.zip"
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("placeholder.txt", "EDGAR's archive has such a member too.")
        for file in sorted((edgar.root / "submissions").glob("CIK*.json")):
            archive.write(file, file.name)
    return path


def _index(what: str, received: dt.date, lines: Sequence[str]) -> bytes:
    return (PREAMBLE.format(what=what, received=received) + "\n".join(lines) + "\n").encode("latin-1")


def _day(row: Listed, daily: bool) -> str:
    return row.filed.replace("-", "") if daily else row.filed


def _path(row: Listed) -> str:
    return f"edgar/data/{int(row.cik)}/{row.accession}.txt"


def _quarter(filed: str) -> str:
    return f"{filed[:4]}/QTR{(int(filed[5:7]) + 2) // 3}"


def _quarter_end(quarter: str) -> dt.date:
    year, number = int(quarter[:4]), int(quarter[-1])
    return dt.date(year + number // 4, number % 4 * 3 + 1, 1) - dt.timedelta(days=1)
