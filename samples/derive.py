"""Derives the rest of the sample archive from its full submissions.

Written by hand are `Archives/edgar/data/<cik>/<accession>.txt`, and in `derive.toml` what they don't say.
Derived from them, in EDGAR's own formats: the documents beside each submission (and its copy under a
co-registrant), the quarterly and daily indexes, `submissions/CIK##########.json`, and the full-text search's
answer for each month of filing, in `LATEST/search-index/`.

    python samples/derive.py            writes what is missing or stale, removes what is left over
    python samples/derive.py --check    writes nothing, lists what is stale and exits with 1
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain, groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

HERE = Path(__file__).resolve().parent
DATA = HERE / "Archives/edgar/data"
DERIVED = ("Archives/edgar/full-index", "Archives/edgar/daily-index", "submissions", "LATEST")
SETTINGS: dict[str, Any] = tomllib.loads((HERE / "derive.toml").read_text(encoding="utf-8"))
NOT_SEARCHED = ("EX-101", "XML")
Fields = dict[str, str]
Files = Iterator[tuple[str, str]]  # path below this folder, content


@dataclass(frozen=True)
class Document:
    type: str
    sequence: int
    name: str
    description: str
    text: str | None  # None: the submission breaks off before the document ends


@dataclass(frozen=True)
class Filing:
    accession: str
    form: str
    filed: date
    period: str
    accepted: str
    items: list[str]
    filers: list[Fields]
    documents: list[Document]
    source: Path


def read_filing(source: Path) -> Filing:
    """One submission; where it has no header, under the header that derive.toml gives."""
    text = source.read_text(encoding="utf-8")
    if "</SEC-HEADER>" not in text:
        text = SETTINGS["headers"][source.stem] + text
    header, _, rest = text.partition("</SEC-HEADER>")
    top, *blocks = header.split("FILER:\n")
    facts = fields(top)
    return Filing(
        accession=facts["ACCESSION NUMBER"],
        form=facts["CONFORMED SUBMISSION TYPE"],
        filed=date.fromisoformat(facts["FILED AS OF DATE"]),
        period=dashed(facts["CONFORMED PERIOD OF REPORT"]),
        accepted=re.findall(r"<ACCEPTANCE-DATETIME>(\d{14})", top)[0],
        items=[SETTINGS["items"][item] for item in re.findall(r"(?m)^ITEM INFORMATION:\s*(.+?)\s*$", top)],
        filers=[fields(block) for block in blocks],
        documents=list(read_documents(rest)),
        source=source,
    )


def fields(block: str) -> Fields:
    """The labelled lines of a header. Of one that comes twice (in both addresses) the first counts."""
    found: Fields = {}
    for label, value in re.findall(r"(?m)^\s*([A-Z][A-Z0-9 ]+):[ \t]+(.*?)\s*$", block):
        found.setdefault(label, value)
    return found


def read_documents(text: str) -> Iterator[Document]:
    for block in text.split("<DOCUMENT>\n")[1:]:
        head = block.partition("<TEXT>")[0]
        found = re.findall(r"(?m)^<(TYPE|SEQUENCE|FILENAME|DESCRIPTION)>(.*)$", head)
        tags: Fields = dict(found)
        body = re.search(r"<TEXT>\n(?:<(XBRL|XML)>\n)?(.*?\n)(?:</\1>\n)?</TEXT>", block, re.DOTALL)
        kind, description = tags["TYPE"], tags.get("DESCRIPTION", tags["TYPE"])
        content = str(body[2]) if body else None
        yield Document(kind, int(tags["SEQUENCE"]), tags.get("FILENAME", ""), description, content)


def dashed(day: str) -> str:
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"


def beside(filings: list[Filing]) -> Files:
    for filing in filings:
        for filer in filing.filers:
            folder = f"Archives/edgar/data/{int(filer['CENTRAL INDEX KEY'])}"
            if HERE / folder != filing.source.parent:
                yield f"{folder}/{filing.accession}.txt", filing.source.read_text(encoding="utf-8")
            for document in filing.documents:
                if document.name and document.text is not None:
                    yield f"{folder}/{filing.accession.replace('-', '')}/{document.name}", document.text


def indexes(filings: list[Filing]) -> Files:
    def quarter(filing: Filing) -> str:
        return f"{filing.filed.year}/QTR{(filing.filed.month + 2) // 3}"

    for key, group in groupby(filings, key=quarter):
        ends = {"1": "March 31", "2": "June 30", "3": "September 30", "4": "December 31"}
        yield from index_files(list(group), f"full-index/{key}", "", f"{ends[key[-1]]}, {key[:4]}")
    for day, group in groupby(filings, key=lambda filing: filing.filed):
        of_day = list(group)
        received = f"{day:%b} {day.day:2d}, {day.year}"
        yield from index_files(of_day, f"daily-index/{quarter(of_day[0])}", f".{day:%Y%m%d}", received)


def index_files(filings: list[Filing], folder: str, mark: str, received: str) -> Files:
    """form.idx, company.idx and master.idx of one quarter or, if their names carry a mark, of one day."""
    rows = []
    for filing in filings:
        day = f"{filing.filed:%Y%m%d}" if mark else filing.filed.isoformat()
        for filer in filing.filers:
            cik = str(int(filer["CENTRAL INDEX KEY"]))
            path = f"edgar/data/{cik}/{filing.accession}.txt"
            rows.append((filing.form, filer["COMPANY CONFORMED NAME"], cik, day, path))

    def table(name: str, by: str, blank: str, heading: str, lines: list[str]) -> tuple[str, str]:
        title = f"{'Daily' if mark else 'Master'} Index of EDGAR Dissemination Feed{by}"
        head = f"Description:           {title}\nLast Data Received:    {received}\n"
        head += "Comments:              webmaster@sec.gov\nAnonymous FTP:         ftp://ftp.sec.gov/edgar/\n"
        return f"Archives/edgar/{folder}/{name}{mark}.idx", head + blank + heading + "".join(lines)

    def row(*cells: str) -> str:
        """Fixed width: a name takes 62 places, the other cells 12; a daily index pads the path too."""
        widths = (*(62 if cell == name else 12 for cell in cells[:4]), 52 if mark else 0)
        return "".join(f"{cell:{width}}" for cell, width in zip(cells, widths, strict=True)) + "\n"

    lines, name = [], "Company Name"
    blank = " \n" * 4 if mark else "\n" * 4
    heading = row("Form Type", name, "CIK", "Date Filed", "").rstrip() + "  File Name\n" + "-" * 141 + "\n"
    for form, name, cik, day, path in sorted(rows):
        lines.append(row(form, name, cik, day, path))
    yield table("form", " by Form Type", blank, heading, lines)

    # The daily company index really breaks its heading in two.
    rest = f"CIK{chr(10) + ' ' * 6 if mark else ' ' * 9}Date Filed  File Name\n"
    heading = f"{'Company Name':62}{'Form Type':12}{rest}" + "-" * 145 + "\n"
    lines = []
    for form, name, cik, day, path in sorted(rows, key=lambda row: (row[1].lower(), row)):
        lines.append(row(name, form, cik, day, path))
    yield table("company", " by Company Name", blank, heading, lines)

    blank = "\n" if mark else "Cloud HTTP:            https://www.sec.gov/Archives/\n" + "\n" * 4
    heading = (
        f"CIK|Company Name|Form Type|Date Filed|{'File Name' if mark else 'Filename'}\n" + "-" * 80 + "\n"
    )
    by_cik = sorted(rows, key=lambda row: (row[2], row))
    lines = [f"{cik}|{name}|{form}|{day}|{path}\n" for form, name, cik, day, path in by_cik]
    yield table("master", "", blank, heading, lines)


def submissions(filings: list[Filing]) -> Files:
    of_company: dict[str, list[tuple[Filing, Fields]]] = {}
    for filing in filings:
        for filer in filing.filers:
            of_company.setdefault(filer["CENTRAL INDEX KEY"], []).insert(0, (filing, filer))
    for cik, rows in of_company.items():
        limit = SETTINGS["submissions"]["recent"].get(cik, len(rows))
        files = []
        if older := rows[limit:]:
            name, days = f"CIK{cik}-submissions-001.json", [filing.filed.isoformat() for filing, _ in older]
            files = [{"name": name, "filingCount": len(older), "filingFrom": days[-1], "filingTo": days[0]}]
            yield f"submissions/{name}", compact(columns(cik, older))
        known = {"filings": {"recent": columns(cik, rows[:limit]), "files": files}}
        yield f"submissions/CIK{cik}.json", compact(company(cik, rows) | known)


def company(cik: str, rows: list[tuple[Filing, Fields]]) -> dict[str, Any]:
    filer = rows[0][1]
    industry, _, code = filer["STANDARD INDUSTRIAL CLASSIFICATION"].rpartition(" ")
    state, place = filer["STATE OF INCORPORATION"], filer["STATE"]
    address = {"street1": filer["STREET 1"], "street2": None, "city": filer["CITY"], "stateOrCountry": place}
    address |= {"zipCode": filer["ZIP"], "stateOrCountryDescription": place, "isForeignLocation": None}
    address |= {"foreignStateTerritory": None, "country": None, "countryCode": None}
    former = []
    if name := filer.get("FORMER CONFORMED NAME"):
        since, until = dashed(filer["DATE OF NAME CHANGE"]), rows[-1][0].filed.isoformat()
        former = [{"name": name, "from": f"{since}T00:00:00.000Z", "to": f"{until}T00:00:00.000Z"}]
    ticker: list[str] = SETTINGS["tickers"].get(cik, [])
    return {
        "cik": cik,
        "entityType": "operating",
        "sic": code[1:-1],
        "sicDescription": industry.title(),
        "ownerOrg": "",
        "insiderTransactionForOwnerExists": 0,
        "insiderTransactionForIssuerExists": 0,
        "name": filer["COMPANY CONFORMED NAME"],
        "tickers": ticker[:1],
        "exchanges": ticker[1:],
        "ein": filer["IRS NUMBER"],
        "lei": None,
        "description": "",
        "website": "",
        "investorWebsite": "",
        "category": "",
        "fiscalYearEnd": filer["FISCAL YEAR END"],
        "stateOfIncorporation": state,
        "stateOfIncorporationDescription": state,
        "addresses": {"mailing": address, "business": address},
        "phone": filer.get("BUSINESS PHONE", ""),
        "flags": "",
        "formerNames": former,
    }


def columns(cik: str, rows: list[tuple[Filing, Fields]]) -> dict[str, list[Any]]:
    """The parallel arrays of data.sec.gov, newest filing first."""
    table: dict[str, list[Any]] = {}
    for filing, filer in rows:
        main = filing.documents[0]
        inline = int("<ix:header>" in filing.source.read_text(encoding="utf-8"))
        eastern = datetime.strptime(filing.accepted, "%Y%m%d%H%M%S").replace(
            tzinfo=ZoneInfo("America/New_York")
        )
        accepted = eastern if cik in SETTINGS["submissions"]["eastern_marked_z"] else eastern.astimezone(UTC)
        row = {
            "accessionNumber": filing.accession,
            "filingDate": filing.filed.isoformat(),
            "reportDate": filing.period,
            "acceptanceDateTime": f"{accepted:%Y-%m-%dT%H:%M:%S}.000Z",
            "act": "34",
            "form": filing.form,
            "fileNumber": filer["SEC FILE NUMBER"],
            "filmNumber": filer.get("FILM NUMBER", ""),
            "items": ",".join(filing.items),
            "core_type": "XBRL" if inline else filing.form,
            "size": filing.source.stat().st_size,
            "isXBRL": inline,
            "isInlineXBRL": inline,
            "primaryDocument": main.name,
            "primaryDocDescription": main.description,
        }
        for name, value in row.items():
            table.setdefault(name, []).append(value)
    return table


def searches(filings: list[Filing]) -> Files:
    for month, group in groupby(filings, key=lambda filing: f"{filing.filed:%Y-%m}"):
        hits = [hit for filing in group for hit in search_hits(filing)]
        total = {"value": len(hits), "relation": "eq"}
        answer = {
            "took": 9,
            "timed_out": False,
            "_shards": {"total": 50, "successful": 50, "skipped": 0, "failed": 0},
            "hits": {"total": total, "max_score": 1.0, "hits": hits},
            "aggregations": {},
            "query": {"from": 0, "size": 100},
        }
        yield f"LATEST/search-index/{month}.json", json.dumps(answer, indent=1, ensure_ascii=False) + "\n"


def search_hits(filing: Filing) -> Iterator[dict[str, Any]]:
    filers, names = filing.filers, []
    for filer in filers:
        cik = filer["CENTRAL INDEX KEY"]
        ticker = "".join(f"({name})  " for name in SETTINGS["tickers"].get(cik, [])[:1])
        names.append(f"{filer['COMPANY CONFORMED NAME']}  {ticker}(CIK {cik})")
    for document in filing.documents:
        if document.type.startswith(NOT_SEARCHED):
            continue
        source = {
            "ciks": [filer["CENTRAL INDEX KEY"] for filer in filers],
            "period_ending": filing.period,
            "file_num": [filer["SEC FILE NUMBER"] for filer in filers],
            "display_names": names,
            "xsl": None,
            "sequence": document.sequence,
            "root_forms": ["8-K"],
            "file_date": filing.filed.isoformat(),
            "biz_states": [filer["STATE"] for filer in filers],
            "sics": [filer["STANDARD INDUSTRIAL CLASSIFICATION"][-5:-1] for filer in filers],
            "form": filing.form,
            "adsh": filing.accession,
            "film_num": [filer.get("FILM NUMBER", "") for filer in filers],
            "biz_locations": [f"{filer['CITY'].title()}, {filer['STATE']}" for filer in filers],
            "file_type": document.type,
            "file_description": document.description,
            "inc_states": [filer["STATE OF INCORPORATION"] for filer in filers],
            "items": filing.items,
        }
        name = f"{filing.accession}:{document.name or filing.accession + '.txt'}"
        yield {"_index": "edgar_file", "_id": name, "_score": 1.0, "_source": source}


def compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def is_copy(path: Path) -> bool:
    """A submission belongs to its first filer; under the others stands a copy."""
    first = re.search(r"CENTRAL INDEX KEY:\s*(\d{10})", path.read_text(encoding="utf-8"))
    return first is not None and int(first[1]) != int(path.parent.name)


def main(arguments: list[str]) -> int:
    filings = [read_filing(path) for path in DATA.glob("*/*.txt") if not is_copy(path)]
    filings.sort(key=lambda filing: (filing.filed, filing.accepted, filing.accession))
    wanted = dict(chain(beside(filings), indexes(filings), submissions(filings), searches(filings)))
    found = {path for folder in DERIVED for path in (HERE / folder).rglob("*") if path.is_file()}
    found |= {path for path in DATA.glob("*/*/*") if path.is_file()} | set(
        filter(is_copy, DATA.glob("*/*.txt"))
    )
    left_over = {path.relative_to(HERE).as_posix() for path in found} - wanted.keys()
    current = {HERE / path: content.encode() for path, content in wanted.items()}
    stale = {path for path, content in current.items() if path not in found or path.read_bytes() != content}
    if "--check" in arguments:
        for line in sorted([f"stale: {path.relative_to(HERE)}" for path in stale]):
            print(line)
        for line in sorted(left_over):
            print(f"left over: {line}")
        return int(bool(stale or left_over))
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(current[path])
    for name in left_over:
        (HERE / name).unlink()
    print(f"{len(wanted)} derived files: {len(stale)} written, {len(left_over)} removed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
