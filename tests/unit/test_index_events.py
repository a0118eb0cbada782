"""The counts of what went wrong, by several processes and where nothing can be written."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from core.settings import Settings
from index import index_status
from index.events import QUOTES_WITHHELD, count_event, event_count

ROOT = Path(__file__).parents[2]


@pytest.fixture
def settings(tmp_path) -> Settings:
    (tmp_path / "default").mkdir()
    return Settings(home=tmp_path)


def test_counts_add_up_and_are_told_by_the_status(settings):
    assert event_count(settings, QUOTES_WITHHELD) == 0
    count_event(settings, QUOTES_WITHHELD)
    count_event(settings, QUOTES_WITHHELD, 2)
    assert event_count(settings, QUOTES_WITHHELD) == 3
    assert index_status(settings).quotes_withheld == 3


def test_two_processes_lose_no_count(settings):
    code = (
        "from pathlib import Path; import sys\nfrom core.settings import Settings\n"
        "from index.events import count_event\n"
        "for _ in range(40): count_event(Settings(home=Path(sys.argv[1])), 'e')"
    )
    run = [sys.executable, "-c", code, str(settings.home)]
    both = [subprocess.Popen(run, cwd=ROOT) for _ in range(2)]
    assert [process.wait(timeout=60) for process in both] == [0, 0]
    assert event_count(settings, "e") == 80


def test_a_home_that_cannot_be_written_to_harms_nothing(tmp_path, caplog):
    blocked = tmp_path / "home"
    blocked.write_text("a file, so that nobody, root neither, can make a folder in it", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        count_event(Settings(home=blocked), QUOTES_WITHHELD)
    assert "cannot count quotes_withheld" in caplog.text
    assert event_count(Settings(home=blocked), QUOTES_WITHHELD) == 0


@pytest.mark.parametrize("broken", ["", "[1]", '{"quotes_withheld": "x"}', "{"])
def test_a_broken_count_begins_anew(settings, broken):
    (settings.home / "default" / "events.json").write_text(broken, encoding="utf-8")
    count_event(settings, QUOTES_WITHHELD)
    assert event_count(settings, QUOTES_WITHHELD) == 1
