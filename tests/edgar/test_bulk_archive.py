"""The bulk archive: downloaded and read once, and the same answer as company by company."""

import datetime as dt
import json
import zipfile
from pathlib import Path

import pytest

from pipeline.edgar.discovery import bulk_archive
from pipeline.edgar.discovery.bulk_archive import exit_filings_in
from pipeline.edgar.discovery.bulk_table import BULK_ARCHIVE, is_at_hand
from pipeline.edgar.discovery.submissions_data import SUBMISSIONS_DATA
from pipeline.edgar.sample_server import Answer
from pipeline.errors import BlockedError, SourceError, StorageError
from tests.edgar.conftest import TODAY, Ask
from tests.replica import faults
from tests.replica.replica import Replica
from tests.replica.tiny_edgar import TinyEdgar
from tests.replica.tiny_indexes import write_bulk_archive

OURS, OTHER = "0000000101", "0000000202"
ZIP = "submissions.zip"


@pytest.fixture
def archived(edgar: TinyEdgar) -> TinyEdgar:
    edgar.add("0000000901-08-000001", "2008-09-30")
    edgar.add("0000000901-08-000002", "2008-10-07", items=("2.02", "9.01"))
    edgar.add("0000000901-08-000003", "2008-10-07", form="8-K/A")
    edgar.move_to_older_file()
    edgar.add("0000000901-08-000004", "2008-10-20", others=((OTHER, "OTHER INC"),))
    edgar.add("0000000901-08-000005", "2008-11-03", cik=OTHER, name="OTHER INC")
    for number in range(30):
        edgar.add(f"0000000903-08-{number:06d}", "2008-10-07", cik=f"{300 + number:010d}", items=("8.01",))
    write_bulk_archive(edgar)
    return edgar


def members(edgar: TinyEdgar) -> dict[str, bytes]:
    with zipfile.ZipFile(write_bulk_archive(edgar)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_members(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_the_answer_is_that_of_the_companies_own_lists(archived: TinyEdgar, ask: Ask) -> None:
    everyone = {file.name[3:13] for file in (archived.root / "submissions").glob("CIK*.json")}
    for month, expected in (("2008-09", 1), ("2008-10", 2), ("2008-11", 1), ("2008-12", 0)):
        found = BULK_ARCHIVE.find(ask(month))
        assert len(found.filings) == expected
        assert found.filings == SUBMISSIONS_DATA.find(ask(month, *everyone)).filings
        for cik in (OURS, OTHER):
            one = ask(month, cik)
            assert BULK_ARCHIVE.find(one).filings == SUBMISSIONS_DATA.find(one).filings


def test_one_download_answers_for_all_months(archived: TinyEdgar, ask: Ask, replica: Replica) -> None:
    for month in ("2008-09", "2008-10", "2008-11"):
        BULK_ARCHIVE.find(ask(month))
    assert replica.targets == ["/Archives/edgar/daily-index/bulkdata/submissions.zip"]


def test_what_is_kept_is_the_table_and_which_archive_it_was(
    archived: TinyEdgar, ask: Ask, settings_home: Path
) -> None:
    BULK_ARCHIVE.find(ask("2008-10"))
    kept = [path.name for path in (settings_home / "raw" / "bulk").iterdir() if path.suffix != ".lock"]
    assert kept == ["exit_filings.json"]
    table = json.loads((settings_home / "raw" / "bulk" / "exit_filings.json").read_bytes())
    assert table["last_modified"] == "Fri, 02 Jan 2026 08:10:00 GMT"
    assert table["known_through"] == "2026-01-01"  # made at three in the morning of the East Coast
    assert len(table["sha256"]) == 64


def test_after_a_day_edgar_is_asked_whether_there_is_a_new_one(
    archived: TinyEdgar, ask: Ask, replica: Replica
) -> None:
    BULK_ARCHIVE.find(ask("2008-10"))
    later = TODAY + dt.timedelta(days=2)
    assert is_at_hand(ask("2008-10"))
    assert not is_at_hand(ask("2008-10", today=later))
    assert len(BULK_ARCHIVE.find(ask("2008-10", today=later)).filings) == 2
    assert is_at_hand(ask("2008-10", today=later))
    archived.add("0000000901-08-000009", "2008-10-31")
    write_bulk_archive(archived)
    assert len(BULK_ARCHIVE.find(ask("2008-10", today=later + dt.timedelta(days=2))).filings) == 3
    assert replica.asked(ZIP) == 3


def test_a_month_that_still_runs_is_known_to_the_night_before(archived: TinyEdgar, ask: Ask) -> None:
    assert BULK_ARCHIVE.find(ask("2026-01")).known_through == dt.date(2026, 1, 1)
    assert not is_at_hand(ask("2026-01"))
    with pytest.raises(SourceError, match="ends on 2026-01-01, before 2026-02"):
        BULK_ARCHIVE.find(ask("2026-02"))


def _statuses_of_the_next_request(replica: Replica) -> list[int]:
    """Where the status is noted with which the next request for the archive is answered."""
    statuses: list[int] = []

    def note(due: Answer) -> Answer:
        statuses.append(due.status)
        return due

    replica.fail(ZIP, note)
    return statuses


class TestCut:
    @pytest.fixture(autouse=True)
    def _small_pieces(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("pipeline.edgar.large_file.PIECE_BYTES", 256)

    def test_it_goes_on_where_it_was_cut(self, archived: TinyEdgar, ask: Ask, replica: Replica) -> None:
        sent: list[int] = []

        def counted(fault: faults.Fault) -> faults.Fault:
            def send(due: Answer) -> Answer:
                answer = fault(due)
                sent.append(len(answer.body))
                return answer

            return send

        replica.fail(ZIP, counted(faults.short), counted(faults.short), counted(lambda due: due))
        assert len(BULK_ARCHIVE.find(ask("2008-10")).filings) == 2
        size = (archived.archive / "daily-index" / "bulkdata" / ZIP).stat().st_size
        assert len(sent) == 3
        assert size <= sum(sent) < size + 2 * 256  # of what was written nothing is asked for twice

    def test_the_next_run_goes_on_too(self, archived: TinyEdgar, ask: Ask, replica: Replica) -> None:
        replica.fail(ZIP, faults.short, *[faults.status(503)] * 2)
        with pytest.raises(SourceError, match="status 503"):
            BULK_ARCHIVE.find(ask("2008-10"))
        statuses = _statuses_of_the_next_request(replica)
        assert len(BULK_ARCHIVE.find(ask("2008-10")).filings) == 2
        assert statuses == [206]

    def test_the_rest_of_a_new_archive_is_not_joined_to_an_old_part(
        self, archived: TinyEdgar, ask: Ask, replica: Replica
    ) -> None:
        replica.fail(ZIP, faults.short, *[faults.status(503)] * 2)
        with pytest.raises(SourceError):
            BULK_ARCHIVE.find(ask("2008-10"))
        archived.add("0000000901-08-000009", "2008-10-31")
        write_bulk_archive(archived)
        assert len(BULK_ARCHIVE.find(ask("2008-10")).filings) == 3

    def test_a_run_killed_between_download_and_reading_downloads_no_second_time(
        self, archived: TinyEdgar, ask: Ask, replica: Replica, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patched:
            patched.setattr("pipeline.edgar.discovery.bulk_table.exit_filings_in", _killed)
            with pytest.raises(KeyboardInterrupt):
                BULK_ARCHIVE.find(ask("2008-10"))
        statuses = _statuses_of_the_next_request(replica)
        assert len(BULK_ARCHIVE.find(ask("2008-10")).filings) == 2
        assert statuses == [304]

    def test_a_part_that_does_not_fit_is_given_up(
        self, archived: TinyEdgar, ask: Ask, replica: Replica
    ) -> None:
        def elsewhere(due: Answer) -> Answer:
            return Answer(206, due.body, due.content_type, {**due.headers, "Content-Range": "bytes 7-8/9"})

        replica.fail(ZIP, faults.short, elsewhere)
        assert len(BULK_ARCHIVE.find(ask("2008-10")).filings) == 2
        assert replica.asked(ZIP) == 3

    def test_a_full_disk_keeps_no_part(
        self, archived: TinyEdgar, ask: Ask, settings_home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(part: object, response: object, mode: str) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("pipeline.edgar.large_file._Part._write", full)
        with pytest.raises(StorageError, match="No space left on device"):
            BULK_ARCHIVE.find(ask("2008-10"))
        kept = [path.name for path in (settings_home / "raw" / "bulk").iterdir() if path.suffix != ".lock"]
        assert kept == []


def unasked(name: str) -> None:
    raise AssertionError(f"{name} is in the archive")


def _killed(*anything: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (faults.cut, "its table of contents"),
        (faults.error_page, "its table of contents"),
        (faults.body(b""), "its table of contents"),
        (faults.body(b"PK\x05\x06" + b"\0" * 18), "no company"),
    ],
)
def test_what_is_no_archive_is_an_error_and_downloaded_anew(
    archived: TinyEdgar, ask: Ask, replica: Replica, fault: faults.Fault, problem: str
) -> None:
    replica.fail(ZIP, fault)
    with pytest.raises(SourceError, match=rf"{ZIP} .* is damaged \(.*{problem}"):
        BULK_ARCHIVE.find(ask("2008-10"))
    assert len(BULK_ARCHIVE.find(ask("2008-10")).filings) == 2


def test_a_refusal_is_a_block(archived: TinyEdgar, ask: Ask, replica: Replica) -> None:
    replica.fail(ZIP, faults.block_page())
    with pytest.raises(BlockedError):
        BULK_ARCHIVE.find(ask("2008-10"))


class TestMembers:
    def test_a_damaged_one_is_named(self, archived: TinyEdgar, tmp_path: Path) -> None:
        path = write_members(tmp_path / "damaged.zip", members(archived))
        data = path.read_bytes()
        at = data.index(b"CIK0000000310.json") + 40
        path.write_bytes(data[:at] + b"\xff" + data[at + 1 :])
        with pytest.raises(ValueError, match=r"CIK0000000310\.json: Bad CRC-32"):
            list(exit_filings_in(path, unasked))

    def test_an_older_file_that_is_not_there_is_asked_for_by_itself(
        self, archived: TinyEdgar, ask: Ask, replica: Replica
    ) -> None:
        held = members(archived)
        older = "CIK0000000101-submissions-001.json"
        del held[older]
        write_members(archived.archive / "daily-index" / "bulkdata" / ZIP, held)
        assert len(BULK_ARCHIVE.find(ask("2008-10")).filings) == 2
        assert replica.asked(older) == 1
        (archived.root / "submissions" / older).unlink()
        later = ask("2008-10", today=TODAY + dt.timedelta(days=9))
        write_members(archived.archive / "daily-index" / "bulkdata" / ZIP, {**held, "new.txt": b"night"})
        with pytest.raises(SourceError, match=older):
            BULK_ARCHIVE.find(later)

    @pytest.mark.parametrize("data", [b'{"2.05"', b'["2.05"]', b'{"cik": "0000000310", "2.05": 1}'])
    def test_a_malformed_one_is_named(self, archived: TinyEdgar, tmp_path: Path, data: bytes) -> None:
        path = write_members(tmp_path / "malformed.zip", members(archived) | {"CIK0000000310.json": data})
        with pytest.raises(ValueError, match=r"CIK0000000310\.json: "):
            list(exit_filings_in(path, unasked))

    def test_one_that_would_fill_the_memory_is_refused(
        self, archived: TinyEdgar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bulk_archive, "MOST_MEMBER_BYTES", 100)
        with pytest.raises(ValueError, match="would unpack to"):
            list(exit_filings_in(write_members(tmp_path / "large.zip", members(archived)), unasked))
