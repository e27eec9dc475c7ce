"""A submission's bytes to its header and documents; also a bare HTML document or plain text.

Source: EDGAR's public dissemination specification. The framing differs over the years (`<SEC-DOCUMENT>`,
`<IMS-DOCUMENT>`, PEM, `.nc`), so documents are found by their own tags alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.edgar.decoding import decode
from pipeline.edgar.header import Header, parse_header
from pipeline.edgar.unreadable import refuse_unreadable

MOST_BYTES = 500 * 1024 * 1024
"""More than EDGAR takes for a Form 8-K; what is larger is something else."""
_DOCUMENT = b"<DOCUMENT>"
_CLOSING_TAGS = (
    b"</SEC-DOCUMENT>",
    b"</SUBMISSION>",
    b"</IMS-DOCUMENT>",
    b"-----END PRIVACY-ENHANCED MESSAGE",
)
_FIELD = re.compile(r"<(TYPE|SEQUENCE|FILENAME|DESCRIPTION)>([^<\r\n]*)")
_HEADER_FORM = re.compile(
    rb"<(?:SEC|IMS)-HEADER>|<SUBMISSION>|<ACCESSION-NUMBER>|^ACCESSION NUMBER:", re.MULTILINE
)
_WRAPPER = re.compile(r"\s*(?:<(XBRL|XML|PDF)>)?\s*", re.IGNORECASE)
_CLOSING_WRAPPER = re.compile(r"</(?:XBRL|XML|PDF)>\s*\Z", re.IGNORECASE)
_UUENCODED = re.compile(r"\s*begin [0-7]{3,4} \S")
_BASE64 = re.compile(r"\s*(?:[A-Za-z0-9+/]{60,80}\r?\n){3}")
_UNREAD_TYPES = re.compile(
    r"GRAPHIC|ZIP|EXCEL|PDF|JSON|XML|EX-101|COVER|CORRESP|EX-\d+\.[A-Z]*PDF", re.IGNORECASE
)
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|p|br|font|span|tr|td|center|h[1-6]|ix:[a-z]+)[\s/>]",
    re.IGNORECASE,
)
_HTML_SEARCHED = 20_000


@dataclass(frozen=True, slots=True)
class SubmittedDocument:
    """One `<DOCUMENT>`: a form, an exhibit, or a part that holds no text."""

    type: str
    """`<TYPE>`, such as 8-K, 8-K/A or EX-99.1."""
    sequence: int
    filename: str | None
    description: str | None
    content: str
    """What stands in `<TEXT>`, wrappers stripped; empty for graphics, PDF, XBRL and other encoded parts."""
    is_html: bool


@dataclass(frozen=True, slots=True)
class Submission:
    header: Header
    documents: tuple[SubmittedDocument, ...]
    notes: tuple[str, ...] = ()
    is_bare: bool = False
    """True for a document or text without a submission's header."""


def parse_submission(data: bytes) -> Submission:
    """Take a submission apart, or a bare HTML or text document as a submission of one document.

    Nothing inside a document makes it fail; what is cut off is read as far as it goes, with a note.

    Raises:
        UnreadableSubmissionError: there is nothing to read: empty, binary, an error page of EDGAR.
    """
    refuse_unreadable(data)
    start = data.find(_DOCUMENT)
    if start < 0:
        return _bare(data)
    notes: list[str] = []
    header = _header(data[:start])
    dash_escaped = data.lstrip()[:8] == b"-----BEG"
    documents = tuple(
        _document(part, ordinal, dash_escaped, notes) for ordinal, part in enumerate(_parts(data, start), 1)
    )
    if header and not any(tag in data[-400:] for tag in _CLOSING_TAGS):
        notes.append("The submission's closing tag is missing: it may be cut off.")
    return Submission(header or Header(), documents, tuple(notes), is_bare=header is None)


def submitted_form(data: bytes) -> str | None:
    """The form that a submission's header names, without a look at its documents.

    Args:
        data: the submission, or as much of its beginning as is at hand.

    Returns:
        None where there is no header, it names no form, or it does not end within `data`.
    """
    start = data.find(_DOCUMENT)
    header = _header(data[:start]) if start >= 0 else None
    return header.form_type if header else None


def _header(head: bytes) -> Header | None:
    """The header that stands before the first document; None where what stands there is none."""
    return parse_header(_unix_lines(decode(head))) if _HEADER_FORM.search(head) else None


def _bare(data: bytes) -> Submission:
    text = _unix_lines(decode(data))
    if _HEADER_FORM.search(data[:20_000]) and data.lstrip()[:1] in (b"<", b"-"):
        notes = ("The submission ends within its header: there is no document in it.",)
        return Submission(parse_header(text), (), notes)
    document = SubmittedDocument("8-K", 1, None, None, text, is_html=_is_html(text))
    return Submission(Header(), (document,), is_bare=True)


def _parts(data: bytes, start: int) -> Iterator[bytes]:
    """The stretches from one `<DOCUMENT>` to the next, one at a time: a submission can be large."""
    starts = [start]
    while (start := data.find(_DOCUMENT, start + len(_DOCUMENT))) >= 0:
        if data.find(b"<TYPE>", start, start + 200) >= 0:
            starts.append(start)
    return (data[begin:end] for begin, end in zip(starts, [*starts[1:], len(data)], strict=True))


def _document(part: bytes, ordinal: int, dash_escaped: bool, notes: list[str]) -> SubmittedDocument:
    text_at = part.find(b"<TEXT>")
    head = part[: text_at if text_at >= 0 else min(len(part), 2_000)]
    fields: dict[str, str] = {}
    for name, value in _FIELD.findall(decode(head)):
        fields.setdefault(name, value.strip())
    kind = fields.get("TYPE") or "8-K"
    content = ""
    if text_at >= 0 and not _UNREAD_TYPES.match(kind):
        end = part.rfind(b"</TEXT>")
        if end < text_at:
            end = part.rfind(b"</DOCUMENT>")
        if end < text_at:
            notes.append(f"Document {ordinal} ({kind}) has no closing tag: it may be cut off.")
            end = len(part)
        content = _content(part[text_at + len(b"<TEXT>") : end], dash_escaped)
    sequence = fields.get("SEQUENCE", "")
    return SubmittedDocument(
        type=kind,
        sequence=int(sequence) if sequence.isdigit() and len(sequence) < 6 and int(sequence) else ordinal,
        filename=fields.get("FILENAME") or None,
        description=fields.get("DESCRIPTION") or None,
        content=content,
        is_html=_is_html(content),
    )


def _content(raw: bytes, dash_escaped: bool) -> str:
    opening = decode(raw[:400])
    wrapper = _WRAPPER.match(opening)
    inside = opening[wrapper.end() :] if wrapper else opening
    if (wrapper and wrapper.group(1) == "PDF") or _UUENCODED.match(inside) or _BASE64.match(inside):
        return ""
    text = _unix_lines(decode(raw))
    if wrapper and wrapper.group(1):
        text = _CLOSING_WRAPPER.sub("", text[text.index(">") + 1 :])
    if dash_escaped and text.find("\n- -") >= 0:
        text = text.replace("\n- -", "\n-")
    return text


def _unix_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _is_html(text: str) -> bool:
    return _HTML.search(text[:_HTML_SEARCHED]) is not None
