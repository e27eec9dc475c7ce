"""Writing a small archive in EDGAR's own layout, filing by filing."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.edgar.items import item_titles

HEADER = """<SEC-DOCUMENT>{accession}.txt : {day}
<SEC-HEADER>{accession}.hdr.sgml : {day}
ACCESSION NUMBER:\t\t{accession}
CONFORMED SUBMISSION TYPE:\t{form}
CONFORMED PERIOD OF REPORT:\t{day}
{items}FILED AS OF DATE:\t\t{day}
{filers}</SEC-HEADER>
<DOCUMENT>
<TYPE>{form}
<SEQUENCE>1
<FILENAME>body.htm
<TEXT>
"""
FILER = """
FILER:

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\t{name}
\t\tCENTRAL INDEX KEY:\t\t\t{cik}
"""
CLOSING = "</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"

TAGGED_HEADER = """<SEC-HEADER>{accession}.hdr.sgml : {day}
<ACCEPTANCE-DATETIME>{day}160000
<ACCESSION-NUMBER>{accession}
<TYPE>{form}
<PERIOD>{day}
{items}<FILING-DATE>{day}
{filers}</SEC-HEADER>
"""
TAGGED_FILER = "<FILER>\n<COMPANY-DATA>\n<CONFORMED-NAME>{name}\n<CIK>{cik}\n</COMPANY-DATA>\n</FILER>\n"

Companies = tuple[tuple[str, str], ...]
"""CIK and name of each."""


@dataclass(frozen=True)
class Listed:
    """A row of the indexes."""

    cik: str
    name: str
    form: str
    filed: str
    accession: str


def submission(
    accession: str,
    cik: str,
    name: str,
    filed: str,
    form: str = "8-K",
    items: tuple[str, ...] = (),
    others: Companies = (),
    document: str = "",
) -> bytes:
    """A whole submission as EDGAR serves it, with this `document` or one that says little."""
    head = HEADER.format(
        accession=accession,
        day=filed.replace("-", ""),
        form=form,
        items="".join(f"ITEM INFORMATION:\t\t{(item_titles(item) or (item,))[0]}\n" for item in items),
        filers="".join(FILER.format(cik=one, name=its_name) for one, its_name in ((cik, name), *others)),
    )
    return (head + (document or f"<p>Item 2.05 of {name}</p>\n" * 20) + CLOSING).encode()


class TinyEdgar:
    """An archive in `root`, grown by one filing at a time: submission, header, company lists, search hits.

    What has to be whole is written by functions of their own: see `tiny_indexes`.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.rows: list[Listed] = []
        """What the indexes have to list."""
        self.archive = root / "Archives" / "edgar"
        (self.archive / "data").mkdir(parents=True)

    def add(
        self,
        accession: str,
        filed: str,
        cik: str = "0000000101",
        name: str = "EXAMPLE CORP  (EXM, EXMW)",
        items: tuple[str, ...] = ("2.05", "9.01"),
        form: str = "8-K",
        exhibits: int = 1,
        listed: bool = True,
        others: Companies = (),
        document: str = "",
    ) -> bytes:
        """Add a filing and return its submission; the search knows it and so many `exhibits`.

        `others` are co-registrants, `document` is the HTML of the 8-K.
        """
        plain_name, _, tickers = name.partition("  (")
        if re.search(r"[a-z]", tickers):
            plain_name, tickers = name, ""
        companies = ((cik, plain_name), *others)
        data = submission(accession, cik, plain_name, filed, form, items, others, document)
        for one, its_name in companies:
            path = self.submission_path(accession, one)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            self._write_header(accession, one, companies, filed, form, items)
            self.rows.append(Listed(one, its_name, form, filed, accession))
            if listed:
                its_tickers = tickers.strip(")").split(", ") if tickers and one == cik else []
                self._list(accession, one, its_name, its_tickers, filed, form, items)
        for number in range(exhibits + 1):
            self.add_hit(
                f"{accession}:{'body' if number == 0 else f'ex99-{number}'}.htm",
                adsh=accession,
                ciks=[one for one, _ in companies],
                display_names=[f"{name}  (CIK {cik})", *(f"{other}  (CIK {one})" for one, other in others)],
                form=form,
                root_forms=["8-K"],
                file_type=form if number == 0 else f"EX-99.{number}",
                file_date=filed,
                period_ending=filed,
                items=list(items),
            )
        return data

    def add_hit(self, document: str, **facts: Any) -> None:
        """Let the search know a document."""
        path = self.root / "LATEST" / "search-index" / f"{facts['file_date'][:7]}.json"
        answer = json.loads(path.read_text()) if path.exists() else {"hits": {"hits": []}}
        answer["hits"]["hits"].append({"_id": document, "_source": facts})
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(answer))

    def submission_path(self, accession: str, cik: str = "0000000101") -> Path:
        """Where a submission stands."""
        return self.archive / "data" / str(int(cik)) / f"{accession}.txt"

    def header_path(self, accession: str, cik: str = "0000000101") -> Path:
        """Where its tagged header stands."""
        folder = accession.replace("-", "")
        return self.archive / "data" / str(int(cik)) / folder / f"{accession}.hdr.sgml"

    def list_path(self, cik: str = "0000000101") -> Path:
        """Where a company's list of filings stands."""
        return self.root / "submissions" / f"CIK{cik}.json"

    def move_to_older_file(self, cik: str = "0000000101") -> Path:
        """Move all that the company's list has so far to a file of older filings."""
        listing = json.loads(self.list_path(cik).read_text())
        recent, days = listing["filings"]["recent"], listing["filings"]["recent"]["filingDate"]
        older = self.list_path(cik).with_name(f"CIK{cik}-submissions-001.json")
        older.write_text(json.dumps(recent))
        entry = {"name": older.name, "filingCount": len(days), "filingFrom": min(days), "filingTo": max(days)}
        listing["filings"] = {"recent": {column: [] for column in recent}, "files": [entry]}
        self.list_path(cik).write_text(json.dumps(listing))
        return older

    def _write_header(
        self, accession: str, cik: str, companies: Companies, filed: str, form: str, items: tuple[str, ...]
    ) -> None:
        path = self.header_path(accession, cik)
        path.parent.mkdir(exist_ok=True)
        text = TAGGED_HEADER.format(
            accession=accession,
            day=filed.replace("-", ""),
            form=form,
            items="".join(f"<ITEMS>{item}\n" for item in items),
            filers="".join(TAGGED_FILER.format(cik=one, name=name) for one, name in companies),
        )
        path.write_text(text, encoding="latin-1")

    def _list(
        self,
        accession: str,
        cik: str,
        name: str,
        tickers: list[str],
        filed: str,
        form: str,
        items: tuple[str, ...],
    ) -> None:
        path = self.list_path(cik)
        listing: Any = {
            "cik": cik,
            "name": name,
            "tickers": tickers,
            "filings": {"recent": {}, "files": []},
        }
        if path.exists():
            listing = json.loads(path.read_text())
        row = {
            "accessionNumber": accession,
            "filingDate": filed,
            "reportDate": filed,
            "acceptanceDateTime": f"{filed}T20:00:00.000Z",
            "form": form,
            "items": ",".join(items),
            "primaryDocument": "body.htm",
        }
        for column, value in row.items():
            listing["filings"]["recent"].setdefault(column, []).append(value)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(listing))
