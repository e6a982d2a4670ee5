"""`standfirst bylines` works on files of JSON lines, outside of any publication."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.made import environment


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_each_line_comes_back_with_its_credits(standfirst: Run) -> None:
    result = standfirst(
        "bylines",
        "parse",
        input='{"id": 7, "raw": "By Ada Quill, Deputy Editor"}\n\n{"raw": "Madonna", "field": "byline"}\n',
    )

    assert (result.returncode, result.stderr) == (0, "")
    assert lines(result.stdout) == [
        {
            "id": 7,
            "raw": "By Ada Quill, Deputy Editor",
            "credits": [{"name": "Ada Quill", "role": "author", "kind": "person", "title": "Deputy Editor"}],
            "sure": True,
        },
        {
            "raw": "Madonna",
            "field": "byline",
            "credits": [{"name": "Madonna", "role": "author", "kind": "person"}],
            "sure": False,
            "doubts": ["“Madonna” is one word: is it a person, a handle or an organisation?"],
        },
    ]


def test_a_file_is_read_into_a_file(standfirst: Run, tmp_path: Path) -> None:
    source, output = tmp_path / "bylines.jsonl", tmp_path / "read.jsonl"
    source.write_text('\ufeff{"raw": "作者：张三"}\n', encoding="utf-8")

    result = standfirst("bylines", "parse", source, "--output", output)

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert [line["credits"] for line in lines(output.read_text(encoding="utf-8"))] == [
        [{"name": "张三", "role": "author", "kind": "person"}]
    ]
    assert {path.name for path in tmp_path.iterdir()} == {"bylines.jsonl", "read.jsonl"}


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (b"By Ada Quill", "Line 2 is not JSON: write one object a line"),
        (b'["Ada Quill"]', "Line 2 is not an object: write one"),
        (b'{"byline": "Ada Quill"}', "Line 2 has no `raw`: write it in quotation marks"),
        (b'{"raw": 7}', "Line 2 has a `raw` that is not a text"),
        (b'{"raw": "Ada", "organisations": "The Lantern"}', "Line 2 has `organisations` that are not a list"),
        (b'{"raw": "Jos\xe9"}', "Line 2 is not in UTF-8: save the file in that encoding."),
        (b"[" * 100_000, "Line 2 is not JSON"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_overwritten(
    standfirst: Run, tmp_path: Path, bad: bytes, told: str
) -> None:
    source, output = tmp_path / "bylines.jsonl", tmp_path / "read.jsonl"
    source.write_bytes(b'{"raw": "Ada Quill"}\n' + bad + b"\n")
    output.write_text("as before", encoding="utf-8")

    result = standfirst("bylines", "parse", source, "--output", output)

    assert result.returncode == 2
    assert told in result.stderr
    assert "Traceback" not in result.stderr
    assert output.read_text(encoding="utf-8") == "as before"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_missing_file_and_a_missing_folder_are_named(standfirst: Run, tmp_path: Path) -> None:
    source = tmp_path / "bylines.jsonl"
    source.write_text('{"raw": "Ada Quill"}\n', encoding="utf-8")

    without_source = standfirst("bylines", "parse", tmp_path / "nothing.jsonl")
    without_folder = standfirst("bylines", "parse", source, "--output", tmp_path / "nowhere" / "read.jsonl")

    assert (without_source.returncode, without_folder.returncode) == (2, 2)
    assert "nothing.jsonl cannot be read (No such file or directory)" in without_source.stderr
    assert "read.jsonl cannot be written (No such file or directory)" in without_folder.stderr


def test_lines_of_one_publication_settle_each_other_and_no_others(standfirst: Run) -> None:
    raws = ["Juan Carlos y Mar", "Juan Carlos", "Mar"]
    source = "\n".join(json.dumps({"raw": raw, "publication": "Lantern"}) for raw in raws)

    together = standfirst("bylines", "parse", input=source)
    alone = standfirst("bylines", "parse", input=json.dumps({"raw": raws[0]}))

    [told, *_], [asked] = lines(together.stdout), lines(alone.stdout)
    assert [credit["name"] for credit in told["credits"]] == ["Juan Carlos", "Mar"]
    assert "“Juan Carlos y Mar” may be one person, or two." not in told.get("doubts", [])
    assert "“Juan Carlos y Mar” may be one person, or two." in asked["doubts"]


def test_bylines_are_read_without_django() -> None:
    probe = (
        "import sys; from click.testing import CliRunner; from standfirst.cli.group import cli;"
        'assert CliRunner().invoke(cli, ["bylines", "parse"], input=\'{"raw": "Ada"}\').exit_code == 0;'
        "print([module for module in sys.modules if module.partition('.')[0] in ('django', 'wagtail', 'rich')])"
    )

    result = subprocess.run(
        [sys.executable, "-c", probe], env=environment(), capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "[]"


def test_two_names_are_compared(standfirst: Run) -> None:
    result = standfirst(
        "bylines",
        "match",
        input='{"a": "Ada Quill", "b": "Ada QUILL", "id": 1}\n{"a": "Ada Quill", "b": "Ben Marsh", "id": 2}\n',
    )

    assert (result.returncode, result.stderr) == (0, "")
    assert [(line["id"], line["verdict"], bool(line["why"])) for line in lines(result.stdout)] == [
        (1, "same", True),
        (2, "different", True),
    ]


def test_a_pair_without_its_second_name_is_named(standfirst: Run) -> None:
    result = standfirst("bylines", "match", input='{"a": "Ada Quill"}\n')

    assert result.returncode == 2
    assert "Line 1 has no `b`: write it in quotation marks" in result.stderr
