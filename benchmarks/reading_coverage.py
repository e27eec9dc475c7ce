"""Visible text, counted without the reading's own code: what of a main document its parts hold."""

import re
from collections import Counter
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from pipeline.edgar.submission import SubmittedDocument, parse_submission
from pipeline.reading.characters import clean, unescape_entities
from pipeline.reading.model import FilingReading

_INVISIBLE = "script, style, head, title, noscript, select, button, ix\\:header, ix\\:hidden, [hidden]"
_HIDDEN_STYLE = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
_TEXT_TAGS = re.compile(r"</?(?:PAGE|TABLE|CAPTION|S|C|FN)>", re.IGNORECASE)
_NO_LETTER = re.compile(r"[\W_]")


@dataclass
class Coverage:
    """Letters and digits of main documents."""

    visible: int = 0
    left_out: int = 0
    """In the document, and in no part: page numbers, running heads, links back to the contents."""
    doubled: int = 0
    """In the parts more often than in the document."""

    def add(self, data: bytes, reading: FilingReading) -> None:
        """Count one filing."""
        main = main_document(data)
        if main is None:
            return
        visible = Counter(_NO_LETTER.sub("", clean(visible_text(main))))
        held = Counter(_NO_LETTER.sub("", clean("".join(part.text for part in reading.parts))))
        self.visible += visible.total()
        self.left_out += (visible - held).total()
        self.doubled += (held - visible).total()


def main_document(data: bytes) -> SubmittedDocument | None:
    """The filing's form, where it has one with text."""
    documents = parse_submission(data).documents
    return next((each for each in documents if each.type.upper().startswith("8-K") and each.content), None)


def visible_text(document: SubmittedDocument) -> str:
    """The text that a browser shows of a document, or all of a plain one but its tags."""
    if not document.is_html:
        return _TEXT_TAGS.sub(" ", unescape_entities(document.content))
    tree = LexborHTMLParser(document.content)
    for node in tree.css(_INVISIBLE):
        node.decompose()
    for node in tree.css("[style]"):
        if _HIDDEN_STYLE.search(node.attributes.get("style") or ""):
            node.decompose()
    return tree.root.text(separator=" ") if tree.root else ""
