"""Redirects and missing pages take a bounded room of their own."""

import os

from standfirst.pagecache.answers import answer_of
from standfirst.pagecache.signposts import Signpost, Signposts


def a_signpost(body: bytes = b"none") -> Signpost:
    return Signpost(answer_of(404, [], body, now=0), {"publication": 0})


def test_no_more_are_kept_than_there_is_room_for():
    signposts = Signposts(most=50)

    for number in range(10_000):
        signposts.keep(f"/{number}/", a_signpost())

    assert len(signposts) == 50


def test_large_ones_take_no_more_bytes_than_there_is_room_for():
    one = a_signpost()
    signposts = Signposts(most_bytes=10 * one.answer.size_in_memory)

    for number in range(100):
        signposts.keep(f"/{number}/", a_signpost())

    assert len(signposts) == 10


def test_one_that_is_larger_than_all_the_room_is_not_kept_and_leaves_none_unaccounted():
    one = a_signpost()
    signposts = Signposts(most_bytes=one.answer.size_in_memory)
    signposts.keep("/large/", a_signpost(os.urandom(5_000)))
    assert len(signposts) == 0

    signposts.keep("/a/", one)
    assert signposts.get("/a/") is one


def test_the_least_recently_used_goes_first():
    signposts = Signposts(most=2)
    signposts.keep("/a/", a_signpost())
    signposts.keep("/b/", a_signpost())
    assert signposts.get("/a/") is not None

    signposts.keep("/c/", a_signpost())

    assert signposts.get("/a/") is not None
    assert signposts.get("/b/") is None


def test_one_kept_again_takes_the_place_of_the_first():
    signposts = Signposts(most=2)
    newer = a_signpost(b"newer")
    for _ in range(5):
        signposts.keep("/a/", a_signpost())
    signposts.keep("/a/", newer)

    assert len(signposts) == 1
    assert signposts.get("/a/") is newer
