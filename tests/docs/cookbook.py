"""The SQL cookbook: its queries, and the output that stands behind each.

`EXIT_CHARGES_HOME=... python -m tests.docs.cookbook` writes the outputs anew, from a home in which
`exit-charges materialize --source sample` was run.
"""

import re
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from pipeline.cli import main

PAGE = Path(__file__).parents[2] / "docs/sql-cookbook.md"
_RECIPE = re.compile(r"^```sql\n(?P<query>.*?)^```\n+```text\n(?P<output>.*?)^```$", re.MULTILINE | re.DOTALL)


def recipes(page: str) -> dict[str, str]:
    """Query to output, as the page shows them."""
    return {match["query"]: match["output"] for match in _RECIPE.finditer(page)}


def answer(query: str) -> str:
    """What `exit-charges sql` prints, without blank lines and blanks at the ends of lines."""
    result = CliRunner().invoke(main, ["sql", query], env={"COLUMNS": "120"})
    if result.exit_code:
        raise ValueError(f"{query}\n{result.output}")
    return "".join(f"{line.rstrip()}\n" for line in result.stdout.splitlines() if line.strip())


def filled(page: str, ask: Callable[[str], str]) -> str:
    """The page with each query's output from `ask`."""
    return _RECIPE.sub(
        lambda match: f"```sql\n{match['query']}```\n\n```text\n{ask(match['query'])}```", page
    )


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), answer), encoding="utf-8")
