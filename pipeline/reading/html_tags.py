"""What a start tag says to a reader of the text: the element's part in the layout, and its style."""

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.reading.html_style import read_style

_SKIPPED = frozenset(
    ("head", "title", "script", "style", "noscript", "template", "ix:header", "ix:hidden", "select"),
).union(("button", "iframe", "noembed", "noframes"))
TITLES = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_RAW = frozenset(("script", "style", "iframe", "noembed", "noframes", "xmp", "plaintext"))
"""Elements whose text is not marked up: a "<" in it starts no tag."""
_BLOCKS = TITLES.union(
    ("p", "div", "center", "blockquote", "body", "html", "address", "article", "section", "header", "footer"),
    ("main", "nav", "form", "fieldset", "dl", "dt", "dd", "ul", "ol", "li", "caption", "page", "document"),
)
_EMPHASIS = frozenset(("b", "strong", "u", "i", "em"))
_VOID = frozenset(
    ("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen"),
).union(("link", "meta", "param", "source", "track", "wbr"))
_OWN_KINDS = {"br": "br", "hr": "hr", "pre": "pre", "table": "table", "tr": "row", "td": "cell", "th": "cell"}
_LAYOUT = frozenset(("block", "table", "row", "cell"))
_STYLE = re.compile(r' style="([^"]*)"')
_SPANS = re.compile(r' (colspan|rowspan)="(\d{1,9})"')
_MOST_SPANNED = 200
LONGEST_KNOWN = 300


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag."""

    name: str
    kind: str
    """skipped, comment, pre, raw; emphasis, br, hr, block, table, row, cell; inline for all others."""
    is_passed_over: bool
    """The walk goes on behind the element's end."""
    is_layout_only: bool
    """A block, or a part of a table, without any emphasis."""
    says_something: bool
    """It changes the layout or the emphasis."""
    is_void: bool
    """There is no end tag."""
    is_raw: bool
    emphasis: bool | None
    """What the style says; None: as around it."""
    page_break: str
    """before, after or empty."""
    is_raised: bool
    columns: int
    rows: int


def read_tag(inside: str) -> Tag:
    """Read what stands between `<` and `>` of a start tag, as the parser writes it."""
    name, _, attributes = inside.partition(" ")
    hidden, emphasis, page_break, is_raised = False, None, "", name == "sup"
    columns = rows = 1
    if attributes:
        style = _STYLE.search(inside)
        if style:
            hidden, emphasis, page_break, raised = read_style(style.group(1))
            is_raised = is_raised or raised
        hidden = hidden or ' hidden="' in inside
        if name in ("td", "th"):
            spans = {of: max(1, min(int(count), _MOST_SPANNED)) for of, count in _SPANS.findall(inside)}
            columns, rows = spans.get("colspan", 1), spans.get("rowspan", 1)
    styled = emphasis is not None or page_break != "" or is_raised
    is_void = name in _VOID or name[:1] in "!?"
    kind = "skipped" if hidden else _kind(name)
    return Tag(
        name=name,
        kind=kind,
        is_passed_over=kind in ("comment", "pre", "raw") or (kind == "skipped" and not is_void),
        is_layout_only=kind in _LAYOUT and name not in TITLES and not styled,
        says_something=styled or kind not in ("inline", "skipped"),
        is_void=is_void,
        is_raw=name in _RAW,
        emphasis=emphasis,
        page_break=page_break,
        is_raised=is_raised,
        columns=columns,
        rows=rows,
    )


def _kind(name: str) -> str:
    if name[:3] == "!--":
        return "comment"
    if name in _SKIPPED or name[:1] in "!?":
        return "skipped"
    if name in _RAW:
        return "raw"
    if name in _BLOCKS:
        return "block"
    return "emphasis" if name in _EMPHASIS else _OWN_KINDS.get(name, "inline")


known_tag = lru_cache(maxsize=4096)(read_tag)
"""For tags up to `LONGEST_KNOWN` characters: a document repeats a few of them."""


def unescaped(text: str) -> str:
    """Resolve the references that the parser's output has; `&nbsp;` is replaced before."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
