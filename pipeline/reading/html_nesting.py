"""Markup that would make a parser grow beyond measure: taken back before it is parsed.

The HTML standard lets a document of 100 KB become a tree of millions of elements: inline elements that are
never closed are opened again in every block that follows, and start tags look through all open elements.
Browsers stop at a depth of some hundred elements for this reason, and so does this.
"""

import re
from collections import defaultdict

_HARMLESS = 2_500  # tags
_LARGE = 60_000  # characters
_INLINE = re.compile(r"<(/?)(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])[^<>]*>", re.I)
_BLOCKS = re.compile(r"<(/?)(blockquote|center|div|dl|ol|span|table|ul)(?=[\s/>])[^<>]*>", re.I)
_LONG_TAG = re.compile(r"<[a-z!][^<>]{20000,}>", re.IGNORECASE)
_DEEPEST_INLINE = 32
_DEEPEST_BLOCKS = 512


def bounded_nesting(source: str) -> str:
    """The source without start tags nested too deeply; a large one without tags of over 20,000 characters."""
    tags = source.count("<")
    if tags >= _HARMLESS:
        source = _without_deepest(source, _INLINE, _DEEPEST_INLINE)
    if tags >= 4 * _HARMLESS:
        source = _without_deepest(source, _BLOCKS, _DEEPEST_BLOCKS)
    return _LONG_TAG.sub("", source) if len(source) >= _LARGE else source


def _without_deepest(source: str, pattern: re.Pattern[str], deepest: int) -> str:
    if _depth(pattern.findall(source)) <= deepest:
        return source
    open_of: defaultdict[str, int] = defaultdict(int)  # by name: an end tag closes none of another name
    depth = 0
    kept: list[str] = []
    at = 0
    for found in pattern.finditer(source):
        name = found.group(2).lower()
        if found.group(1):
            if open_of[name]:
                open_of[name] -= 1
                depth -= 1
        elif depth < deepest:
            open_of[name] += 1
            depth += 1
        else:
            kept.append(source[at : found.start()])
            at = found.end()
    kept.append(source[at:])
    return "".join(kept)


def _depth(tags: list[tuple[str, str]]) -> int:
    """How deep the tags nest at most, or more where letter case differs."""
    open_of: defaultdict[str, int] = defaultdict(int)
    depth = most = 0
    for closes, name in tags:
        if not closes:
            open_of[name] += 1
            depth += 1
            if depth > most:
                most = depth
        elif open_of[name]:
            open_of[name] -= 1
            depth -= 1
    return most
