"""A paragraph into sentences."""

import re

# A full stop behind one of these ends no sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:circa|Inc|Corp|Co|Ltd|No|Nos|Mr|Mrs|Ms|Dr|St|Ste|vs|Jr|Sr|approx|est|Bros|Cdn|Dept|"
    r"Art|Sec|Ave|Fig|Messrs|"
    r"Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|Item|Rs|al|cf|incl|seq)|\b(?:[A-Z]\.)*[A-Z]|\be\.g|"
    r"\bi\.e|\ba\.m|\bp\.m|\betc)\.$"
)
_END = re.compile(r"[.!?][\"”’')\]]*(?=\s+[\"“‘'(\[•·]*[A-Z0-9€£¥$\\])")
# "Acme, Inc. (the Company)" goes on; "the U.S. The" ends.
_GOES_ON = re.compile(r"\s+[\"“(\[]*(?:[a-z]|\()")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Half-open spans of the sentences in text[start:end], without the white space around them."""
    end = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    position = start
    for match in _END.finditer(text, start, end):
        head = text[max(position, match.start() - 24) : match.start() + 1]
        if text[match.start()] == "." and _ABBREVIATION.search(head):
            follows_starter = re.match(
                r"\s+(?:The|This|These|It|We|In|On|As|Our|At|For|Such|Under|All)\b",
                text[match.end() : match.end() + 12],
            )
            if not follows_starter or _GOES_ON.match(text, match.end()):
                continue
        _append(spans, text, position, match.end())
        position = match.end()
    _append(spans, text, position, end)
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
