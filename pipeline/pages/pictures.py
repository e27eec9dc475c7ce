"""A chart as an SVG that goes with a page, or as a PNG.

Here belongs how a chart becomes a picture. What it shows does not: see `charts`.
"""

import re
from itertools import count
from typing import Any

import vl_convert
from markupsafe import Markup, escape

from pipeline.pages.charts import FAINT, INK, SERIES

_COLORS = {
    INK: "currentColor",
    FAINT: "var(--line)",
    **{color: f"var(--series-{number}, {color})" for number, color in enumerate(SERIES, 1)},
}
_SCALE = 1.2
"""Of the same type on all charts; a page may make them narrower, and not wider."""
_OPENING = re.compile(r"<svg[^>]*>")
_SIZE = re.compile(r' width="([\d.]+)" height="([\d.]+)"')
_ROLES = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_FONT = re.compile(r' font-family="[^"]*"')


def to_svg(chart: Any, key: str, title: str, description: str) -> Markup:
    """The chart as an element of a page: it takes the page's colours and font, and is read out as one image.

    Args:
        chart: what `charts` makes.
        key: tells its ids from those of the page's other charts.
        title, description: what is read out in place of the marks.
    """
    drawn = vl_convert.vegalite_to_svg(chart.to_dict())
    opening = _OPENING.search(drawn)
    assert opening is not None
    size = _SIZE.search(opening[0])
    assert size is not None
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[1]} {size[2]}" '
        f'width="{float(size[1]) * _SCALE:.0f}" role="img" '
        f'aria-labelledby="{key}-title" aria-describedby="{key}-description">'
        f'<title id="{key}-title">{escape(title)}</title>'
        f'<desc id="{key}-description">{escape(description)}</desc>'
    )
    body = _FONT.sub("", _ROLES.sub("", drawn[opening.end() :]))
    for color, replacement in _COLORS.items():
        body = body.replace(f'"{color}"', f'"{replacement}"')
    return Markup(head + _own_ids(body, key))


def _own_ids(body: str, key: str) -> str:
    """Clip paths and the like under ids of this chart, in the order in which they come."""
    numbers = count(1)
    for found in dict.fromkeys(re.findall(r'\bid="([^"]+)"', body)):
        own = f"{key}-{next(numbers)}"
        body = body.replace(f'id="{found}"', f'id="{own}"').replace(f"url(#{found})", f"url(#{own})")
    return body


def to_png(chart: Any, scale: float = 2.0) -> bytes:
    """The chart as a picture on white, `scale` pixels to a point."""
    return bytes(vl_convert.vegalite_to_png(chart.properties(background="white").to_dict(), scale=scale))
