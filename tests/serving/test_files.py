"""Files and parts of them, as RFC 9110 (section 14) has it, whoever sends them."""

import io
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.serving.files import Elsewhere, File, Place, Sent, part_asked_for

MODIFIED = "Mon, 30 Nov 2026 11:49:34 GMT"
HEADERS = [
    ("Content-Type", "image/png"),
    ("ETag", '"abc"'),
    ("Last-Modified", MODIFIED),
    ("Content-Length", "10"),
]
WHOLE = Place("/media/a.png", 0, 10)


def asked(
    part: str, *, method: str = "GET", if_range: str = "", status: int = 200, place: Place = WHOLE
) -> Sent:
    environ = {"REQUEST_METHOD": method} | ({"HTTP_IF_RANGE": if_range} if if_range else {})
    return part_asked_for(environ, part, status, HEADERS, place)


@pytest.mark.parametrize(
    ("part", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=2-5", 2, 6),
        ("bytes=2-", 2, 10),
        ("bytes=-3", 7, 10),
        ("bytes=-300", 0, 10),
        ("bytes=5-500", 5, 10),
        ("Bytes = 2-5", 2, 6),
    ],
)
def test_one_part_is_sent(part: str, start: int, end: int) -> None:
    sent = asked(part)

    assert (sent.status, sent.place) == (206, Place("/media/a.png", start, end))
    headers = dict(sent.headers)
    assert headers["Content-Range"] == f"bytes {start}-{end - 1}/10"
    assert headers["Content-Length"] == str(end - start)
    assert headers["ETag"] == '"abc"'


@pytest.mark.parametrize(
    "part",
    [
        "",
        "bytes=",
        "bytes=-",
        "bytes=5-2",
        "bytes=a-b",
        "bytes=0-1,4-5",
        "lines=1-2",
        "bytes=٣-٤",
        "0-4",
        # More digits than Python reads.
        "bytes=0-" + "9" * 5_000,
        "bytes=" + "9" * 5_000 + "-",
    ],
)
def test_what_is_no_part_gets_the_whole(part: str) -> None:
    sent = asked(part)

    assert (sent.status, sent.place) == (200, WHOLE)
    assert dict(sent.headers)["Accept-Ranges"] == "bytes"
    assert dict(sent.headers)["Content-Length"] == "10"


@pytest.mark.parametrize("part", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused_with_the_size(part: str) -> None:
    sent = asked(part)

    assert (sent.status, sent.place) == (416, None)
    assert dict(sent.headers)["Content-Range"] == "bytes */10"


@pytest.mark.parametrize(
    ("if_range", "status"),
    [
        ('"abc"', 206),
        ('"other"', 200),
        ('W/"abc"', 200),
        (MODIFIED, 206),
        ("Mon, 30 Nov 2026 11:49:33 GMT", 200),
    ],
)
def test_a_reader_with_a_part_of_another_file_gets_the_whole(if_range: str, status: int) -> None:
    assert asked("bytes=2-5", if_range=if_range).status == status


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_parts_are_for_get_alone(method: str) -> None:
    assert asked("bytes=2-5", method=method).status == 200


def test_what_is_not_the_file_itself_is_not_cut() -> None:
    assert asked("bytes=2-5", status=404).status == 404


@given(st.integers(0, 50), st.lists(st.integers(0, 60), max_size=4))
def test_the_parts_of_a_file_are_the_file(size: int, cuts: list[int]) -> None:
    place = Place("/media/a.png", 0, size)
    edges = [0, *sorted(set(cuts) - {0}), 10**9]
    got = [asked(f"bytes={first}-{last - 1}", place=place) for first, last in itertools.pairwise(edges)]

    sent = [part.place for part in got if part.status == 206 and part.place]
    assert sum(part.end - part.start for part in sent) == size
    assert all(one.end == other.start for one, other in itertools.pairwise(sent))


def test_the_place_of_an_open_file_is_told_and_of_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"0123456789")
    with path.open("rb") as opened:
        opened.seek(4)
        assert File(opened).place() == Place(str(path), 4, 10)
        path.unlink()
        path.write_bytes(b"another of this name")
        assert File(opened).place() is None
    assert File(io.BytesIO(b"in memory")).place() is None
    assert b"".join(File(io.BytesIO(b"in memory"), 3)) == b"in memory"


def test_the_server_before_us_is_told_which_file_by_a_name_that_only_it_knows(tmp_path: Path) -> None:
    media, other = tmp_path / "media", tmp_path / "other"
    for folder in (media / "documents", other):
        folder.mkdir(parents=True)
        (folder / "a b%c?.pdf").write_bytes(b"x")
    (media / "out.pdf").symlink_to(other / "a b%c?.pdf")
    elsewhere = Elsewhere({media: "/-media/"})

    def sent(path: Path, status: int = 200) -> Sent | None:
        return elsewhere.sends(status, HEADERS, Place(str(path), 0, 1))

    told = sent(media / "documents" / "a b%c?.pdf")
    assert told
    assert told.place is None
    assert dict(told.headers)["X-Accel-Redirect"] == "/-media/documents/a%20b%25c%3F.pdf"
    assert "Content-Length" not in dict(told.headers)
    assert sent(other / "a b%c?.pdf") is None
    assert sent(media / "out.pdf") is None
    assert sent(media / "documents" / "a b%c?.pdf", status=404) is None
