"""A filing's bytes to its reading: header, sections, notes."""

import datetime as dt
import re
from calendar import month_name
from dataclasses import replace

from pipeline.edgar.header import Header
from pipeline.edgar.items import EXIT_ITEM, OLD_ITEM_TITLES, OLD_NUMBERING_ENDS, header_item
from pipeline.edgar.submission import Submission, SubmittedDocument, parse_submission
from pipeline.errors import UnreadableSubmissionError
from pipeline.reading.document import document_drafts
from pipeline.reading.drafts import Draft, assemble
from pipeline.reading.model import FilingReading, MainPart, Section
from pipeline.reading.references import find_references, resolve
from pipeline.reading.sections import Part, split_parts

_MOST_READ = 15_000_000
"""Characters of source that are read of a filing, its main document first: bounds time and memory."""
_LARGEST_OTHER_EXHIBIT = 200_000
"""Characters of source. What an item points to stands in EX-99; of other exhibits the small ones are read."""
_EXHIBITS_ITEMS = frozenset({"9.01", "7"})
_FORM = re.compile(r"\b8-k\s?(/a\b)?", re.IGNORECASE)
_MONTHS = [name.lower() for name in month_name if name]
_DATE = re.compile(rf"\b({'|'.join(_MONTHS)})\s+(\d{{1,2}}),?\s+((?:19|20)\d\d)", re.IGNORECASE)
_EVENT_DATE = re.compile(r"date of (?:earliest|report)|earliest event|event of", re.IGNORECASE)
_COVER_SEARCHED = 40
_LONGEST_COVER_LINE = 200


def read_filing(data: bytes) -> FilingReading:
    """Read a submission, a bare `.htm` document or plain text into sections.

    Raises:
        UnreadableSubmissionError: the bytes hold no filing.
    """
    submission = parse_submission(data)
    notes = list(submission.notes)
    main = _main_document(submission)
    sections: list[Section] = []
    body_items: tuple[str, ...] = ()
    main_parts: tuple[MainPart, ...] = ()
    headless = False
    header = submission.header
    if main is None:
        notes.append("There is no Form 8-K among the submission's documents.")
    else:
        drafts = _drafts(main, _MOST_READ, notes)
        if submission.is_bare and not drafts:
            raise UnreadableSubmissionError(
                "There is no text in this document; give the filing's main document."
            )
        if submission.is_bare:
            header = _header_from_cover(drafts, main)
        parts = split_parts(drafts, _old_numbering(header))
        body_items = tuple(dict.fromkeys(item for part in parts for item in part.items))
        if not body_items and (submission.is_bare or EXIT_ITEM in header.items):
            headless = True
            for part in parts:
                if part.kind == "body":
                    part.kind, part.items = "item", (EXIT_ITEM,)
            notes.append(f"There is no item heading; the text is read as Item {EXIT_ITEM}.")
        sections = _main_sections(parts, drafts, main, header.form_type or main.type)
        main_parts = tuple(
            MainPart(part.kind, part.items, "\n".join(draft.text for draft in drafts[part.first : part.last]))
            for part in parts
        )
    left = _MOST_READ - (len(main.content) if main else 0)
    for document in submission.documents:
        if document is not main and is_read(document):
            sections.append(_exhibit_section(document, left, notes))
            left -= len(document.content)
    exhibits = _exhibits(submission, main, sections)
    notes.extend(_disagreements(header, body_items, headless))
    return FilingReading(
        header=header,
        primary_document=main.filename if main else None,
        sections=_with_references(sections, exhibits),
        body_items=body_items,
        headless=headless,
        notes=tuple(notes),
        exhibits=exhibits,
        parts=main_parts,
    )


def _main_document(submission: Submission) -> SubmittedDocument | None:
    forms = [document for document in submission.documents if document.type.upper().startswith("8-K")]
    return next((document for document in forms if document.content), forms[0] if forms else None)


def is_read(document: SubmittedDocument) -> bool:
    """Whether a document beside the form is an exhibit that becomes a section."""
    kind = document.type.upper()
    if not document.content or not kind.startswith("EX-"):
        return False
    return kind.startswith("EX-99") or len(document.content) <= _LARGEST_OTHER_EXHIBIT


def _drafts(document: SubmittedDocument, most: int, notes: list[str]) -> list[Draft]:
    """The document's blocks, those of its first `most` characters."""
    content = document.content
    if len(content) > most:
        most = max(0, most)
        notes.append(f"Of {document.type}, {most:,} of {len(content):,} characters are read.")
        content = content[:most]
    return document_drafts(content, document.is_html)


def _old_numbering(header: Header) -> bool | None:
    """Items 1 to 12 or 1.01 to 9.01; None where the dates do not say, or around the day of the change."""
    if header.filed_date is not None and header.filed_date != OLD_NUMBERING_ENDS:
        return header.filed_date < OLD_NUMBERING_ENDS
    if header.filed_date is None and header.report_date is not None:
        if header.report_date >= OLD_NUMBERING_ENDS:
            return False
        return True if (OLD_NUMBERING_ENDS - header.report_date).days > 30 else None
    return None


def _header_from_cover(drafts: list[Draft], main: SubmittedDocument) -> Header:
    """What the cover of a bare document says: form type and date of the event."""
    form_type: str | None = main.type if main.filename else None
    report_date: dt.date | None = None
    for at, draft in enumerate(drafts[:_COVER_SEARCHED]):
        if len(draft.text) > _LONGEST_COVER_LINE:
            break
        if form_type is None and (form := _FORM.search(draft.text)):
            form_type = "8-K/A" if form.group(1) else "8-K"
        if report_date is None and _EVENT_DATE.search(draft.text):
            near = " ".join(other.text for other in drafts[at : at + 2])
            report_date = _first_date(near) or (_first_date(drafts[at - 1].text) if at else None)
    return Header(form_type=form_type, report_date=report_date)


def _first_date(text: str) -> dt.date | None:
    found = _DATE.search(text)
    if found is None:
        return None
    try:
        return dt.date(int(found.group(3)), _MONTHS.index(found.group(1).lower()) + 1, int(found.group(2)))
    except ValueError:
        return None


def _main_sections(
    parts: list[Part], drafts: list[Draft], main: SubmittedDocument, form_type: str
) -> list[Section]:
    sections: list[Section] = []
    for position, part in enumerate(parts):
        kind = part.exhibit_type or form_type
        if part.kind == "item":
            own = drafts[part.heading_first : part.last]
            if part.body_first >= part.last:
                own = own + _shared_body(parts, position, drafts)
            for number in part.items:
                sections.append(_section(own, number, part.title, main, kind, len(sections) + 1))
        elif part.kind in ("explanatory_note", "exhibit"):
            own = drafts[part.first : part.last]
            sections.append(_section(own, None, part.title, main, kind, len(sections) + 1))
    return sections


def _shared_body(parts: list[Part], position: int, drafts: list[Draft]) -> list[Draft]:
    """Headings in a row share the text that follows the last of them, the exhibit list aside."""
    for part in parts[position + 1 :]:
        if part.kind != "item" or _EXHIBITS_ITEMS.intersection(part.items):
            return []
        if part.body_first < part.last:
            return drafts[part.body_first : part.last]
    return []


def _section(
    drafts: list[Draft], item: str | None, title: str, document: SubmittedDocument, kind: str, ordinal: int
) -> Section:
    text = assemble(drafts)
    return Section(
        item=item,
        title=title,
        document_sequence=document.sequence,
        section_ordinal=ordinal,
        document_type=kind,
        document_name=document.filename,
        text=text.text,
        blocks=text.blocks,
    )


def _exhibit_section(document: SubmittedDocument, most: int, notes: list[str]) -> Section:
    drafts = _drafts(document, most, notes)
    return _section(drafts, None, document.description or document.type, document, document.type, 1)


def _exhibits(
    submission: Submission, main: SubmittedDocument | None, sections: list[Section]
) -> dict[str, int]:
    """Exhibit types to document sequences; the first of a type counts."""
    found: dict[str, int] = {}
    for document in submission.documents:
        if document is not main and document.type.upper().startswith("EX-"):
            found.setdefault(document.type.upper(), document.sequence)
    for section in sections:
        if section.item is None and section.document_type.startswith("EX-"):
            found.setdefault(section.document_type, section.document_sequence)
    return found


def _with_references(sections: list[Section], exhibits: dict[str, int]) -> tuple[Section, ...]:
    items = [section.item for section in sections if section.item]
    pointed: dict[int, dict[str, None]] = {}
    received: dict[str, dict[str, None]] = {}
    for at, section in enumerate(sections):
        if section.item is None or section.item in _EXHIBITS_ITEMS:
            continue
        same = [other.item for other in sections if other.item and other.text == section.text]
        targets, receivers = find_references(section.text, same)
        pointed[at] = dict.fromkeys(resolve(targets, items, exhibits))
        for receiver in receivers:
            received.setdefault(receiver, {})[section.item] = None
    return tuple(
        replace(section, incorporates=tuple({**pointed.get(at, {}), **received.get(section.item or "", {})}))
        for at, section in enumerate(sections)
    )


def _disagreements(header: Header, body_items: tuple[str, ...], headless: bool) -> list[str]:
    notes = [f"The header names an item in unknown words: {wording!r}." for wording in header.unknown_items]
    if not header.items or headless:
        return notes
    missing = [item for item in header.items if item not in body_items]
    extra = [item for item in body_items if item not in header.items]
    if header.filed_date == OLD_NUMBERING_ENDS:  # both numberings: the header's words mean Item 5 or 8.01
        renumbered = {item: header_item(OLD_ITEM_TITLES[item]) for item in extra if item in OLD_ITEM_TITLES}
        missing = [item for item in missing if item not in renumbered.values()]
        extra = [item for item in extra if renumbered.get(item) not in header.items]
    if missing:
        notes.append(f"The header names {_items(missing)}, but the document has no such heading.")
    if extra:
        notes.append(f"The document has {_items(extra)}, which the header does not name.")
    return notes


def _items(numbers: list[str]) -> str:
    return ("Item " if len(numbers) == 1 else "Items ") + ", ".join(numbers)
