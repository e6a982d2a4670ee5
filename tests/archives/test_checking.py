"""What breaks a promise is found, named as what it is, and nothing else is."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_django
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from standfirst.addresses.redirects import lead_to_page
from standfirst.archives.checking import CHECKS, Finding
from standfirst.archives.checking.marks import SHOWN, printed_marks
from standfirst.articles.actions import create_article, found_article_index, save_article
from standfirst.articles.bulk import NewArticle, store_articles
from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit, Role
from standfirst.config import checks
from standfirst.contributors.actions import change_slug, create_contributor
from standfirst.contributors.models import Alias
from standfirst.identity.actions import rename, withdraw
from standfirst.publications.actions import found_publication, save_section, save_topic
from standfirst.publications.models import PublicationPage, Section, Topic

pytestmark = pytest.mark.django_db

MARCH = datetime(2015, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def ids(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[dict[str, int]]:
    """A small magazine with something of everything, the ids of its things by name.

    Made once: every test works inside this transaction, and undoes what it does.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield made_by_actions()
        transaction.set_rollback(True)


def made_by_actions() -> dict[str, int]:
    """Made by the actions that editors and imports use."""
    front = found_publication(name="The Test", address="http://testserver")
    index = found_article_index(front)
    about = PublicationPage(title="About", slug="about")
    front.add_child(instance=about)
    rivers, weather = (save_section(Section(name=name), by=None) for name in ("Rivers", "Weather"))
    floods, mills, ice = (save_topic(Topic(name=name), by=None) for name in ("Floods", "Mills", "Ice"))
    ada = create_contributor(display_name="Ada Quill", note="Writes about rivers.", by=None)
    ben = create_contributor(display_name="Benedikt von Stein", by=None)
    cleo = create_contributor(display_name="Cleo Marsh", by=None)
    editors = create_contributor(display_name="The Editors", kind="house_name", by=None)
    alias = Alias.objects.create(contributor=ada, name="A. Q.", kind=Alias.AliasKind.PEN_NAME)

    river = create_article(
        headline="The slow river",
        by=None,
        credits=[(ada, "author"), (ben, "author"), (cleo, "translator")],
        section=rivers,
        topics=[floods, mills],
        publish=True,
        published_at=MARCH,
    )
    mill = create_article(
        headline="The mill",
        by=None,
        credits=[(cleo, "photographer"), (cleo, "illustrator"), (ada, "photographer"), (ada, "author")],
        section=weather,
        topics=[mills],
        publish=True,
    )
    create_article(headline="Unsigned", by=None, publish=True)
    draft = create_article(
        headline="Not yet", by=None, credits=[(ada, "author")], section=rivers, topics=[floods]
    )
    embargoed = create_article(
        headline="Under embargo",
        by=None,
        credits=[(ben, "author")],
        section=rivers,
        topics=[mills],
        publish=True,
        embargoed_until=timezone.now() + timedelta(days=9),
    )
    create_article(headline="Gone", by=None, credits=[(ben, "author")], publish=True).unpublish()
    imported = ArticlePage(title="Imported", live=True, first_published_at=MARCH, section=rivers)
    author = Role.objects.get(code="author")
    store_articles([NewArticle(imported, [Credit(contributor=editors, role=author)], frozenset({floods.pk}))])

    # Everything that moves addresses and names.
    Redirect.add_redirect("/writers/ada", "/author/ada-quill/")
    Redirect.add_redirect("/rivers", "/section/rivers/page/1/?x=1")
    Redirect.add_redirect("/who-we-are", "/about/")
    Redirect.add_redirect("/all", "http://testserver/articles/")
    Redirect.add_redirect("/shop", "https://shop.example/")
    lead_to_page("/?p=12", river)
    river.slug = "a-slower-river"
    river = save_article(river, by=None)
    ada = change_slug(ada, slug="ada-q", by=None)
    rename(ben, display_name="Ben Stein", by=None)
    withdraw(cleo, by=None)
    floods.slug = "high-water"
    save_topic(floods, by=None)

    roles = dict(Role.objects.values_list("code", "pk"))
    things = {
        "index": index, "front": front, "about": about, "rivers": rivers, "weather": weather, "floods": floods,
        "mills": mills, "ice": ice, "ada": ada, "ben": ben, "cleo": cleo, "editors": editors, "alias": alias,
        "river": river, "mill": mill, "draft": draft, "embargoed": embargoed, "imported": imported,
    }  # fmt: skip
    return {name: thing.pk for name, thing in things.items()} | roles


@contextmanager
def planted(*statements: str) -> Iterator[None]:
    """Damage done behind the application's back, and undone at the end."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        yield
        transaction.set_rollback(True)


def found(now: datetime | None = None) -> list[Finding]:
    """What the archives' own checks find. What is planted behind everybody's back is not in the search either."""
    return [
        finding for check in CHECKS if not check.is_note for finding in check.findings(now or timezone.now())
    ]


def test_a_sound_publication_has_no_findings(ids: dict[str, int]) -> None:
    assert list(checks.findings(timezone.now())) == []


@dataclass(frozen=True)
class Plant:
    """Damage, and what is to be said about it: the kind, how many, and words of the first sentence."""

    kind: str
    said: str
    statements: tuple[str, ...]
    times: int = 1


PLACE = "INSERT INTO articles_listing (article_id, published_at, {column}) SELECT id, first_published_at, {value} FROM wagtailcore_page WHERE id = {article}"


def place(column: str, value: str, article: str = "{river}") -> str:
    return PLACE.format(column=column, value=value, article=article)


def redirect(old: str, link: str, page: str = "NULL") -> str:
    return (
        "INSERT INTO wagtailredirects_redirect (old_path, is_permanent, redirect_page_id, redirect_page_route_path,"
        f" redirect_link, automatically_created) VALUES ('{old}', TRUE, {page}, '', '{link}', FALSE)"
    )


HIDE = "UPDATE articles_articlepage SET is_public = FALSE WHERE page_ptr_id = {river}"
UNLIST = "DELETE FROM articles_listing WHERE article_id = {river}"
ARTICLE_COLUMNS = [
    field.column
    for field in ArticlePage._meta.local_concrete_fields
    if field.column not in ("page_ptr_id", "address")
]

PLANTS = {
    "a hidden article listed": Plant(
        "hidden-article-listed",
        "“The slow river” (article {river}) is listed in the list of everything, and is not public.",
        (HIDE, "UPDATE wagtailcore_page SET live = FALSE WHERE id = {river}"),
        times=7,
    ),
    "a draft put in an archive": Plant(
        "hidden-article-listed",
        "(article {embargoed}) is listed in the archive of The Editors, and is not public.",
        (place("contributor_id", "{editors}", "{embargoed}"),),
    ),
    "missing from everything": Plant(
        "public-article-not-listed",
        "is missing from the list of everything.",
        (UNLIST + " AND contributor_id IS NULL AND section_id IS NULL AND topic_id IS NULL",),
    ),
    "missing from its section": Plant(
        "public-article-not-listed", "missing from its section, Rivers.", (UNLIST + " AND section_id = {rivers}",)
    ),
    "missing from a topic": Plant(
        "public-article-not-listed", "missing from its topic, Mills.", (UNLIST + " AND topic_id = {mills}",)
    ),
    "missing from the second author's archive": Plant(
        "public-article-not-listed",
        "is missing from the archive of Ben Stein.",
        (UNLIST + " AND contributor_id = {ben}",),
    ),
    "missing once for one with two roles": Plant(
        "public-article-not-listed",
        "“The mill” (article {mill}) is missing from the archive of Cleo Marsh.",
        ("DELETE FROM articles_listing WHERE article_id = {mill} AND contributor_id = {cleo}",),
    ),
    "a stranger's article": Plant(
        "listed-without-cause",
        "is listed in the archive of The Editors, who has no credit on it.",
        (place("contributor_id", "{editors}"),),
    ),
    "in a section it is not in": Plant(
        "listed-without-cause", "is listed in the section Weather, and is not", (place("section_id", "{weather}"),)
    ),
    "under a topic it is not on": Plant(
        "listed-without-cause", "is listed under the topic Ice, and is not on it.", (place("topic_id", "{ice}"),)
    ),
    "an article among the translations": Plant(
        "listed-under-wrong-heading",
        "is listed in the archive of Ada Quill, under another heading",
        ("UPDATE articles_listing SET role_id = {translator} WHERE article_id = {river} AND contributor_id = {ada}",),
    ),
    "a translation among the articles": Plant(
        "listed-under-wrong-heading",
        "is listed in the archive of Cleo Marsh, under another heading",
        ("UPDATE articles_listing SET role_id = NULL WHERE article_id = {river} AND contributor_id = {cleo}",),
    ),
    "under the lesser of two roles": Plant(
        "listed-under-wrong-heading",
        "“The mill”",
        ("UPDATE articles_listing SET role_id = {photographer} WHERE article_id = {mill} AND contributor_id = {cleo}",),
    ),
    "another date": Plant(
        "listed-with-wrong-date",
        "is listed under the topic Mills with another date",
        ("UPDATE articles_listing SET published_at = '2001-01-01 00:00:00' WHERE article_id = {river} AND topic_id = {mills}",),
    ),
    "a public draft": Plant(
        "visibility",
        "is public, though it is a draft.",
        ("UPDATE wagtailcore_page SET live = FALSE WHERE id = {river}",),
    ),
    "public under an embargo": Plant(
        "visibility",
        "is public, though its embargo has not ended.",
        ("UPDATE articles_articlepage SET embargoed_until = '2999-01-01 00:00:00' WHERE page_ptr_id = {river}",),
    ),
    "published and not to be seen": Plant(
        "visibility", "is published, and readers cannot see it.", (HIDE, UNLIST)
    ),
    "an embargo never lifted": Plant(
        "visibility",
        "“Under embargo” (article {embargoed}) is under no embargo any more",
        ("UPDATE articles_articlepage SET embargoed_until = '2015-01-01 00:00:00' WHERE page_ptr_id = {embargoed}",),
    ),
    "an address without a month": Plant(
        "address",
        "has the address /river/, which is none",
        ("UPDATE articles_articlepage SET address = 'river' WHERE page_ptr_id = {river}",),
    ),
    "a slug changed behind the back": Plant(
        "address",
        "is at /2015/03/a-slower-river/, and its slug is other.",
        ("UPDATE wagtailcore_page SET slug = 'other' WHERE id = {river}",),
    ),
    "an address in a thirteenth month": Plant(
        "address",
        "has the address /2015/13/river/, which is none",
        ("UPDATE articles_articlepage SET address = '2015/13/river' WHERE page_ptr_id = {river}",),
    ),
    "no name to print": Plant(
        "no-printed-name",
        "credits Ada Quill (Author) without a name to print.",
        ("UPDATE bylines_credit SET printed_name = '' WHERE article_id = {river} AND contributor_id = {ada}",),
    ),
    "one credit twice": Plant(
        "credited-twice",
        "credits Ada Quill 2 times as Author.",
        (
            "INSERT INTO bylines_credit (sort_order, printed_name, printed_note, source_text, linked_how, linked_from,"
            " article_id, contributor_id, role_id) SELECT 9, printed_name, printed_note, source_text, linked_how,"
            " linked_from, article_id, contributor_id, role_id FROM bylines_credit"
            " WHERE article_id = {river} AND contributor_id = {ada}",
        ),
    ),
    "a contributor's slug not on record": Plant(
        "slug-not-on-record",
        "The address /author/ada-q/ of contributor {ada} is not on record",
        ("DELETE FROM contributors_contributorslug WHERE slug = 'ada-q'",),
    ),
    "a contributor's slug on record as another's": Plant(
        "slug-not-on-record",
        "The address /author/ada-q/ of contributor {ada} is on record as another's.",
        ("UPDATE contributors_contributorslug SET owner_id = {ben} WHERE slug = 'ada-q'",),
    ),
    "a section's slug not on record": Plant(
        "slug-not-on-record",
        "of section {rivers} is not on record",
        ("DELETE FROM publications_sectionslug WHERE slug = 'rivers'",),
    ),
    "a topic's slug not on record": Plant(
        "slug-not-on-record",
        "of topic {floods} is not on record",
        ("DELETE FROM publications_topicslug WHERE slug = 'high-water'",),
    ),
    "a redirect without a target": Plant(
        "redirect-to-nowhere", "The old address /old leads nowhere.", (redirect("/old", ""),)
    ),
    "a redirect to a page that is gone": Plant(
        "redirect-to-nowhere",
        "The old address /old leads to a page that is not there.",
        (redirect("/old", "", page="999999"),),
    ),
    "a redirect to an unknown contributor": Plant(
        "redirect-to-nowhere",
        "leads to /author/nobody/, which is no address here.",
        (redirect("/old", "/author/nobody/"),),
    ),
    "a redirect to a former slug": Plant(
        "redirect-to-nowhere",
        "leads to /author/ada-quill/page/1/?x=1, which is a former address itself.",
        (redirect("/old", "/author/ada-quill/page/1/?x=1"),),
    ),
    "a redirect to an article's former address": Plant(
        "redirect-to-nowhere",
        "which is a former address itself.",
        (redirect("/old", "/2015/03/the-slow-river/"),),
    ),
    "a redirect to an unknown topic of this address": Plant(
        "redirect-to-nowhere", "which is no address here.", (redirect("/old", "http://testserver/topic/none/"),)
    ),
    "a redirect to an unknown page": Plant(
        "redirect-to-nowhere", "leads to /nowhere/, which is no address", (redirect("/old", "/nowhere/"),)
    ),
    "a redirect to itself": Plant(
        "redirect-to-nowhere", "The old address /old leads to itself.", (redirect("/old", "/old/"),)
    ),
    "redirects in a ring": Plant(
        "redirect-to-nowhere",
        "The old address /one leads to /two/, which is a former address itself.",
        (redirect("/one", "/two/"), redirect("/two", "/one/")),
        times=2,
    ),
    "an old address taken over": Plant(
        "redirect-to-nowhere",
        "is at /2015/03/a-slower-river/, which is an old address of something else.",
        (redirect("/2015/03/a-slower-river", "", page="{mill}"),),
    ),
    "published, and unknown to readers": Plant(
        "published-without-a-page",
        "Ben Stein (contributor {ben}) is published, and has no page.",
        ("UPDATE contributors_contributor SET is_public = FALSE WHERE id = {ben}",),
    ),
    "a former address whose redirect is gone": Plant(
        "former-address-gone",
        "The former address /2014/the-mill leads nowhere any more",
        ("INSERT INTO addresses_formeraddress (path, is_closed) VALUES ('/2014/the-mill', FALSE)",),
    ),
    "merged, and still credited": Plant(
        "credited-after-a-merge",
        "credits Ben Stein, who was merged into somebody else.",
        (
            "UPDATE contributors_contributor SET merged_into_id = {ada} WHERE id = {ben}",
            "UPDATE contributors_namekey SET contributor_id = {ada} WHERE contributor_id = {ben}",
        ),
        times=4,
    ),
    "merged into each other": Plant(
        "merged-in-a-ring",
        "was merged into themselves, by way of others.",
        (
            "DELETE FROM articles_listing WHERE contributor_id IS NOT NULL",
            "DELETE FROM bylines_credit",
            "UPDATE contributors_contributor SET merged_into_id = {cleo} WHERE id = {ben}",
            "UPDATE contributors_contributor SET merged_into_id = {ben} WHERE id = {cleo}",
        ),
        times=2,
    ),
    "a name changed behind the back": Plant(
        "filed-by-an-old-name",
        "Ada Zeal (contributor {ada}) is filed by an old name: matching form.",
        ("UPDATE contributors_contributor SET display_name = 'Ada Zeal' WHERE id = {ada}",),
    ),
    "a wrong letter": Plant(
        "filed-by-an-old-name",
        "is filed by an old name: sort key, letter.",
        ("UPDATE contributors_contributor SET sort_key = 'zz', letter = 'Z' WHERE id = {ben}",),
    ),
    "an alias matched by an old name": Plant(
        "filed-by-an-old-name",
        "The alias A. Q. of contributor {ada}",
        ("UPDATE contributors_alias SET matching_form = 'zz' WHERE id = {alias}",),
    ),
    "a key of another name": Plant(
        "not-found-by-a-name",
        "(contributor {ben}) is not found by this name.",
        ("UPDATE contributors_namekey SET key = 'whole:zz' || id WHERE contributor_id = {ben}",),
    ),
    "a key of somebody else's name": Plant(
        "not-found-by-a-name",
        "Ben Stein (contributor {ben}) is found by a name that is not theirs.",
        ("INSERT INTO contributors_namekey (contributor_id, key) VALUES ({ben}, 'whole:zz')",),
    ),
    "a body that is no JSON that can be read": Plant(
        "unreadable-body",
        "“The slow river” (article {river}) has a body that is no list of blocks.",
        ("UPDATE articles_articlepage SET body = '7' WHERE page_ptr_id = {river}",),
    ),
    "a body with a block of a kind there is not": Plant(
        "unreadable-body",
        "has a body with blocks of a kind there is not (gone).",
        (
            """UPDATE articles_articlepage SET body = '[{{"type": "gone", "value": 1}}]' WHERE page_ptr_id = {river}""",
        ),
    ),
    "a body with what is no block": Plant(
        "unreadable-body",
        "has a body with something in it that is no block.",
        ("""UPDATE articles_articlepage SET body = '["words"]' WHERE page_ptr_id = {river}""",),
    ),
    "a page's body": Plant(
        "unreadable-body",
        "“About” (publication page {about}) has a body that is no list of blocks.",
        ("""UPDATE publications_publicationpage SET body = '{{}}' WHERE page_ptr_id = {about}""",),
    ),
    "a wrong number of pages": Plant(
        "tree",
        "“Articles” (page {index}) says it has 70 pages below it, and has 7.",
        ("UPDATE wagtailcore_page SET numchild = 70 WHERE id = {index}",),
    ),
    "a depth that does not fit": Plant(
        "tree",
        "The place of “The slow river” (page {river}) in the tree does not fit its depth.",
        ("UPDATE wagtailcore_page SET depth = 9 WHERE id = {river}",),
    ),
    "an article elsewhere": Plant(
        "tree",
        "“Articles” (page {index}) says it has 7 pages below it, and has 6.",
        (
            "UPDATE wagtailcore_page SET depth = 4, path = (SELECT above.path FROM (SELECT path FROM wagtailcore_page"
            " WHERE id = {about}) AS above) || '0001' WHERE id = {river}",
        ),
        times=3,
    ),
    "an article below an article": Plant(
        "tree",
        "“Articles” (page {index}) says it has 7 pages below it, and has 6.",
        (
            "UPDATE wagtailcore_page SET depth = 4, path = (SELECT above.path FROM (SELECT path FROM wagtailcore_page"
            " WHERE id = {mill}) AS above) || '0001' WHERE id = {river}",
        ),
        times=4,
    ),
    "a page below nothing": Plant(
        "tree",
        "“Articles” (page {index}) says it has 7 pages below it, and has 6.",
        ("UPDATE wagtailcore_page SET path = '0001000ZZZZZ0001' WHERE id = {river}",),
        times=3,
    ),
    "a page without its article": Plant(
        "tree",
        "“Not yet” (page {draft}) is an article, and its article is not there.",
        (
            "DELETE FROM bylines_credit WHERE article_id = {draft}",
            "DELETE FROM articles_articlepage_topics WHERE articlepage_id = {draft}",
            "DELETE FROM articles_articlepage WHERE page_ptr_id = {draft}",
        ),
    ),
    "an article without its page": Plant(
        "tree",
        "Article 999999 has no page",
        (
            f"INSERT INTO articles_articlepage (page_ptr_id, {', '.join(ARTICLE_COLUMNS)})"
            f" SELECT 999999, {', '.join(ARTICLE_COLUMNS)} FROM articles_articlepage WHERE page_ptr_id = {{draft}}",
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)
def test_damage_is_found_and_nothing_else(plant: Plant, ids: dict[str, int]) -> None:
    with planted(*(statement.format_map(ids) for statement in plant.statements)):
        seen = found()

    assert [finding.kind for finding in seen] == [plant.kind] * plant.times
    assert plant.said.format_map(ids) in seen[0].sentence
    for finding in seen:
        if plant.kind == "unreadable-body":
            about = re.search(r"\((?:publication )?(article|page) (\d+)\)", finding.sentence)
            assert about
            assert finding.subject == f"{about[1]}:{about[2]}"


def test_every_kind_of_damage_has_been_planted() -> None:
    in_a_test_of_its_own = {"dangling-reference", "printed-marks", "not-understood"} | {
        "missing-pictures",
        "pictures-elsewhere",
    }

    assert {plant.kind for plant in PLANTS.values()} | in_a_test_of_its_own == {
        check.kind for check in CHECKS
    }


def test_every_kind_of_damage_is_documented_and_no_other() -> None:
    page = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    section = page.partition("\n## `standfirst check")[2].partition("\n## ")[0]

    assert re.findall(r"\| `([a-z-]+)` \|$", section, re.M) == [check.kind for check in checks.CHECKS]


def test_a_public_article_without_an_address_is_found(ids: dict[str, int]) -> None:
    unguarded = (
        ["PRAGMA ignore_check_constraints = ON"]
        if connection.vendor == "sqlite"
        else [
            "SET CONSTRAINTS ALL IMMEDIATE",
            "ALTER TABLE articles_articlepage DROP CONSTRAINT public_article_has_an_address",
        ]
    )
    try:
        with planted(
            *unguarded, f"UPDATE articles_articlepage SET address = NULL WHERE page_ptr_id = {ids['river']}"
        ):
            seen = found()
    finally:
        if connection.vendor == "sqlite":
            connection.cursor().execute("PRAGMA ignore_check_constraints = OFF")

    assert [finding.kind for finding in seen] == ["address"]
    assert seen[0].sentence == f"“The slow river” (article {ids['river']}) has no address."


def test_a_row_that_points_at_nothing_is_found_or_refused(ids: dict[str, int]) -> None:
    dangle = f"UPDATE articles_articlepage_topics SET topic_id = 999999 WHERE articlepage_id = {ids['draft']}"
    if connection.vendor != "sqlite":
        with pytest.raises(IntegrityError), transaction.atomic():
            connection.cursor().execute(f"{dangle}; SET CONSTRAINTS ALL IMMEDIATE")
        return

    with planted(dangle):
        seen = found()

    assert [finding.kind for finding in seen] == ["dangling-reference"]
    assert "of articles_articlepage_topics points at a row of publications_topic" in seen[0].sentence


def test_an_embargo_that_has_just_ended_is_the_schedulers(ids: dict[str, int]) -> None:
    ends = ArticlePage.objects.get(pk=ids["embargoed"]).embargoed_until
    assert ends is not None

    assert found(ends + timedelta(seconds=30)) == []
    assert [finding.kind for finding in found(ends + timedelta(seconds=90))] == ["visibility"]


@pytest.mark.parametrize("plant", ["a hidden article listed", "another date", "missing from a topic"])
def test_the_mend_mends(plant: str, ids: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        for statement in PLANTS[plant].statements:
            cursor.execute(statement.format_map(ids))
    assert "publish it again" in found()[0].mend

    ArticlePage.objects.get(pk=ids["river"]).save_revision().publish()

    assert found() == []


def test_the_cost_does_not_grow_with_the_archive(ids: dict[str, int], django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    pages = [ArticlePage(title=f"Part {number}", live=True, first_published_at=MARCH) for number in range(50)]
    store_articles([NewArticle(page) for page in pages])

    with django_assert_max_num_queries(52):
        assert found() == []


def test_credits_are_looked_up_by_article(ids: dict[str, int]) -> None:
    if connection.vendor != "sqlite":
        return  # PostgreSQL has statistics to choose by.
    with CaptureQueriesContext(connection) as queries:
        assert found() == []

    with connection.cursor() as cursor:
        for query in queries.captured_queries:
            if query["sql"].startswith("SELECT") and '"bylines_credit"' in query["sql"]:
                cursor.execute("EXPLAIN QUERY PLAN " + query["sql"].replace("%", "%%"))
                plan = " ".join(row[-1] for row in cursor.fetchall())
                assert "bylines_credit_contributor_id" not in plan


def test_marks_of_an_old_system_are_noted_and_no_wrong(ids: dict[str, int]) -> None:
    body = json.dumps(
        [
            {"id": "1", "type": "paragraph", "value": "<p>Rain [sic], then [vc_row]sun[/vc_row].</p>"},
            {"id": "2", "type": "code", "value": {"language": "", "code": "[vc_row]{{ x }}[/vc_row]"}},
            {
                "id": "3",
                "type": "unknown",
                "value": {"source": "wordpress", "name": "poll", "raw": '[poll id="1"]'},
            },
        ]
    )

    with planted(f"UPDATE articles_articlepage SET body = '{body}' WHERE page_ptr_id = {ids['river']}"):
        seen = found()
        noted = [finding for check in CHECKS if check.is_note for finding in check.findings(timezone.now())]

    assert seen == []
    river = f"“The slow river” (article {ids['river']})"
    assert [(finding.kind, finding.sentence) for finding in noted] == [
        ("printed-marks", f"{river} prints [vc_row], [/vc_row]."),
        ("not-understood", f"{river} holds a block that was not understood: poll."),
    ]


@pytest.mark.parametrize(
    ("number", "said"), [(SHOWN, ""), (SHOWN + 1, " and 1 more"), (SHOWN + 2, " and 2 more")]
)
def test_of_many_marks_some_are_named_and_the_others_counted(
    number: int, said: str, ids: dict[str, int]
) -> None:
    words = " ".join(f"{{{{ page.n{at} }}}}" for at in range(number))
    body = json.dumps([{"id": "1", "type": "paragraph", "value": f"<p>{words}</p>"}])

    with planted(f"UPDATE articles_articlepage SET body = '{body}' WHERE page_ptr_id = {ids['river']}"):
        sentences = [sentence for _key, sentence in printed_marks(timezone.now())]

    shown = ", ".join(f"{{{{ page.n{at} }}}}" for at in range(SHOWN))
    assert sentences == [f"“The slow river” (article {ids['river']}) prints {shown}{said}."]
