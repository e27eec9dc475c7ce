"""Templates: what rows hold is escaped, and scripts are named by their hashes."""

import base64
import hashlib
from pathlib import Path

import pytest
from jinja2 import DictLoader, UndefinedError

from pipeline.pages import render as rendering


@pytest.fixture
def templates(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = rendering._environment().overlay(
        loader=DictLoader({"page.html": "<p>{{ words }}</p><style>{{ asset('base.css') }}</style>"})
    )
    monkeypatch.setattr(rendering, "_environment", lambda: environment)


@pytest.mark.usefixtures("templates")
def test_words_are_escaped_and_our_own_style_is_not() -> None:
    page = rendering.render("page.html", words="<script>alert(1)</script>")
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>" in page
    assert '"Segoe UI"' in page


@pytest.mark.usefixtures("templates")
def test_a_value_that_is_not_given_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="words"):
        rendering.render("page.html")


def test_a_script_is_named_by_its_hash() -> None:
    text = (Path(rendering.__file__).parent / "templates" / "base.css").read_bytes()
    expected = base64.b64encode(hashlib.sha256(text).digest()).decode()
    assert rendering.script_hash("base.css") == f"'sha256-{expected}'"
