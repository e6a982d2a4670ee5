"""What editors see first: that readers may be seeing old pages, when they may."""

from datetime import timedelta

from django.utils import timezone

from standfirst.pagecache.models import PendingPurge
from tests.pagecache.keeping import pagecache

FASTLY = {"kind": "fastly", "service": "x", "token": "s3cret"}


def waiting_for(minutes: int, **fields: object) -> None:
    at = timezone.now() - timedelta(minutes=minutes)
    PendingPurge.objects.create(keys=["article:1"], created_at=at, due_at=timezone.now(), **fields)


def home(client) -> str:
    return client.get("/admin/").content.decode()


def test_the_tab_says_whose_desk_it_is(desk):
    title = home(desk("Editors")).partition("<title>")[2].partition("</title>")[0]

    assert title.endswith("- The Test")
    assert "Wagtail" not in title


def test_editors_are_told_when_a_cache_outside_can_not_be(desk):
    waiting_for(6, attempts=9, error="Fastly answered 403: <b>no</b>")

    with pagecache(purger=FASTLY):
        page = home(desk("Editors"))

    assert "Readers behind Fastly may be seeing old pages since" in page
    assert "Fastly answered 403: &lt;b&gt;no&lt;/b&gt;" in page
    assert "s3cret" not in page


def test_they_are_told_when_nobody_tells_it(desk):
    waiting_for(6)

    with pagecache(purger=FASTLY):
        assert "Nothing has told it of the changes." in home(desk("Editors"))


def test_they_are_not_troubled_by_a_short_failure_or_when_there_is_no_such_cache(desk):
    editor = desk("Editors")
    waiting_for(4, attempts=9, error="x")
    with pagecache(purger=FASTLY):
        assert "old pages" not in home(editor)

    waiting_for(6, attempts=9, error="x")
    assert "old pages" not in home(editor)
