"""A home on S3 that cannot be used: one sentence that names the place and the remedy, whichever command."""

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from upath import UPath

from tests.cli.conftest import Run
from tests.conftest import MONTH
from tests.s3_server import CREDENTIALS, S3Server

COMMANDS = {
    "sql": ("sql", "select category from charges"),
    "show": ("show", "0000888693-08-000039"),
    "site": ("site",),
    "release": ("release", "--date", "2026-01-31"),
    "review": ("review",),
    "load-delta": ("load-delta",),
}
Spoil = Callable[[pytest.MonkeyPatch], None]


def _unreachable(patched: pytest.MonkeyPatch) -> None:
    patched.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")


def _no_credentials(patched: pytest.MonkeyPatch) -> None:
    for name in CREDENTIALS:
        patched.delenv(name)


def _wrong_credentials(patched: pytest.MonkeyPatch) -> None:
    patched.setenv("AWS_ACCESS_KEY_ID", "somebody-else")


def _no_bucket(patched: pytest.MonkeyPatch) -> None:
    patched.setenv("EXIT_CHARGES_HOME", "s3://nobody-made-this/home")


def _no_profile(patched: pytest.MonkeyPatch) -> None:
    patched.setenv("AWS_PROFILE", "nobody")


SPOILT: dict[str, tuple[Spoil, str, str]] = {
    "unreachable": (_unreachable, "cannot be reached at http://127.0.0.1:9", "check AWS_ENDPOINT_URL"),
    "no credentials": (_no_credentials, "There are no usable credentials", "set AWS_ACCESS_KEY_ID"),
    "wrong credentials": (_wrong_credentials, "refuses what was asked of s3://", "check the AWS credentials"),
    "no bucket": (_no_bucket, "There is no bucket nobody-made-this", "make it, or mend the bucket's name"),
    "no profile": (_no_profile, "(ProfileNotFound)", "or AWS_PROFILE"),
}


@pytest.fixture(autouse=True)
def _at_home_in_s3(s3: S3Server, s3_home: UPath, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """With a client of its own, since one that is connected does not look at the variables again."""
    monkeypatch.setenv("EXIT_CHARGES_HOME", str(s3_home))
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    type(s3_home.fs).clear_instance_cache()
    yield
    type(s3_home.fs).clear_instance_cache()


def said(run: Run, *command: str) -> str:
    result = run(*command)
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    assert CREDENTIALS["AWS_SECRET_ACCESS_KEY"] not in result.output
    return " ".join(result.output.split())


@pytest.mark.parametrize("spoilt", SPOILT)
@pytest.mark.parametrize("command", COMMANDS)
def test_one_sentence_and_its_remedy(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str, spoilt: str
) -> None:
    spoil, what, remedy = SPOILT[spoilt]
    spoil(monkeypatch)
    message = said(run, *COMMANDS[command])
    assert message.startswith("exit-charges: ")
    assert message.count("exit-charges: ") == 1
    assert what in message
    assert remedy in message


@pytest.mark.parametrize("spoilt", SPOILT)
def test_doctor_goes_on_and_says_it(run: Run, monkeypatch: pytest.MonkeyPatch, spoilt: str) -> None:
    monkeypatch.setattr("pipeline.console.doctor.probe_source", lambda source, settings: None)
    spoil, what, _ = SPOILT[spoilt]
    spoil(monkeypatch)
    assert what in said(run, "doctor")


def test_a_month_that_cannot_be_kept_fails_with_the_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path_factory.mktemp("dagster")))
    _no_bucket(monkeypatch)
    assert "There is no bucket nobody-made-this" in said(run, "materialize", "--from", MONTH)


@pytest.mark.parametrize("url", ["s3://", "s3:///prefix"])
def test_a_url_without_a_bucket(run: Run, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("EXIT_CHARGES_HOME", url)
    assert f"EXIT_CHARGES_HOME is {url!r}" in said(run, "sql", "select 1")


def test_without_the_package_it_is_named() -> None:
    code = "import sys; sys.modules['s3fs'] = None; from pipeline.cli import main; main(['sql', 'select 1'])"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert result.returncode == 1
    assert result.stderr.startswith("exit-charges: EXIT_CHARGES_HOME is 's3://")
    assert "it needs s3fs: pip install 'exit-charges[s3]'" in result.stderr
    assert "Traceback" not in result.stderr


def test_doctor_says_where_writers_are_not_kept_apart(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.console.doctor.probe_source", lambda source, settings: None)
    assert "conditional writes" not in run("doctor").output
    monkeypatch.setattr("pipeline.console.doctor.refuses_a_second", lambda there: False)
    result = run("doctor")
    assert result.exit_code == 0, result.output
    assert "has no conditional writes" in " ".join(result.output.split())
