"""A file from disk, read: a view of the filing in it, or why there is none."""

from pathlib import Path

from pipeline.charges.filing_rows import read_submission
from pipeline.console.input_files import UnreadableFileError, read_file
from pipeline.pages.filing_view import FilingView, UnreadFile


def read_path(path: Path) -> FilingView | UnreadFile:
    """What the file holds. Never raises on what it is or holds."""
    try:
        return _read(path)
    except UnreadableFileError as problem:
        return UnreadFile(str(path), str(problem))
    except Exception as problem:
        # A folder of thousands must not end at the one file that nobody thought of.
        reason = f"Reading it failed, which is a fault of this program: {problem!r}."
        return UnreadFile(str(path), reason)


def _read(path: Path) -> FilingView:
    read, understood = read_submission(read_file(path), str(path))
    if read.filing["read_status"] == "unreadable":
        raise UnreadableFileError(read.filing["read_problem"])
    return FilingView(
        filing=read.filing,
        sections=read.sections,
        plans=understood.exit_plans,
        charges=understood.charges,
        share_figures=understood.share_figures,
        headcount_figures=understood.headcount_figures,
        mentions=understood.mentions,
        is_judged=False,
        notes=read.notes,
    )
