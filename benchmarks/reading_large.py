"""A synthetic filing of 50 MB: a form, then exhibits of tables, of running text, of encoded data.

Run by itself (`python -m benchmarks.reading_large`), so that its peak of memory is its own.
"""

import json
import resource
import sys
import time

from pipeline.reading.filing import read_filing

_ROW = (
    b"<p>The Company expects charges of $5.0 million for the plan in 2010.</p><table><tr><td>Severance</td>"
    b"<td>$</td><td>5.0</td></tr><tr><td>Leases</td><td>$</td><td>6</td></tr></table>\n"
)
_LINE = b"The Company expects that charges of about $5.0 million will be recorded in the year.\n"
_FORM = (
    b"<html><p><b>Item 2.05 Costs Associated with Exit or Disposal Activities.</b></p>"
    b"<p>The charges are set forth in Exhibit 99.1, incorporated by reference.</p></html>"
)


def large_filing() -> bytes:
    """The filing's bytes."""
    exhibits = [
        (b"EX-99.1", b"<html>" + _ROW * (12_000_000 // len(_ROW)) + b"</html>"),
        (b"EX-99.2", _LINE * (12_000_000 // len(_LINE))),
        (b"EX-10.1", b"<html>" + _ROW * (12_000_000 // len(_ROW)) + b"</html>"),
        (b"GRAPHIC", b"begin 644 a.jpg\n" + (b"M" + b"A" * 60 + b"\n") * (14_000_000 // 62)),
    ]
    return (
        b"<SEC-DOCUMENT>0009990001-10-000001.txt : 20100506\n<SEC-HEADER>\n"
        b"ACCESSION NUMBER: 0009990001-10-000001\n</SEC-HEADER>\n"
        + b"".join(
            b"<DOCUMENT>\n<TYPE>%b\n<TEXT>\n%b\n</TEXT>\n</DOCUMENT>\n" % document
            for document in [(b"8-K", _FORM), *exhibits]
        )
        + b"</SEC-DOCUMENT>\n"
    )


if __name__ == "__main__":
    data = large_filing()
    begun = time.perf_counter()
    reading = read_filing(data)
    figures = {
        "megabytes": len(data) / 1e6,
        "seconds": time.perf_counter() - begun,
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
        "notes": reading.notes,
    }
    json.dump(figures, sys.stdout)
