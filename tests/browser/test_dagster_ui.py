"""Dagster's UI as `make ui` starts it: a month materialized by clicking, and what it then shows."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched

ROOT = Path(__file__).parents[2]
MONTH = "2014-06"
"""Of the samples a month with a plan whose parts do not add up to its total, which a check notices."""
FAILING_CHECK = "exit_plans__parts_add_up"
FILING = "0009990900-14-003312"
PATIENCE = 180_000
"""Milliseconds; a run needs ten seconds, on a busy machine far more."""


@pytest.fixture(scope="module")
def ui(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of webserver and daemon of an empty home, started by `make ui`, ended with the tests."""
    home = tmp_path_factory.mktemp("ui-home")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("EXIT_", "DAGSTER_"))}
    log = (home / "ui.log").open("wb")
    process = subprocess.Popen(
        ["make", "ui", f"PORT={port}"],
        cwd=ROOT,
        env={**kept, "EXIT_CHARGES_HOME": str(home)},
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_it_answers(address, process, home / "ui.log")
        yield address
    finally:
        # As with Ctrl-C in a terminal: webserver, daemon and code server end by themselves.
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        log.close()


def _wait_until_it_answers(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            if requests.get(f"{address}/server_info", timeout=5).ok:
                return
        except requests.RequestException:
            time.sleep(0.3)
    pytest.fail(log.read_text())


def test_a_month_materialized_by_clicking(ui: str, page: Page, watched: Watched) -> None:
    page.goto(f"{ui}/asset-groups")
    for group in ("edgar", "staged", "published", "warehouse"):
        expect(page.get_by_text(group, exact=True).first).to_be_visible(timeout=PATIENCE)

    page.goto(f"{ui}/locations/exit_charges/jobs/month")
    page.get_by_role("button", name="Materialize all").click()
    months = page.get_by_role("dialog").get_by_placeholder("ex: 2004-08")
    months.fill(MONTH)
    months.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Launch 1 run").click()
    expect(page.get_by_role("dialog")).to_be_hidden(timeout=PATIENCE)

    page.goto(f"{ui}/runs")
    expect(page.get_by_text(f"partition: {MONTH}")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Success", exact=True)).to_be_visible(timeout=PATIENCE)

    # A check that failed, and the rows that fail it with their words.
    page.goto(f"{ui}/assets/staged/exit_charges?view=checks&checkDetail={FAILING_CHECK}")
    expect(page.get_by_text("Failed", exact=True).first).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text(FILING).first).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("does_not_add_up").first).to_be_visible()

    # What the month holds, as a table and as a chart.
    page.goto(f"{ui}/assets/staged/exit_charges?view=partitions&partition={MONTH}")
    expect(page.get_by_text("charges_by_category").first).to_be_visible(timeout=PATIENCE)
    page.get_by_text("[Show Markdown]").click()
    chart = page.get_by_role("img", name="Charges by category, USD million")
    expect(chart).to_be_visible(timeout=PATIENCE)
    assert chart.evaluate("image => image.complete && image.naturalWidth") > 300
    assert watched.foreign == []
