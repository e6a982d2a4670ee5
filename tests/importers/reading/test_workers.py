"""Other processes read ahead; what they find comes in the order of the archive, and they end with whoever started them."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from standfirst.importers.reading.workers import in_batches, read_in_parts
from tests.importers.folders import sites
from tests.importers.pages import site as saved

ORPHANS = """
import os, time
from standfirst.importers.reading.workers import read_in_parts
from tests.importers.reading.test_workers import whose

if __name__ == "__main__":
    found = read_in_parts(whose, range(99), expected=0, processes=2)
    print(next(found), flush=True)
    time.sleep(60)
"""


def doubled(part: list[int]) -> list[int]:
    time.sleep(0.02 * (part[0] % 3))  # the later part is often there first
    if 13 in part:
        raise ValueError("13 cannot be doubled.")
    return [2 * number for number in part]


def whose(part: int) -> int:
    return os.getpid()


def test_what_processes_read_comes_in_the_order_of_the_parts() -> None:
    parts = list(in_batches(range(100, 400), most=7))

    found = list(read_in_parts(doubled, parts, expected=0, processes=3))

    assert found == [doubled(part) for part in parts]


def test_a_readers_error_is_raised_where_its_part_would_have_come() -> None:
    found = read_in_parts(doubled, in_batches(range(100), most=5), expected=0, processes=3)

    assert [next(found), next(found)] == [[0, 2, 4, 6, 8], [10, 12, 14, 16, 18]]
    with pytest.raises(ValueError, match="13 cannot be doubled"):
        next(found)


def test_readers_end_when_whoever_started_them_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ORPHANS], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
    ) as parent:
        assert parent.stdout is not None
        reader = Path(f"/proc/{parent.stdout.readline().strip()}")
        assert reader.exists()
        parent.kill()

    for _ in range(100):
        if not reader.exists() or "\nState:\tZ" in (reader / "status").read_text():
            return
        time.sleep(0.1)
    pytest.fail("The reader is still there ten seconds after.")


def test_a_folder_of_texts_is_the_same_read_by_one_process_or_by_several(tmp_path: Path) -> None:
    files = {
        f"_posts/20{number % 20:02}-01-02-text-{number}.md": sites.post(
            f"Text {number}", author=f"Ada {'Quill' if number % 2 else 'Marsh'}", tags=f"[t{number % 5}]"
        )
        for number in range(900)
    }
    archive = sites.opened(sites.site(tmp_path / "site", {"_config.yml": "title: Lantern\n", **files}))

    several = list(archive.drafts(processes=3))

    assert archive.expected == len(several) == 900
    assert several == list(archive.drafts(processes=1))


def test_a_folder_of_pages_is_the_same_read_by_one_process_or_by_several(tmp_path: Path) -> None:
    pages = {
        f"/{number}/": saved.article(
            f"The Ferry {number}", byline=saved.signed("Ada Quill"), address=f"/{number}/"
        )
        for number in range(100)
    }
    saved.save(tmp_path, pages)
    archive = sites.opened(tmp_path)

    several = list(archive.drafts(processes=3))

    assert archive.expected == len(several) == 100
    assert several == list(archive.drafts(processes=1))
