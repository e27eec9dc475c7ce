"""How long other readers take for the same documents; run by the Python of `benchmarks/peers/.venv`.

Takes filings on standard input, as a JSON list of lists of `[is_html, content]`; writes a JSON object of
milliseconds a filing and of documents that failed, by reader.
"""

import contextlib
import io
import json
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

from datamule.mapping_dicts.html_mapping_dicts import dict_8k_html  # type: ignore[import-not-found]
from doc2dict import html2dict, txt2dict  # type: ignore[import-not-found]
from edgar.documents import parse_html  # type: ignore[import-not-found]


def edgartools(is_html: bool, content: str) -> None:
    """Items and tables; its parser is for HTML, so plain text is left out and costs nothing."""
    if is_html:
        document = parse_html(content)
        _ = document.sections, document.tables


def doc2dict_with_datamule(is_html: bool, content: str) -> None:
    """The nested dictionary of the document, with datamule's rules for Form 8-K."""
    if is_html:
        html2dict(content=content, mapping_dict=dict_8k_html)
    else:
        txt2dict(content=content.encode(), mapping_dict=dict_8k_html)


def measure(read: Callable[[bool, str], None], filings: list[list[tuple[bool, str]]]) -> dict[str, Any]:
    """Milliseconds a filing, the lesser of two rounds for each."""
    total = 0.0
    failed = 0
    for documents in filings:
        rounds = []
        for number in range(2):
            begun = time.perf_counter()
            for is_html, content in documents:
                try:
                    read(is_html, content)
                except Exception:
                    failed += number == 0
            rounds.append(time.perf_counter() - begun)
        total += min(rounds)
    return {"milliseconds": 1000 * total / len(filings), "failed": failed}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    given = json.load(sys.stdin)
    with contextlib.redirect_stdout(io.StringIO()):
        figures = {
            "edgartools": measure(edgartools, given),
            "doc2dict with datamule": measure(doc2dict_with_datamule, given),
        }
    json.dump(figures, sys.stdout)
