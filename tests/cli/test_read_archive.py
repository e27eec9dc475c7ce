"""`read-archive` as a user meets it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from tests.archives.test_submissions import filing, tagged, write_tar


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "a.txt").write_bytes(filing(1))
    (folder / "b.txt").write_bytes(b"")
    (folder / "body.htm").write_bytes(b"<p>Item 2.05</p>")
    write_tar(folder / "20240102.nc.tar.gz", {"1.nc": tagged(2), "2.nc": tagged(3, "10-K")})
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["read-archive", *map(str, arguments)])


def test_it_says_what_the_output_holds(archive: Path, tmp_path: Path) -> None:
    result = run(archive, "--to", tmp_path / "readings", "--processes", 1)
    assert result.exit_code == 0, result.output
    lines = [" ".join(line.split()) for line in result.stdout.splitlines() if line.strip()]
    assert "of another form, passed over 1" in lines
    assert "failed 1" in lines
    assert "all 4" in lines
    assert any(line.startswith(f"{archive}/b.txt: This is an empty file") for line in lines)
    assert "1 files are no submissions by their names and were left out." in lines
    assert lines[-1] == f"3 files in 2 parts, 2 of them read now; 0 charges in {tmp_path}/readings."
    again = run(archive, "--to", tmp_path / "readings", "--processes", 1)
    assert "0 of them read now" in again.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--engine", "dask"), "--cluster tcp://host:8786"),
        (("--engine", "dask", "--cluster", "10.0.0.5"), "10.0.0.5"),
        (("--engine", "dask", "--cluster", "tcp://127.0.0.1:notaport"), "notaport"),
    ],
)
def test_what_cannot_be_meant_is_one_sentence(
    archive: Path, tmp_path: Path, options: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = run(archive, "--to", tmp_path / "readings", *options)
    assert result.exit_code == 1
    assert said in result.output
    assert result.output.count("\n") == 1
    assert "Traceback" not in result.output


def test_an_engine_that_is_not_installed_says_how_to_have_it(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for engine, module in (("dask", "distributed"), ("spark", "pyspark")):
        monkeypatch.setitem(__import__("sys").modules, module, None)
        monkeypatch.setitem(__import__("sys").modules, f"{module}.errors", None)
        result = run(archive, "--to", tmp_path / "readings", "--engine", engine, "--cluster", "tcp://h:1")
        assert result.exit_code == 1
        assert f"pip install 'exit-charges[{engine}]'" in result.output
