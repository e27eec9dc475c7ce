"""Templates to HTML: everything is escaped, and a page runs only the scripts that came with it.

Filings are other people's words, some of them hostile. Templates therefore get text and never markup, and
each page's Content-Security-Policy names its own scripts by their hashes, so that nothing else would run even
if it got into the page.
"""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.printable import printable

_TEMPLATES = "templates"


def render(template: str, **values: Any) -> str:
    """The page that a template makes of values.

    Args:
        template: its name in `templates/`.
        values: what it shows; strings are escaped, and control characters in them replaced.

    Raises:
        jinja2.UndefinedError: the template uses what is not given.
    """
    return _environment().get_template(template).render(**values)


def asset(name: str) -> Markup:
    """A style sheet or script of `templates/`, to stand in a page as it is."""
    return Markup(_file(name))


def script_hash(name: str) -> str:
    """How a Content-Security-Policy names the script that `asset(name)` puts between its tags."""
    digest = hashlib.sha256(_file(name).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _file(name: str) -> str:
    return (files(__package__) / _TEMPLATES / name).read_text(encoding="utf-8")


def _without_controls(value: Any) -> Any:
    """No null bytes, escape sequences or direction overrides, wherever a text came from."""
    return printable(value) if type(value) is str else value


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__, _TEMPLATES),
        autoescape=True,
        finalize=_without_controls,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(asset=asset, script_hash=script_hash)
    return environment
