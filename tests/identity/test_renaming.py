"""A new name: from now on, everywhere, or everywhere and silently."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import ModelLogEntry, Revision

from standfirst.addresses.errors import SlugTaken
from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit
from standfirst.config.checks import findings
from standfirst.contributors.actions import create_contributor, save_contributor
from standfirst.contributors.models import Alias, Contributor
from standfirst.contributors.queries import namesakes_of
from standfirst.identity.actions import FormerName, RenameScope, merge_contributors, rename, undo
from standfirst.identity.errors import CannotChange
from standfirst.identity.renaming import rewording
from tests.archives.reading import read, walk
from tests.factories import a_contributor, a_magazine, an_article

pytestmark = pytest.mark.django_db

SILENTLY, EVERYWHERE = RenameScope.EVERYWHERE_SILENTLY, RenameScope.EVERYWHERE


@pytest.fixture
def jane():
    """Jane Doe, printed under that name, in a note, in a wording and in an older version."""
    a_magazine()
    jane = a_contributor(
        "Jane Doe", note="Jane Doe writes about rivers.", biography="<p>Jane Doe, a writer.</p>"
    )
    jane.aliases = [
        Alias(name="J. Doe", is_public=True),
        Alias(name="Nellie Bly", kind="pen_name", is_public=True),
    ]
    save_contributor(jane, by=None)
    Redirect.add_redirect("/writers/jane-doe", "/author/jane-doe/")
    Redirect.add_redirect("/?author=7", "/author/jane-doe/")
    ben = a_contributor("Ben Marsh")
    article = an_article(jane, ben, headline="On rivers", byline_wording="{1}, with {2}; Jane Doe took notes")
    article.credits = [*article.credits.all()]
    article.save_revision()
    return jane


def everything_public():
    paths = ["/", "/articles/", "/authors/"]
    paths += [f"/author/{person.slug}/" for person in Contributor.objects.in_public()]
    paths += [article.url for article in ArticlePage.objects.published()]
    return {path: read(path).html for path in paths}


def traces(html):
    return html.count("Doe")


def test_from_now_on_leaves_what_was_printed_and_the_address(jane):
    rename(jane, display_name="John Roe", by=None)

    assert read("/author/jane-doe/").heading == "1 Article by: John Roe"
    assert "Jane Doe" in read(ArticlePage.objects.get().url).html
    with pytest.raises(CannotChange):
        rename(jane, display_name="Jo Roe", keep_old_address=False, by=None)


def test_everywhere_changes_what_was_printed_and_says_the_former_name(jane):
    rename(jane, display_name="John Roe", scope=EVERYWHERE, by=None)

    assert read("/author/jane-doe/").location == "/author/john-roe/"
    assert "Jane Doe" in read("/author/john-roe/").html
    html = read(ArticlePage.objects.get().url).html
    assert "John Roe" in html
    assert "Doe" not in html
    assert jane.aliases.get(name="Jane Doe").kind == Alias.AliasKind.FORMER


def test_the_journal_says_who_had_whom_renamed_how_and_why(jane):
    editor = User.objects.create_user("editor")

    change = rename(jane, display_name="Jane Roe", scope=EVERYWHERE, by=editor, note="She married.")

    change.refresh_from_db()
    assert (change.contributor_id, change.made_by, change.note) == (jane.pk, editor, "She married.")
    said = {name: change.details[name] for name in ("scope", "from_name", "to_name")}
    assert said == {"scope": EVERYWHERE.value, "from_name": "Jane Doe", "to_name": "Jane Roe"}


def test_each_note_that_was_printed_stays_its_own_but_for_the_name(jane):
    for said in ("Jane Doe is a nurse.", "Jane Doe was a nurse."):
        article = an_article(jane)
        article.credits.update(printed_note=said)

    rename(jane, display_name="John Roe", scope=EVERYWHERE, by=None)

    notes = Credit.objects.filter(contributor=jane).order_by("article").values_list("printed_note", flat=True)
    assert list(notes) == [
        "John Roe writes about rivers.",
        "John Roe is a nurse.",
        "John Roe was a nurse.",
    ]


@pytest.mark.parametrize("former", [None, FormerName.FORGOTTEN])
def test_silently_leaves_no_trace_for_readers(jane, former):
    rename(
        jane,
        display_name="John Roe",
        scope=SILENTLY,
        keep_old_address=False,
        former_name=former,
        by=None,
    )

    assert {path: traces(html) for path, html in everything_public().items() if traces(html)} == {}
    found = read("/search/?q=Jane+Doe")
    # Kept for those who know it, it finds their work and is shown to nobody; forgotten, it finds nothing.
    assert ("On rivers" in found.html) == (former is None)
    assert found.tree.xpath("//*[@class='people']//a") == []
    assert "Doe" not in found.tree.xpath("string(//main)").replace("“Jane Doe”", "")
    assert "Doe" not in read("/search/?q=Jane+Dow").html + read("/search/suggestions/?q=Do").html
    assert "John Roe" in read("/search/?q=John+Roe").html
    assert "Doe" not in str([*Revision.objects.values_list("content", flat=True)])
    assert not ModelLogEntry.objects.filter(label__contains="Doe").exists()
    assert list(namesakes_of("Jane Doe")) == ([] if former else [jane])
    assert list(findings(timezone.now())) == []


def test_no_older_version_brings_the_old_name_back(jane):
    rename(jane, display_name="John Roe", scope=SILENTLY, by=None)

    for version in Revision.objects.order_by("pk"):
        version.publish()

        assert "Doe" not in read(ArticlePage.objects.get().url).html


def test_an_address_that_is_closed_leads_nowhere_and_is_nobodys_for_good(jane):
    rename(jane, display_name="John Roe", scope=SILENTLY, keep_old_address=False, by=None)

    assert read("/author/jane-doe/").status == read("/writers/jane-doe/").status == 404
    assert read("/?author=7").location == "/author/john-roe/"
    with pytest.raises(SlugTaken) as refused:
        create_contributor(display_name="Jane Doe", slug="jane-doe", by=None)
    assert "Roe" not in str(refused.value)
    assert a_contributor("Jane Doe").slug == "jane-doe-2"


def test_an_address_that_is_kept_leads_on_silently(jane):
    rename(jane, display_name="John Roe", scope=SILENTLY, keep_old_address=True, by=None)

    assert read("/author/jane-doe/").location == "/author/john-roe/"
    assert read("/writers/jane-doe/").location == "/author/john-roe/"


def test_the_addresses_of_who_was_merged_with_them_close_too(jane):
    merge_contributors(kept=jane, absorbed=a_contributor("Jane Doe"), by=None)
    assert read("/author/jane-doe-2/").status == 301

    rename(jane, display_name="John Roe", scope=SILENTLY, keep_old_address=False, by=None)

    assert read("/author/jane-doe-2/").status == 404


def test_a_pen_name_they_print_under_stays(jane):
    article = an_article(jane)
    Credit.objects.filter(article=article).update(printed_name="Nellie Bly")

    rename(jane, display_name="John Roe", scope=EVERYWHERE, by=None)

    assert "Nellie Bly" in read(article.url).html


def test_a_scheduled_article_appears_under_the_new_name(jane):
    article = ArticlePage.objects.get()
    article.go_live_at = timezone.now() + timedelta(days=1)
    article.save_revision().publish()
    rename(jane, display_name="John Roe", scope=SILENTLY, by=None)

    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    revision.content["go_live_at"] = None
    revision.publish()

    assert "Doe" not in read(ArticlePage.objects.get().url).html


def test_a_silent_change_is_undone_as_any_other(jane):
    before = {path: read(path).html for path in ("/author/jane-doe/", ArticlePage.objects.get().url)}
    change = rename(jane, display_name="John Roe", scope=SILENTLY, keep_old_address=False, by=None)

    assert undo(change, by=None).left_as_is == ()

    assert {path: read(path).html for path in before} == before
    assert read("/writers/jane-doe/").location == "/author/jane-doe/"
    assert read("/author/john-roe/").status == 404
    assert "On rivers" in read("/search/?q=Jane+Doe").html


def test_undoing_leaves_a_name_that_was_changed_since(jane):
    change = rename(jane, display_name="John Roe", scope=EVERYWHERE, by=None)
    rename(jane, display_name="Jo Roe", by=None)

    undone = undo(change, by=None)

    assert Contributor.objects.get(pk=jane.pk).display_name == "Jo Roe"
    assert any("display name" in sentence for sentence in undone.left_as_is)
    assert "Jane Doe" in read(ArticlePage.objects.get().url).html


def test_undoing_leaves_a_redirect_whose_place_was_taken(jane):
    change = rename(jane, display_name="John Roe", scope=SILENTLY, keep_old_address=False, by=None)
    Redirect.add_redirect("/writers/jane-doe", "/articles/")

    undone = undo(change, by=None)

    assert read("/writers/jane-doe/").location == "/articles/"
    assert ["taken since" in sentence for sentence in undone.left_as_is] == [True]


def test_what_cannot_be_had_together_is_refused(jane):
    merge_contributors(kept=a_contributor("Kept"), absorbed=jane, by=None)

    with pytest.raises(CannotChange):
        rename(jane, display_name="John Roe", by=None)
    kept = Contributor.objects.get(display_name="Kept")
    with pytest.raises(CannotChange):
        rename(kept, display_name="X", scope=SILENTLY, former_name=FormerName.PUBLIC, by=None)
    with pytest.raises(CannotChange):
        rename(kept, display_name=" ", by=None)


@pytest.mark.parametrize(
    ("text", "reworded"),
    [
        ("Ada Quill writes.", "Cy Reed writes."),
        ("Ada Quillson and Ada Quill’s", "Ada Quillson and Cy Reed’s"),
        ("Ada Quill Marsh", "Cy Reed"),
        ("<p>Ada Quill</p>", "<p>Cy Reed</p>"),
        ("Nobody", "Nobody"),
    ],
)
def test_a_name_is_replaced_as_whole_words(text, reworded):
    assert rewording(["Ada Quill", "Ada Quill Marsh"], "Cy Reed")(text) == reworded


def test_an_old_address_follows_whom_it_was_of_when_a_rename_is_undone_before_a_later_merge(jane):
    renamed = rename(jane, display_name="Jane Reed", scope=SILENTLY, keep_old_address=True, by=None)
    merge = merge_contributors(kept=a_contributor("J. Reed"), absorbed=jane, by=None)

    undo(renamed, by=None)
    undo(merge, by=None)

    assert read("/writers/jane-doe").location == "/author/jane-doe/"
    assert list(findings(timezone.now())) == []


def test_a_merge_after_a_rename_that_closed_the_address_is_undone_whole(jane):
    rename(jane, display_name="Jane Reed", scope=EVERYWHERE, keep_old_address=False, by=None)
    before = walk("/author/jane-reed/")
    merge = merge_contributors(kept=a_contributor("J. Reed"), absorbed=jane, by=None)

    assert undo(merge, by=None).left_as_is == ()

    assert walk("/author/jane-reed/") == before != []
    assert list(findings(timezone.now())) == []
