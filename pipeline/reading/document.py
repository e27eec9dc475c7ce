"""A document's content to its text, blocks and tables."""

import re

from pipeline.reading.drafts import Draft, assemble
from pipeline.reading.furniture import without_furniture
from pipeline.reading.html import read_html
from pipeline.reading.model import DocumentText
from pipeline.reading.plain import read_plain

_RULE = re.compile(r"[-=_*~\s–—]{3,}|\s*")


def read_document(content: str, is_html: bool) -> DocumentText:
    """Normalise a document: HTML of any era, or plain text, hard-wrapped or not."""
    return assemble(document_drafts(content, is_html))


def document_drafts(content: str, is_html: bool) -> list[Draft]:
    """The document's blocks before they are put together."""
    drafts = read_html(content) if is_html else read_plain(content)
    return without_furniture([draft for draft in drafts if not _RULE.fullmatch(draft.text)])
