"""What files hold, as one self-contained page: figures in tables, and marked where the text states them."""

from html import escape

from pipeline.console.figures import FIGURE_KINDS, Row, amount, heading, left_out, meaning, plan_facts
from pipeline.console.file_record import Record
from pipeline.printable import printable

HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Exit charges</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { border-top: 1px solid; padding-top: 1rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8884; }
td.figure { text-align: right; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; padding: .8rem; border: 1px solid #8884; }
mark { color: #000; padding: 0 .15em; border-radius: .2em; }
mark.charges { background: #ffd54f; } mark.shares { background: #a5d6a7; }
mark.headcounts { background: #90caf9; } mark.mention { background: #ddd; }
.error { color: #c62828; } .rule { opacity: .7; font-size: .85em; }
</style>
</head>
<body>
<h1>Exit charges</h1>
<p>Marked in the text: <mark class="charges">charges</mark> <mark class="shares">shares</mark>
<mark class="headcounts">headcounts</mark></p>"""
TAIL = "</body>\n</html>"


def file_section(record: Record, explain: bool) -> str:
    """A file's part of the page."""
    parts = ["<section>", f"<h2>{_text(record['source'])}</h2>"]
    if "error" in record:
        parts.append(f'<p class="error">{_text(record["error"])}</p>')
    else:
        parts.append(f"<p>{_text(heading(record))}</p>")
        if record["filing"]["read_problem"]:
            parts.append(f'<p class="error">{_text(record["filing"]["read_problem"])}</p>')
        for plan in record["plans"]:
            facts = "; ".join(f"{name} {value}" for name, value in plan_facts(plan))
            parts.append(f"<p>Plan {plan['plan_ordinal']}: {_text(facts)}</p>")
        parts.append(_figures(record, explain))
        parts += [_item(record, item, explain) for item in _items_read(record)]
    return "\n".join([*parts, "</section>"])


def _text(value: object) -> str:
    return escape(printable(str(value)))


def _figures(record: Record, explain: bool) -> str:
    rows = []
    for kind in FIGURE_KINDS:
        for row in record[kind]:
            words = _text(row["evidence"])
            if explain:
                words += f'<div class="rule">{_text(row["rule"])}</div>'
            rows.append(
                f'<tr><td>{kind.removesuffix("s")}</td><td class="figure">{_text(amount(row, kind))}</td>'
                f"<td>{_text(meaning(row, kind))}</td><td>{words}</td></tr>"
            )
    if not rows:
        return ""
    head = "<tr><th></th><th>figure</th><th>meaning</th><th>words</th></tr>"
    return "\n".join(["<table>", head, *rows, "</table>"])


def _items_read(record: Record) -> list[Row]:
    """The sections in which something was read, and every Item 2.05."""
    used = {_place(row) for kind in FIGURE_KINDS for row in record[kind]}
    return [item for item in record["items"] if item["item"] == "2.05" or _place(item) in used]


def _place(row: Row) -> tuple[int, int]:
    return row["document_sequence"], row["section_ordinal"]


def _item(record: Record, item: Row, explain: bool) -> str:
    marks = [
        (row["figure_start"], row["figure_end"], kind, f"{amount(row, kind)}: {meaning(row, kind)}")
        for kind in FIGURE_KINDS
        for row in record[kind]
        if _place(row) == _place(item)
    ]
    if explain:
        marks += [
            (mention["char_start"], mention["char_end"], "mention", f"{mention['kind']} ({mention['rule']})")
            for mention in left_out(record)
            if _place(mention) == _place(item)
        ]
    return f'<h3>{_text(item["title"])}</h3>\n<div class="text">{_marked(item["text"], marks)}</div>'


def _marked(text: str, marks: list[tuple[int, int, str, str]]) -> str:
    """The text with its marks; of marks that overlap the first stays, those on the same span share one."""
    parts, position = [], 0
    titles: dict[tuple[int, int], list[str]] = {}
    for start, end, _, title in marks:
        titles.setdefault((start, end), []).append(title)
    for start, end, kind, _ in sorted(marks):
        if start >= position and end > start:
            title = escape(printable(" / ".join(titles[start, end])), quote=True)
            parts += [
                _text(text[position:start]),
                f'<mark class="{kind}" title="{title}">{_text(text[start:end])}</mark>',
            ]
            position = end
    return "".join([*parts, _text(text[position:])])
