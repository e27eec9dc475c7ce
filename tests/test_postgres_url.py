"""URLs of databases: what is understood, what is refused, and that no password is shown."""

import pytest

from pipeline.errors import ConfigurationError
from pipeline.postgres_url import checked_url, without_password
from pipeline.settings import load_settings


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        ("postgresql://u:p@host:5432/db", "postgresql://u:p@host:5432/db"),
        (" postgres://host/db\n", "postgresql://host/db"),
        ("postgresql:///db?host=%2Fvar%2Frun", "postgresql:///db?host=%2Fvar%2Frun"),
        ("postgresql://u:p%40ss%2F@[::1]:5432/db?sslmode=require",) * 2,
    ],
)
def test_urls_are_understood(given: str, understood: str) -> None:
    assert checked_url(given, "URL") == understood


@pytest.mark.parametrize(
    "given",
    [
        "secret",
        "mysql://u:secret@host/db",
        "postgresql://u:secret@host",
        "postgresql://u:secret@host/",
        "postgresql://u:se/cret@host/db",
        "postgresql://u:se@cret@host/db",
        "postgresql://u:se#cret@host/db",
        "postgresql://u:se?cret@host/db",
        "postgresql://u:12?secret@host/db",
        "postgresql://u:secret@host:port/db",
        "postgresql://u:secret@host:0/db",
        "postgresql://u:secret@host/db name",
        "host=localhost password=secret dbname=db",
    ],
)
def test_what_a_client_would_misread_is_refused_without_being_quoted(given: str) -> None:
    with pytest.raises(ConfigurationError, match="SETTING is no URL of a PostgreSQL database") as refusal:
        checked_url(given, "SETTING")
    assert "cret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://u:secret@host:1/db", "postgresql://u:***@host:1/db"),
        ("postgresql://u@host/db", "postgresql://u@host/db"),
        ("postgresql://host/db?password=secret", "postgresql://host/db"),
        ("postgresql:///db?host=/run&pasword=secret&port=1", "postgresql:///db?host=/run&port=1"),
    ],
)
def test_no_password_is_shown(url: str, shown: str) -> None:
    assert without_password(url) == shown


def test_settings_do_not_show_the_password_either() -> None:
    settings = load_settings({"EXIT_CHARGES_DAGSTER_STORAGE": "postgresql://u:secret@host/db"})
    assert settings.dagster_storage == "postgresql://u:secret@host/db"
    assert "secret" not in repr(settings)
