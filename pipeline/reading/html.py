"""HTML of any era to drafts: one pass over the tags of the parsed tree.

The parser repairs the markup; its tree is written out again, with every end tag in place, and read as a
sequence of tags and texts. That is several times as fast as going from node to node.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from pipeline.reading.characters import GLYPHS, MARKER, clean
from pipeline.reading.drafts import Draft
from pipeline.reading.html_nesting import bounded_nesting
from pipeline.reading.html_tables import HtmlCell, HtmlTable, table_drafts
from pipeline.reading.html_tags import LONGEST_KNOWN, TITLES, Tag, known_tag, read_tag, unescaped
from pipeline.reading.plain import read_plain
from pipeline.reading.split_tables import join_split_tables

_DEEPEST_TABLE = 12
_NOTE_MARK = re.compile(r"\(?(?:\d{1,2}|[a-z])\)?(?:\s?,\s?\(?(?:\d{1,2}|[a-z])\)?){0,4}|\*{1,3}|[†‡]")
_LONGEST_HEADING = 300
_WRAPPED_LINE = 55


def read_html(source: str) -> list[Draft]:
    """The visible text of an HTML document in reading order."""
    markup = LexborHTMLParser(bounded_nesting(source)).html or ""
    return join_split_tables(_Walk(markup.replace("&nbsp;", " ").split("<")).read())


class _Walk:
    """The state of the pass: the block under way, and the tables that are open around it."""

    def __init__(self, chunks: list[str]) -> None:
        self._chunks = chunks  # each a tag, ">" and the text behind it
        self._drafts: list[Draft] = []
        self._tables: list[HtmlTable] = []
        self._outputs: list[list[Draft]] = []
        self._lines: list[tuple[str, bool]] = []  # of the block under way, those that a <br> ended
        self._parts: list[str] = []  # of the line under way
        self._letters = 0
        self._emphasised = 0
        self._raised_from = 0  # the part with which the raised text under way begins
        self._emphasis = False
        self._in_title = False
        self._in_entry = False
        self._page_break = False

    def read(self) -> list[Draft]:
        chunks = iter(self._chunks)
        next(chunks)
        # Of each open element: what to do when it ends, and the emphasis around it.
        open_elements: list[tuple[str, bool]] = []
        for chunk in chunks:
            inside, _, text = chunk.partition(">")
            if inside[:1] == "/":
                if open_elements:
                    ending, self._emphasis = open_elements.pop()
                    if ending:
                        self._leave(ending)
            else:
                tag = known_tag(inside) if len(inside) <= LONGEST_KNOWN else read_tag(inside)
                if tag.is_layout_only:
                    open_elements.append((self._start_block(tag), self._emphasis))
                elif tag.is_passed_over:
                    text = self._pass_over(chunk, chunks, tag)
                else:
                    around = self._emphasis
                    ending = self._enter(tag) if tag.says_something else ""
                    if not tag.is_void:
                        open_elements.append((ending, around))
            if text:
                if not text.isspace():
                    self._text(text)
                elif self._parts:
                    self._parts.append(" ")
        if self._parts or self._lines:
            self._flush()
        while self._tables:
            self._end_table()
        return self._drafts

    def _text(self, text: str) -> None:
        if "&" in text:
            text = unescaped(text)
        self._parts.append(text)
        self._letters += len(text)
        if self._emphasis:
            self._emphasised += len(text)

    def _pass_over(self, chunk: str, chunks: Iterator[str], tag: Tag) -> str:
        """Take an element that holds no markup for the walk, to its end; returns the text behind it."""
        if tag.kind == "comment":
            while "-->" not in chunk:
                chunk = next(chunks, "-->")
            return chunk.partition("-->")[2]
        closing, opening = f"/{tag.name}>", (f"{tag.name} ", f"{tag.name}>")
        taken = [chunk]
        depth = 1
        behind = ""
        for chunk in chunks:
            if chunk.startswith(closing):
                depth -= 1
                if not depth:
                    behind = chunk.partition(">")[2]
                    break
            elif not tag.is_raw and chunk.startswith(opening):
                depth += 1
            taken.append(chunk)
        if tag.kind == "pre":
            self._flush()
            for draft in read_plain(_preformatted(taken)):
                self._emit(draft)
        elif tag.kind == "raw":
            self._text("<".join(taken).partition(">")[2])
        return behind

    def _enter(self, tag: Tag) -> str:
        """Start an element; returns what its end means."""
        if tag.emphasis is not None:
            self._emphasis = tag.emphasis
        if tag.page_break:
            if tag.kind != "hr" and tag.page_break == "after":
                return "page " + self._start_block(tag)
            self._break_page()
        if tag.kind == "emphasis":
            self._emphasis = True
        elif tag.is_raised:
            self._raised_from = len(self._parts)
            return "raised"
        elif tag.kind == "br":
            self._end_line()
        elif tag.kind == "hr":
            self._flush()
        else:
            return self._start_block(tag)
        return ""

    def _start_block(self, tag: Tag) -> str:
        if tag.kind == "inline" or tag.kind == "emphasis":
            return ""
        if self._parts or self._lines:
            self._flush()
        if tag.name == "page":
            self._break_page()
        if tag.kind == "block":
            self._in_title = tag.name in TITLES
            self._in_entry = tag.name == "li"
            if self._in_title:
                self._emphasis = True
        elif tag.kind == "table":
            if len(self._tables) >= _DEEPEST_TABLE:
                return "block"
            self._tables.append(HtmlTable())
            self._outputs.append([])
        elif self._tables:
            if tag.kind == "row":
                self._tables[-1].start_row()
            elif tag.kind == "cell":
                self._outputs[-1] = []
                self._tables[-1].start_cell(
                    HtmlCell(tag.columns, tag.rows, is_header=tag.name == "th", drafts=self._outputs[-1])
                )
        return tag.kind

    def _leave(self, ending: str) -> None:
        if ending == "raised":
            if len(self._parts) == self._raised_from + 1 and _NOTE_MARK.fullmatch(self._parts[-1].strip()):
                self._parts[-1] = f" {self._parts[-1]}"  # a raised "1" behind "8,940" is no digit of it
            return
        if self._parts or self._lines:
            self._flush()
        if ending.startswith("page "):
            self._break_page()
            ending = ending[5:]
        if ending == "block":
            self._in_title = self._in_entry = False
        elif ending == "cell":
            if self._tables:
                self._outputs[-1] = []
        elif ending == "table":
            self._end_table()

    def _end_table(self) -> None:
        table = self._tables.pop()
        self._outputs.pop()
        for draft in table_drafts(table):
            self._emit(draft)

    def _break_page(self) -> None:
        self._flush()
        self._page_break = True

    def _emit(self, draft: Draft) -> None:
        if self._page_break:
            draft.page_break_before, self._page_break = True, False
        (self._outputs[-1] if self._outputs else self._drafts).append(draft)

    def _end_line(self) -> None:
        text = clean(self._parts[0] if len(self._parts) == 1 else "".join(self._parts)) if self._parts else ""
        self._lines.append((text, self._emphasised * 10 >= self._letters * 9 > 0))
        self._parts = []
        self._letters = self._emphasised = 0

    def _flush(self) -> None:
        """End the block under way; its lines were parted by `<br>`."""
        if self._parts:
            self._end_line()
        lines, self._lines = self._lines, []
        held: tuple[str, bool] | None = None
        for line in lines:
            if held is not None and line[0] and _continues(held, *line):
                held = (f"{held[0]} {line[0]}", held[1] and line[1])
                continue
            if held is not None:
                self._emit(self._draft(*held))
            held = line if line[0] else None
        if held is not None:
            self._emit(self._draft(*held))

    def _draft(self, text: str, emphasised: bool) -> Draft:
        if self._in_entry or MARKER.match(text):
            self._in_entry = False
            if text[0] in GLYPHS and text[1:2].strip():
                text = f"{text[0]} {text[1:]}"  # the gap is a margin of the text behind the bullet
            return Draft("list_entry", text)
        if self._in_title or (emphasised and len(text) <= _LONGEST_HEADING and not text.endswith((",", ";"))):
            return Draft("heading", text)
        return Draft("paragraph", text)


def _preformatted(chunks: list[str]) -> str:
    """The text of `<pre>`, with a line end for each `<br>`."""
    lines = ("\n" * chunk.startswith(("br>", "br ")) + chunk.partition(">")[2] for chunk in chunks)
    return unescaped("".join(lines))


def _continues(before: tuple[str, bool], text: str, emphasised: bool) -> bool:
    """Whether a `<br>` only wraps a line: old files break prose by hand."""
    line, line_emphasised = before
    if line_emphasised != emphasised or MARKER.match(text):
        return False
    if line[-1] in ".:;!?":
        return (
            line[-1] == "."
            and len(line) >= _WRAPPED_LINE
            and text[0].isupper()
            and len(text) >= _WRAPPED_LINE
        )
    return text[0].islower() or (len(line) >= _WRAPPED_LINE and not line_emphasised)
