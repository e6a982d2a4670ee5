"""`standfirst review` as its users run it: a process of its own, in a terminal or not."""

import json
import os
import pty
import select
import shutil
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.made import environment

TWO_WHO_ARE_ONE = """
from standfirst.contributors.actions import create_contributor
from standfirst.review.actions import ask_about_duplicate
ada, other, third = (create_contributor(display_name=name, by=None) for name in ("Ada Quill", "A. Quill", "Q. Ada"))
for one, score in ((other, 0.9), (third, 0.5)):
    ask_about_duplicate(first=ada, second=one, score=score, reasons=["An initial."], source="test")
"""


@pytest.fixture
def asking(made: tuple[Path, str], standfirst: Run, tmp_path: Path) -> Path:
    """A publication with two open questions."""
    home = tmp_path / "asking"
    shutil.copytree(made[0], home)
    result = standfirst("manage", "--home", home, "shell", "--no-imports", "-c", TWO_WHO_ARE_ONE)
    assert result.returncode == 0, result.stderr
    return home


def test_without_a_terminal_it_says_how_many_are_open(asking: Path, standfirst: Run) -> None:
    result = standfirst("review", "--home", asking)

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.split() == ["2", "probable", "duplicates", "0", "doubtful", "bylines"]


def test_the_questions_are_listed_for_people_and_for_programs(asking: Path, standfirst: Run) -> None:
    said = standfirst("review", "list", "--home", asking).stdout
    lines = standfirst("review", "--home", asking, "list", "--json").stdout.splitlines()

    assert "Ada Quill (/author/ada-quill/) = A. Quill (/author/a-quill/)?" in said
    first = json.loads(lines[0])
    assert [one["slug"] for one in first["contributors"]] == ["ada-quill", "a-quill"]
    assert first["reasons"] == ["An initial."]


def test_out_as_a_spreadsheet_and_in_again(asking: Path, standfirst: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "questions.csv"

    out = standfirst("review", "export", sheet, "--home", asking)
    again = standfirst("review", "export", sheet, "--home", asking)
    sheet.write_text(sheet.read_text("utf-8").replace('"","probable', '"different","probable'), "utf-8")
    taken = standfirst("review", "import", sheet, "--home", asking)
    twice = standfirst("review", "import", sheet, "--home", asking)

    assert out.stdout.startswith("2 questions written to")
    assert (again.returncode, "--force" in again.stderr) == (2, True)
    assert taken.stdout.split() == ["2", "different"]
    assert twice.stdout.splitlines()[0] == "Nothing new is decided in it."


def test_a_bad_spreadsheet_is_one_sentence_and_status_2(
    asking: Path, standfirst: Run, tmp_path: Path
) -> None:
    sheet = tmp_path / "bad.csv"
    sheet.write_text("question,decision\nq1,merge\n")

    result = standfirst("review", "import", sheet, "--home", asking)

    assert result.returncode == 2
    assert result.stderr.startswith("Error: bad.csv, row 2: ")
    assert "Traceback" not in result.stderr


def test_looking_for_duplicates_asks_nothing_twice(asking: Path, standfirst: Run) -> None:
    standfirst("review", "find", "--home", asking)

    result = standfirst("review", "find", "--json", "--home", asking)

    assert json.loads(result.stdout) == {"compared": 3, "asked": 0}


def test_in_a_terminal_each_question_takes_one_key(asking: Path, standfirst: Run) -> None:
    # Two different ones; that was wrong, undo; one and the same; stop.
    shown = typed(asking, "d", "u", "a", "q")

    assert "one: keep the first" in shown
    assert "A. Quill" in shown
    open_now = standfirst("review", "--home", asking).stdout.split()[0]
    assert open_now == "1"


def test_the_last_answer_of_all_can_be_taken_back_too(asking: Path, standfirst: Run) -> None:
    shown = typed(asking, "d", "d", "u", "q")

    assert "undo the last answer" in shown
    assert standfirst("review", "--home", asking).stdout.split()[0] == "1"


def typed(home: Path, *keys: str) -> str:
    """What a terminal shows while these keys are pressed, each once the program waits for it."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "standfirst", "review", "--home", str(home)]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment())
    os.close(theirs)
    shown = ""
    try:
        for number, key in enumerate(keys, 1):
            while shown.count("stop") < number:
                assert select.select([ours], [], [], 30)[0], shown
                shown += os.read(ours, 4096).decode("utf-8", "replace")
            # Keys pressed before the program listens for single ones are thrown away, as in any terminal.
            while termios.tcgetattr(ours)[3] & termios.ICANON:
                assert process.poll() is None, shown
                time.sleep(0.01)
            os.write(ours, key.encode())
        process.wait(timeout=30)
    finally:
        process.kill()
        os.close(ours)
    return shown
