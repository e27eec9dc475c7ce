"""A section as passages: sentences with what leads into them, and tables with what stands above them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.figures.sentences import sentence_spans
from pipeline.reading.model import Block, Grid, Section

Span = tuple[int, int]

_INTRODUCES = re.compile(
    r":\s*$|\b(?:as follows|the following|set forth below|summari[sz]ed below|table below)\b", re.IGNORECASE
)
_NOTE_MARK = re.compile(r"(?:\((?:\d{1,2}|[a-z])\)|\*{1,3}|†|‡)\s+(?=[A-Z])|(?<=\n)\d{1,2}\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, or a list entry's or heading's text. Spans are the section's."""

    section: Section
    index: int
    """Position among the section's passages."""
    start: int
    end: int
    block: Block
    lead_in: Span | None
    """The sentence that introduces the list it stands in."""
    heading: Span | None
    """The nearest heading above it, other than the item's own."""

    @property
    def text(self) -> str:
        return self.section.text[self.start : self.end]

    @property
    def lead_in_text(self) -> str:
        return self.section.text[slice(*self.lead_in)] if self.lead_in else ""

    @property
    def text_before(self) -> str:
        """The sentences of its block before it."""
        return self.section.text[self.block.start : self.start]

    @property
    def heading_text(self) -> str:
        return self.section.text[slice(*self.heading)] if self.heading else ""


@dataclass(frozen=True, slots=True)
class TablePassage:
    """A data table and the words above it that its cells need."""

    section: Section
    index: int
    """The index of the passage that follows it."""
    grid: Grid
    block: Block
    lead_ins: tuple[Span, ...]
    """The introducing sentence and a unit line between it and the table."""
    notes: dict[str, Span]
    """Footnotes below the table, by their mark: "1", "a", "*"."""

    @property
    def lead_in_text(self) -> str:
        return "\n".join(self.section.text[slice(*span)] for span in self.lead_ins)


def _footnotes(text: str, block: Block) -> Iterator[tuple[str, Span]]:
    """The marked notes of a paragraph: "(1) Represents cash. (2) Represents non-cash charges."."""
    marks = list(_NOTE_MARK.finditer(text, block.start, block.end))
    if not marks or marks[0].start() != block.start:
        return
    ends = [*(mark.start() for mark in marks[1:]), block.end]
    for mark, end in zip(marks, ends, strict=True):
        yield note_mark(mark.group()), (mark.end(), end)


def note_mark(words: str) -> str:
    """The mark without its brackets and blanks."""
    return words.strip(" ()")


def passages_of(section: Section) -> tuple[list[Passage], list[TablePassage]]:
    """The section's sentences and tables in reading order; the item's own heading is no passage."""
    passages: list[Passage] = []
    tables: list[TablePassage] = []
    heading: Span | None = None
    introducing: Span | None = None
    notes: dict[str, Span] | None = None
    """Those of the table right above."""
    last_sentences: list[Span] = []
    for number, block in enumerate(section.blocks):
        if number == 0 and block.kind == "heading" and section.item:
            continue
        if block.kind == "table" and block.grid is not None:
            lead_ins = tuple(last_sentences[-2:])
            notes = {}
            tables.append(TablePassage(section, len(passages), block.grid, block, lead_ins, notes))
            continue
        found = dict(_footnotes(section.text, block)) if notes is not None else {}
        if notes is not None and found:
            notes.update(found)
        else:
            notes = None
        if block.kind == "heading":
            heading = (block.start, block.end)
        sentences = sentence_spans(section.text, block.start, block.end)
        for start, end in sentences:
            lead_in = introducing if block.kind == "list_entry" else None
            passages.append(Passage(section, len(passages), start, end, block, lead_in, heading))
        if block.kind != "list_entry" and sentences:
            start, end = sentences[-1]
            introduces = bool(_INTRODUCES.search(section.text, start, end))
            introducing = (start, end) if introduces else None
            last_sentences = (
                [*last_sentences, (start, end)] if introduces or len(sentences) == 1 else [(start, end)]
            )
    return passages, tables
