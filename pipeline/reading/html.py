"""HTML of any era to drafts: one pass over the parsed tree."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.reading.characters import GLYPHS, MARKER, clean
from pipeline.reading.drafts import Draft
from pipeline.reading.html_style import read_style
from pipeline.reading.html_tables import HtmlCell, HtmlTable, table_drafts
from pipeline.reading.plain import read_plain

_SKIPPED = frozenset(
    ("head", "title", "script", "style", "noscript", "template", "ix:header", "ix:hidden", "select", "button")
)
_TITLES = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = _TITLES.union(
    ("p", "div", "center", "blockquote", "body", "html", "address", "article", "section", "header", "footer"),
    ("main", "nav", "form", "fieldset", "dl", "dt", "dd", "ul", "ol", "li", "caption", "page", "document"),
)
_EMPHASIS = frozenset(("b", "strong", "u", "i", "em"))
_TABLE_PARTS = frozenset(("table", "tr", "td", "th"))
_DEEPEST_TABLE = 12
_NOTE_MARK = re.compile(r"\(?(?:\d{1,2}|[a-z])\)?(?:\s?,\s?\(?(?:\d{1,2}|[a-z])\)?){0,4}|\*{1,3}|[†‡]")
_LONGEST_HEADING = 300
_WRAPPED_LINE = 55


@dataclass(slots=True)
class _Line:
    parts: list[str] = field(default_factory=list)
    emphasised: int = 0
    letters: int = 0


def read_html(source: str) -> list[Draft]:
    """The visible text of an HTML document in reading order."""
    return _Walk().read(LexborHTMLParser(source).root)


class _Walk:
    """The state of the pass: the block under way, and the tables that are open around it."""

    def __init__(self) -> None:
        self._drafts: list[Draft] = []
        self._tables: list[HtmlTable] = []
        self._outputs: list[list[Draft]] = []
        self._lines: list[_Line] = [_Line()]
        self._emphasis = False
        self._in_title = False
        self._in_entry = False
        self._page_break = False

    def read(self, root: LexborNode | None) -> list[Draft]:
        if root is None:
            return []
        # Each open element: the node, what to do when it ends, and the emphasis around it.
        open_elements: list[tuple[LexborNode, str, bool]] = []
        node: LexborNode | None = root
        while node is not None:
            child = None
            tag = node.tag
            if tag == "-text":
                self._text(node.text_content or "")
            elif tag is not None and tag[0] not in "-_!" and tag not in _SKIPPED:
                around = self._emphasis
                ending = self._enter(tag, node)
                if ending is not None:
                    child = node.first_child
                    if child is None:
                        self._leave(ending, around)
                    else:
                        open_elements.append((node, ending, around))
            if child is not None:
                node = child
                continue
            following = node.next if node is not root else None
            while following is None and open_elements:
                parent, ending, around = open_elements.pop()
                self._leave(ending, around)
                following = parent.next if parent is not root else None
            node = following
        self._flush()
        while self._tables:
            self._end_table()
        return self._drafts

    def _text(self, text: str) -> None:
        line = self._lines[-1]
        line.parts.append(text)
        if not text.isspace():
            line.letters += len(text)
            if self._emphasis:
                line.emphasised += len(text)

    def _enter(self, tag: str, node: LexborNode) -> str | None:
        """Start an element; returns what its end means, or None where its inside is not read."""
        attributes = node.attributes
        raised = False
        if attributes:
            style = attributes.get("style")
            if style:
                hidden, emphasis, page_break, raised = read_style(style)
                if hidden:
                    return None
                if emphasis is not None:
                    self._emphasis = emphasis
                if page_break:
                    if tag == "hr" or page_break == "before":
                        self._break_page()
                    else:
                        self._start_block(tag, attributes)
                        return "page " + tag
            if "hidden" in attributes:
                return None
        if tag in _EMPHASIS:
            self._emphasis = True
            return ""
        if (tag == "sup" or raised) and _is_note_mark(node):
            self._text(" ")  # a raised "1" behind "8,940" is no digit of it
            return ""
        if tag == "br":
            self._lines.append(_Line())
            return None
        if tag == "hr":
            self._flush()
            return None
        if tag == "page":
            self._break_page()
        if tag == "pre":
            self._flush()
            for draft in read_plain(node.text() or ""):
                self._emit(draft)
            return None
        return self._start_block(tag, attributes)

    def _start_block(self, tag: str, attributes: dict[str, str | None]) -> str:
        if tag in _BLOCKS:
            self._flush()
            self._in_title = tag in _TITLES
            self._in_entry = tag == "li"
            if self._in_title:
                self._emphasis = True
            return "block"
        if tag in _TABLE_PARTS:
            self._flush()
            if tag == "table":
                if len(self._tables) >= _DEEPEST_TABLE:
                    return "block"
                self._tables.append(HtmlTable())
                self._outputs.append([])
            elif self._tables:
                if tag == "tr":
                    self._tables[-1].start_row()
                else:
                    self._outputs[-1] = []
                    self._tables[-1].start_cell(
                        HtmlCell(
                            _span(attributes.get("colspan")),
                            _span(attributes.get("rowspan")),
                            is_header=tag == "th",
                            drafts=self._outputs[-1],
                        )
                    )
            return tag
        return ""

    def _leave(self, ending: str, around: bool) -> None:
        self._emphasis = around
        if not ending:
            return
        self._flush()
        if ending.startswith("page "):
            self._break_page()
            ending = ending[5:]
        if ending == "block" or ending in _BLOCKS:
            self._in_title = self._in_entry = False
        elif ending in ("td", "th") and self._tables:
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

    def _flush(self) -> None:
        """End the block under way; its lines were parted by `<br>`."""
        lines = self._lines
        if len(lines) == 1 and not lines[0].parts:
            return
        self._lines = [_Line()]
        held: tuple[str, bool] | None = None
        for line in lines:
            text = clean("".join(line.parts)) if line.parts else ""
            if text:
                emphasised = line.emphasised * 10 >= line.letters * 9 > 0
                if held is not None and _continues(held, text, emphasised):
                    held = (f"{held[0]} {text}", held[1] and emphasised)
                    continue
                if held is not None:
                    self._emit(self._draft(*held))
                held = (text, emphasised)
            elif held is not None:
                self._emit(self._draft(*held))
                held = None
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


def _is_note_mark(node: LexborNode) -> bool:
    only = node.first_child
    if only is None or only.tag != "-text" or only.next is not None:
        return False
    return _NOTE_MARK.fullmatch((only.text_content or "").strip()) is not None


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


def _span(value: str | None) -> int:
    return max(1, min(int(value), 200)) if value and value.isdigit() else 1
