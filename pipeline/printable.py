"""Text of filings without what terminals and browsers would take for commands."""

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """The text with each control character, direction override and half of a surrogate pair replaced.

    One character stands for one, so that spans stay what they are.
    """
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
