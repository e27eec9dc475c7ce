"""What an element's style says to a reader of its text."""

import re
from functools import lru_cache

_EMPHASISED = re.compile(
    r"font-weight:\s*(?:bold|[6-9]00)|text-decoration:\s*underline|font-style:\s*italic", re.I
)
_PLAIN_WEIGHT = re.compile(r"font-weight:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align:\s*super", re.IGNORECASE)
_PAGE_BREAK = re.compile(r"(?:page-)?break-(before|after):\s*(?:always|page)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def read_style(style: str) -> tuple[bool, bool | None, str, bool]:
    """Whether a style hides, emphasises (None: as around it), where it breaks the page, whether it raises."""
    emphasis = True if _EMPHASISED.search(style) else False if _PLAIN_WEIGHT.search(style) else None
    page_break = _PAGE_BREAK.search(style)
    side = page_break.group(1).lower() if page_break else ""
    return _HIDDEN.search(style) is not None, emphasis, side, _RAISED.search(style) is not None
