"""What the fields of imported sites are: who may say it, what is shown, and what becomes of it."""

import re

import lxml.html
import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from standfirst.articles.models import ArticlePage
from standfirst.importers.models import ImportedRecord, ImportSource
from standfirst.importers.run import import_archive
from tests.importers.exports import post, write

# Where a row has the name of a field, in how many records it is, and an example.
PARTS = ("div[1]/*[1]", "div[1]/p", "p")


def a_source(*raws, format="wordpress", address="lantern.example", rules=None) -> ImportSource:
    source = ImportSource.objects.create(format=format, address=address, rules=rules or {})
    for number, fields in enumerate(raws):
        ImportedRecord.objects.create(
            source=source, target="article", key=f"post:{number}", target_id=number, raw={"fields": fields}
        )
    return source


def shown(client: Client, source: ImportSource) -> str:
    answer = client.get(reverse("import_fields", args=[source.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def say(client: Client, source: ImportSource, **uses: str):
    said = {}
    for number, (name, use) in enumerate(uses.items()):
        said |= {f"field-{number}": name, f"use-{number}": use}
    return client.post(reverse("import_fields", args=[source.pk]), said, follow=True)


def rows(html: str) -> list[tuple[str, str, str]]:
    """Name, records and example of each field that is shown."""
    found = lxml.html.fromstring(html).xpath("//ul[@class='imports-fields']/li")
    return [tuple(" ".join(row.find(part).text_content().split()) for part in PARTS) for row in found]


# ------------------------------------------------------------------------------------------------------ permissions


@pytest.mark.parametrize(
    ("groups", "may"),
    [((), False), (("Editors",), False), (("Moderators",), True), (("Editors", "Moderators"), True)],
)
def test_whoever_may_publish_may_say_what_fields_are(desk, groups, may) -> None:
    source = a_source({"mood": "calm"})
    client = desk(*groups)

    for path in (reverse("import_sources"), reverse("import_fields", args=[source.pk])):
        assert (client.get(path).status_code == 200) == may
    say(client, source, mood="standfirst")
    assert ImportSource.objects.get().rules == ({"fields": {"mood": "standfirst"}} if may else {})


def test_the_permission_alone_may_be_given_to_somebody(desk) -> None:
    source = a_source({"mood": "calm"})
    user = User.objects.create_user("mover")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "change_importsource"]))
    client = Client()
    client.force_login(user)

    assert "mood" in shown(client, source)
    assert "Imported sites" in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(reverse("review")).status_code == 302


def test_only_those_who_may_are_shown_the_way(desk) -> None:
    for group, is_there in (("Moderators", True), ("Editors", False)):
        home = desk(group).get(reverse("wagtailadmin_home")).content.decode()
        assert ("Imported sites" in home) is is_there


# ----------------------------------------------------------------------------------------------------- what is shown


def test_each_site_is_listed_with_how_much_came_of_it(desk) -> None:
    a_source({"mood": "calm"}, {}, address="lantern.example", rules={"fields": {"mood": "nothing"}})
    a_source({}, format="tables", address="archive.csv")

    page = " ".join(desk("Moderators").get(reverse("import_sources")).content.decode().split())

    assert re.search(r"lantern\.example</a>.*?a WordPress export.*?<td>2</td> <td>1</td>", page)
    assert re.search(r"archive\.csv</a>.*?<td>1</td> <td>0</td>", page)


def test_fields_are_counted_with_an_example_without_addresses_of_mail(desk) -> None:
    source = a_source(
        {"mood": "calm", "_acme_x": "1"},
        {"mood": "", "desk": "Write to ada@lantern.example"},
        {"mood": "wild", "_acme_x": "2", "_acme_y": "<script>"},
    )
    a_source({"other": "x"}, address="other.example")

    found = rows(shown(desk("Moderators"), source))

    assert [(name, records) for name, records, _ in found] == [
        ("mood", "3 records"),
        ("desk", "one record"),
        ("_acme_x", "2 records"),
        ("_acme_y", "one record"),
    ]
    assert [example for _, _, example in found] == ["wild", "Write to …", "2", "<script>"]


def test_a_field_that_is_read_as_was_said_is_shown_with_what_it_is(desk) -> None:
    source = a_source({"mood": "calm"}, rules={"fields": {"scribe": "byline"}})

    page = shown(desk("Moderators"), source)

    assert rows(page)[0][:2] == ("scribe", "read as you said")
    assert '<option value="byline" selected>' in page


def test_where_archives_say_it_themselves_there_is_nothing_to_choose(desk) -> None:
    source = a_source({"prism": "x"}, format="nitf")

    page = shown(desk("Moderators"), source)

    assert rows(page) == [("prism", "one record", "x")]
    assert "<select" not in page
    say(desk("Moderators", "Editors"), source, prism="byline")
    assert ImportSource.objects.get().rules == {}


def test_what_was_kept_in_another_shape_breaks_nothing(desk) -> None:
    source = a_source({"mood": "calm"}, [], "words", None, {"deep": {"a": "b"}, "empty": None})
    ImportedRecord.objects.create(source=source, target="page", key="x", target_id=9, raw={})

    assert {name for name, _, _ in rows(shown(desk("Moderators"), source))} >= {"mood", "deep", "empty"}


# ------------------------------------------------------------------------------------------------- what becomes of it


def test_what_is_said_is_kept_and_on_record(desk) -> None:
    source = a_source(
        {"Mood": "calm", "scribe": "Ada"}, rules={"fields": {"old": "nothing"}, "pages": ["x/*"]}
    )

    answer = say(desk("Moderators"), source, Mood="standfirst", scribe="", old="")

    assert "takes effect when the archive of this site is imported again" in answer.content.decode()
    assert ImportSource.objects.get().rules == {"fields": {"mood": "standfirst"}, "pages": ["x/*"]}
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.user.username) == ("wagtail.edit", "user-of-Moderators")


def test_what_a_field_cannot_be_is_refused_and_nothing_is_stored(desk) -> None:
    source = a_source({"mood": "calm", "scribe": "Ada"})

    answer = say(desk("Moderators"), source, scribe="byline", mood="weather")

    assert "A field of this site can&#x27;t be that" in answer.content.decode()
    assert ImportSource.objects.get().rules == {}


def test_what_was_said_at_the_desk_holds_at_the_next_import(desk, tmp_path, settings) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    export = write(tmp_path, post(1, "A headline", meta=(("mood", "calm"),)))
    import_archive(export, processes=1)
    assert ArticlePage.objects.get().standfirst == ""

    say(desk("Moderators"), ImportSource.objects.get(), mood="standfirst")
    report = import_archive(export, processes=1)

    assert report.remembered == ("--field mood=standfirst",)
    assert ArticlePage.objects.get().standfirst == "calm"


def test_a_site_that_is_not_there_is_not_found(desk) -> None:
    client = desk("Moderators")

    assert client.get(reverse("import_fields", args=[1])).status_code == 404
    assert client.post(reverse("import_fields", args=[1])).status_code == 404


def test_the_screen_of_a_site_takes_few_queries_however_many_records(
    desk, django_assert_max_num_queries
) -> None:
    source = a_source(*({f"field{number % 7}": "x"} for number in range(200)))
    client = desk("Moderators")
    shown(client, source)

    with django_assert_max_num_queries(25):
        shown(client, source)
