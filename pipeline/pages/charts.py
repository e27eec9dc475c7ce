"""Charts of what is published: rows in, a chart out.

Here belongs how numbers are drawn. Which numbers they are does not (see `site.chart_rows`), nor how a chart
becomes a picture (see `pictures`). Amounts are in millions, so that axes can say so.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import altair as alt

Rows = Sequence[Mapping[str, Any]]
Drawn = TypeVar("Drawn", alt.Chart, alt.LayerChart)

WIDTH = 340
"""Of what is drawn, without axes: narrow, so that type stays legible when a phone shows the whole."""
FAMILIES = {
    "severance": "Severance",
    "retention": "Other costs of people",
    "relocation": "Other costs of people",
    "stock_compensation": "Other costs of people",
    "pension": "Other costs of people",
    "contract_termination": "Contracts and facilities",
    "facility": "Contracts and facilities",
    "asset_impairment": "Write-downs",
    "goodwill_intangible": "Write-downs",
    "inventory": "Write-downs",
    "professional_fees": "Other",
    "other": "Other",
    "mixed": "Several or unstated",
    "unstated": "Several or unstated",
}
"""Categories as charts tell them apart; more colours than these cannot be told apart by everybody."""
SERIES = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#8c8c8c")
"""Okabe and Ito's colours, which differ for the colour-blind too."""
FAMILY_COLORS = dict(zip(dict.fromkeys(FAMILIES.values()), SERIES, strict=True))
STATUS_COLORS = {
    "read": SERIES[0],
    "no_figures": SERIES[4],
    "incorporated_elsewhere": SERIES[2],
    "item_not_found": SERIES[1],
    "unreadable": SERIES[3],
    "not_fetched": SERIES[5],
}
INK, FAINT = "#222222", "#c8ccd0"
_FONT_SIZE = 11
_ROOM = 26
"""Left of labels, which the page's font may set wider than the one that is measured."""


def charges_by_period_chart(rows: Rows, periods: Sequence[str], title: str) -> alt.Chart:
    """Stacked bars, a place for each of the periods; rows of period, family and millions.

    The page names the colours, those of FAMILY_COLORS.
    """
    return _stacked(rows, periods, title, "millions", "USD million", "family", FAMILY_COLORS)


def filings_by_period_chart(rows: Rows, periods: Sequence[str], title: str) -> alt.Chart:
    """Stacked bars, a place for each of the periods; rows of period, read_status and filings.

    The page names the colours, those of STATUS_COLORS.
    """
    return _stacked(rows, periods, title, "filings", "Filings", "read_status", STATUS_COLORS)


def charges_by_category_chart(rows: Rows, unit: str = "USD million") -> alt.Chart:
    """A bar for each category, the largest first; rows of category and millions."""
    return _bars(rows, "category", "millions", unit)


def charges_by_industry_chart(rows: Rows) -> alt.Chart:
    """A bar for each division of industry, the largest first; rows of division and millions."""
    return _bars(rows, "division", "millions", "USD million")


def largest_plans_chart(rows: Rows) -> alt.Chart:
    """A bar for each plan from nothing to its highest estimate; rows of plan and millions."""
    return _bars(rows, "plan", "millions", "USD million", label_width=180)


def severance_per_head_chart(rows: Rows, years: Sequence[str]) -> alt.LayerChart:
    """By year the median and the middle half; rows of year, quarter, median and three_quarters in USD."""
    base = alt.Chart(_data(rows)).encode(
        x=alt.X("year:O", title="Year of filing", axis=_PERIODS, scale=alt.Scale(domain=years))
    )
    scale = alt.Scale(zero=True, nice=True)
    spread = base.mark_bar(size=7, color=SERIES[4]).encode(
        y=alt.Y("quarter:Q", title="USD thousand a head", scale=scale), y2="three_quarters:Q"
    )
    middle = base.mark_tick(size=12, thickness=2, color=INK).encode(y=alt.Y("median:Q", scale=scale))
    layered: alt.LayerChart = alt.LayerChart(layer=[spread, middle]).properties(width=WIDTH, height=200)
    return _finished(layered)


def estimate_changes_chart(rows: Rows) -> alt.Chart:
    """A bar for each size of change; rows of change and plans, in the order of the sizes."""
    return _bars(rows, "change", "plans", "Plans")


_PERIODS = alt.Axis(labelAngle=0, labelOverlap="greedy", labelSeparation=12, tickSize=0, domainColor=FAINT)


def _stacked(
    rows: Rows,
    periods: Sequence[str],
    title: str,
    value: str,
    unit: str,
    series: str,
    colors: Mapping[str, str],
) -> alt.Chart:
    order = {name: number for number, name in enumerate(colors)}
    chart: alt.Chart = (
        alt.Chart(_data([{**row, "order": order[row[series]]} for row in rows]))
        .mark_bar()
        .encode(
            x=alt.X(
                "period:O", title=title, axis=_PERIODS, scale=alt.Scale(domain=periods, paddingInner=0.2)
            ),
            y=alt.Y(f"{value}:Q", title=unit, stack=True, axis=alt.Axis(tickCount=_ticks(rows, value))),
            color=alt.Color(
                f"{series}:N",
                scale=alt.Scale(domain=list(colors), range=list(colors.values())),
                legend=None,
            ),
            order=alt.Order("order:Q"),
        )
        .properties(width=WIDTH, height=200)
    )
    return _finished(chart)


def _bars(rows: Rows, name: str, value: str, unit: str, label_width: int = 160) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(_data(rows))
        .mark_bar(size=12, color=SERIES[0])
        .encode(
            y=alt.Y(
                f"{name}:N",
                title=None,
                sort=[row[name] for row in rows],
                axis=alt.Axis(labelLimit=label_width, tickSize=0, domain=False, labelPadding=6),
            ),
            x=alt.X(
                f"{value}:Q",
                title=unit,
                axis=alt.Axis(tickCount=_ticks(rows, value)),
                scale=alt.Scale(domainMin=0),
            ),
        )
        .properties(width=WIDTH - label_width + 40, height={"step": 19})
    )
    return _finished(chart, room=_ROOM)


def _ticks(rows: Rows, value: str) -> int:
    """Few, and not between whole numbers where there are few of those."""
    return max(1, min(4, int(max((float(row[value]) for row in rows), default=0))))


def _data(rows: Rows) -> alt.InlineData:
    return alt.InlineData(values=[{key: _number(value) for key, value in row.items()} for row in rows])


def _number(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int) else float(value)


def _finished(chart: Drawn, room: int = 4) -> Drawn:
    """The chart in the type and the greys that all of them share; `pictures` finds the colours again."""
    finished: Drawn = (
        chart.properties(
            background="transparent", padding={"left": room, "top": 6, "right": 10, "bottom": 4}
        )
        .configure(font="sans-serif")
        .configure_view(stroke=None)
        .configure_axis(
            labelFontSize=_FONT_SIZE, titleFontSize=_FONT_SIZE, titleFontWeight="normal", labelColor=INK,
            titleColor=INK, gridColor=FAINT, domainColor=FAINT, tickColor=FAINT,
        )
        .configure_axisY(domain=False)
    )  # fmt: skip
    return finished
