"""Small filings for the tests of reading."""

COVER = """UNITED STATES
SECURITIES AND EXCHANGE COMMISSION
Washington, D.C. 20549

FORM 8-K

Date of Report (Date of earliest event reported): May 3, 2010

INVENTED WIDGETS, INC.
(Exact name of registrant as specified in its charter)

(Former name or former address, if changed since last report)
"""
SIGNATURE = """
SIGNATURES

Pursuant to the requirements of the Securities Exchange Act of 1934, the registrant has duly caused this
report to be signed on its behalf by the undersigned hereunto duly authorized.

INVENTED WIDGETS, INC.

By: /s/ Pat Sample
Pat Sample
Chief Financial Officer
"""
BODY = (
    "On May 3, 2010, Invented Widgets, Inc. committed to close its Testville plant at a cost of $4 million."
)
OTHER = "On May 4, 2010, the Company also announced its annual meeting, to be held in Testville."


def plain(*parts: str) -> bytes:
    """A bare plain-text filing: cover, the parts as paragraphs, signature."""
    return "\n\n".join((COVER, *parts, SIGNATURE)).encode()


def html(*parts: str) -> bytes:
    """A bare HTML filing whose body holds the parts between cover and signature."""
    cover = "".join(f"<p>{line}</p>" for line in COVER.splitlines() if line)
    signature = "".join(f"<p>{line}</p>" for line in SIGNATURE.split("\n\n"))
    return f"<html><body>{cover}{''.join(parts)}{signature}</body></html>".encode()


def submission(*documents: str, items: tuple[str, ...] = (), header: str = "", closing: bool = True) -> bytes:
    """A submission in EDGAR's `.txt` form around `<DOCUMENT>` blocks."""
    item_lines = "".join(f"ITEM INFORMATION:\t\t{item}\n" for item in items)
    return (
        "<SEC-DOCUMENT>0009990001-10-000001.txt : 20100506\n"
        "<SEC-HEADER>0009990001-10-000001.hdr.sgml : 20100506\n"
        "<ACCEPTANCE-DATETIME>20100506161429\n"
        "ACCESSION NUMBER:\t\t0009990001-10-000001\nCONFORMED SUBMISSION TYPE:\t8-K\n"
        f"CONFORMED PERIOD OF REPORT:\t20100503\n{item_lines}FILED AS OF DATE:\t\t20100506\n\n"
        "FILER:\n\n\tCOMPANY DATA:\t\n\t\tCOMPANY CONFORMED NAME:\t\t\tINVENTED WIDGETS INC\n"
        "\t\tCENTRAL INDEX KEY:\t\t\t0009990001\n"
        "\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tWIDGETS [3999]\n"
        "\t\tSTATE OF INCORPORATION:\t\t\tDE\n\t\tFISCAL YEAR END:\t\t\t1231\n\n"
        f"\tFILING VALUES:\n\t\tFORM TYPE:\t\t8-K\n\t\tSEC FILE NUMBER:\t001-99999\n{header}</SEC-HEADER>\n"
        + "".join(documents)
        + ("</SEC-DOCUMENT>\n" if closing else "")
    ).encode()


def document(kind: str, text: str, sequence: int = 1, filename: str | None = "form8k.htm") -> str:
    """A `<DOCUMENT>` block."""
    name = f"<FILENAME>{filename}\n" if filename else ""
    return f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>{sequence}\n{name}<TEXT>\n{text}\n</TEXT>\n</DOCUMENT>\n"
