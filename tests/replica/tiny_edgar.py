"""Writing a small archive in EDGAR's own layout, filing by filing."""

import json
from pathlib import Path
from typing import Any

HEADER = """<SEC-DOCUMENT>{accession}.txt : {day}
<SEC-HEADER>{accession}.hdr.sgml : {day}
ACCESSION NUMBER:\t\t{accession}
CONFORMED SUBMISSION TYPE:\t{form}
FILED AS OF DATE:\t\t{day}

FILER:

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\t{name}
\t\tCENTRAL INDEX KEY:\t\t\t{cik}
</SEC-HEADER>
<DOCUMENT>
<TYPE>{form}
<SEQUENCE>1
<FILENAME>body.htm
<TEXT>
"""
CLOSING = "</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"


def submission(accession: str, cik: str, name: str, filed: str, form: str = "8-K") -> bytes:
    """A whole submission as EDGAR serves it."""
    head = HEADER.format(accession=accession, cik=cik, name=name, day=filed.replace("-", ""), form=form)
    return (head + f"<p>Item 2.05 of {name}</p>\n" * 20 + CLOSING).encode()


class TinyEdgar:
    """An archive in `root`, grown by one filing at a time: submission, company listing, search hits."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "Archives" / "edgar" / "data").mkdir(parents=True)

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
    ) -> bytes:
        """Add a filing and return its submission; the search knows it and so many `exhibits`."""
        data = submission(accession, cik, name.partition("  (")[0], filed, form)
        path = self.submission_path(accession, cik)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        if listed:
            self._list(accession, cik, filed, form)
        for number in range(exhibits + 1):
            self.add_hit(
                f"{accession}:{'body' if number == 0 else f'ex99-{number}'}.htm",
                adsh=accession,
                ciks=[cik],
                display_names=[f"{name}  (CIK {cik})"],
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
        return self.root / "Archives" / "edgar" / "data" / str(int(cik)) / f"{accession}.txt"

    def _list(self, accession: str, cik: str, filed: str, form: str) -> None:
        path = self.root / "submissions" / f"CIK{cik}.json"
        listing: Any = {"filings": {"recent": {}, "files": []}}
        if path.exists():
            listing = json.loads(path.read_text())
        row = {"accessionNumber": accession, "form": form, "primaryDocument": "body.htm", "filingDate": filed}
        for column, value in row.items():
            listing["filings"]["recent"].setdefault(column, []).append(value)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(listing))
