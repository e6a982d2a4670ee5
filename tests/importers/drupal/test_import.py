"""Documents of Drupal's JSON:API go in, and a magazine comes out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect

from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit
from standfirst.contributors.models import Contributor
from standfirst.importers.drupal.resources import resource_of
from standfirst.importers.errors import ImportRefused
from standfirst.importers.recognising import recognise
from standfirst.publications.models import PublicationPage
from tests.importers.dumps import dump

from .documents import ADA, BEN, LINK, WEBMASTER, article, by, relation, resource, write


def states():
    return dict(ArticlePage.objects.values_list("title", "live"))


def signed(title="Title 1"):
    credits = Credit.objects.filter(article__title=title).order_by("sort_order")
    return [(credit.contributor.display_name, credit.role.code) for credit in credits]


def blocks():
    return [block["value"] for block in ArticlePage.objects.get().body.raw_data]


def test_the_people_a_field_points_at_are_the_byline_and_the_account_never_is(bring, tmp_path):
    report = bring(write(tmp_path, article(1, related=by("p1", "p2")), article(2, status=False)))

    assert states() == {"Title 1": True, "Title 2": False}
    assert signed() == [("Ada Quill", "author"), ("Ben Marsh", "author")]
    assert signed("Title 2") == []
    assert not Contributor.objects.filter(display_name="webmaster").exists()
    assert report.source == LINK
    for path in ("/reports/1", "/node/1", "/people/ada"):
        assert Redirect.objects.filter(old_path=path).exists()
    assert not Redirect.objects.filter(old_path="/node/2").exists()
    assert "webmaster@lantern.example" not in str(dump())


def test_a_field_that_names_them_in_words_is_a_byline_too_and_says_their_role(bring, tmp_path):
    bring(
        write(
            tmp_path,
            article(1, field_byline="By Ada Quill and Ben Marsh", field_photographer_name="Cleo Wren"),
        )
    )

    assert signed() == [("Ada Quill", "author"), ("Ben Marsh", "author"), ("Cleo Wren", "photographer")]


def test_what_only_sounds_like_people_is_nobody(bring, tmp_path):
    one = article(
        1,
        field_editors_note="We were wrong.",
        field_author_bio={"value": "<p>She sails.</p>", "format": "x"},
        field_photo_caption="The boat",
        related=by("p1")
        | {
            "field_editor_picks": relation(("node--article", "u2")),
            "field_photo_gallery": relation(("node--gallery", "g1")),
            "field_author_type": relation(("taxonomy_term--author_type", "t1")),
        },
    )
    terms = [resource("taxonomy_term--author_type", "t1", name="Guest")]

    report = bring(write(tmp_path, one, article(2, related=by("p2")), included=[WEBMASTER, ADA, BEN, *terms]))

    assert states() == {"Title 1": True, "Title 2": True}
    assert signed() == [("Ada Quill", "author")]
    assert any("field_editors_note" in warning for warning in report.warnings)


def test_without_any_byline_in_the_archive_the_account_is_the_writer_and_the_report_says_so(bring, tmp_path):
    ada = resource("user--user", "us1", display_name="Ada Quill")

    report = bring(write(tmp_path, article(1), included=[ada]))

    assert signed() == [("Ada Quill", "author")]
    assert "name no author; the account that made it was taken" in {note.reason for note in report.notes}


@pytest.mark.parametrize(
    "kept",
    [
        article(1, status=False),
        article(1, status=None),
        article(1, status="yes"),
        article(1, moderation_state="draft"),
        article(1, moderation_state="archived"),
        article(1, created=None),
        article(1, unpublish_on="2020-01-01T00:00:00+00:00"),
        article(1, field_members_only=True),
    ],
    ids=["unpublished", "not said", "a word", "moderated draft", "archived", "no date", "expired", "members"],
)
def test_what_is_not_clearly_public_is_a_draft(bring, tmp_path, kept):
    bring(write(tmp_path, kept))

    assert states() == {"Title 1": False}


def test_a_term_to_come_keeps_nothing_from_readers(bring, tmp_path):
    bring(write(tmp_path, article(1, unpublish_on="2131-01-01T00:00:00+00:00", field_members_only=False)))

    assert states() == {"Title 1": True}


def test_a_next_page_that_is_not_there_is_said_and_one_that_is_there_is_not(bring, tmp_path):
    second = f"{LINK}/jsonapi/node/article?page%5Boffset%5D=50"
    first = f"{LINK}/jsonapi/node/article"
    folder = tmp_path / "site"
    folder.mkdir()
    write(folder, article(1), name="a.json", links={"self": {"href": first}, "next": {"href": second}})

    alone = bring(folder, dry_run=True)
    write(folder, article(2), name="b.json", links={"self": {"href": second}})
    both = bring(folder)

    assert any(f"goes on at {second}" in warning for warning in alone.warnings)
    assert not any("goes on at" in warning for warning in both.warnings)
    assert len(states()) == 2


def test_what_the_files_only_point_at_is_asked_for(bring, tmp_path):
    report = bring(write(tmp_path, article(1, related=by("p9")), included=[WEBMASTER]))

    assert any("?include=field_author" in warning for warning in report.warnings)


def test_people_in_a_file_of_their_own_are_contributors_and_no_pages(bring, tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    write(folder, article(1, related=by("p1")), included=[])
    hidden = BEN | {
        "attributes": BEN["attributes"]
        | {"status": False, "body": {"value": "<p>Secret.</p>", "format": "x"}}
    }
    known = ADA | {
        "attributes": ADA["attributes"] | {"body": {"value": "<p>Writes of the sea.</p>", "format": "x"}}
    }
    write(folder, known, hidden, name="person.json", included=[])

    bring(folder)

    assert states() == {"Title 1": True}
    assert not PublicationPage.objects.filter(title="Ada Quill").exists()
    assert Contributor.objects.get(display_name="Ada Quill").biography == "<p>Writes of the sea.</p>"
    assert "Secret" not in str(dump())


def test_a_profile_that_somebody_signed_is_an_article(bring, tmp_path):
    bring(write(tmp_path, article(1, bundle="profile", related=by("p1")), article(2, bundle="team")))

    assert states() == {"Title 1": True, "Title 2": True}


def test_a_text_is_made_of_its_body_its_fields_and_its_paragraphs(bring, tmp_path):
    inner = resource("paragraph--text", "pa2", field_text={"value": "<p>Inner.</p>", "format": "full_html"})
    outer = {
        "type": "paragraph--section",
        "id": "pa1",
        "attributes": {"field_heading": "A heading of words"},
        "relationships": {"field_inside": relation(("paragraph--text", "pa2"))},
    }
    picture = resource(
        "file--file", "f1", uri={"url": "/sites/default/files/boat.jpg"}, filemime="image/jpeg"
    )
    one = article(
        1,
        "<p>Body.</p>",
        field_more={"value": "Plain & simple.", "format": "plain_text"},
        field_subtitle="A boat and a quarrel",
        field_rating=4,
        related={
            "field_sections": relation(("paragraph--section", "pa1")),
            "field_image": relation(("file--file", "f1", {"meta": {"alt": "A boat"}})),
            "field_tags": relation(("taxonomy_term--tags", "t1")),
            "field_section": relation(("taxonomy_term--sections", "t2")),
        },
    )
    terms = [
        resource("taxonomy_term--tags", "t1", name="Tides"),
        resource("taxonomy_term--sections", "t2", name="Sea"),
    ]

    report = bring(write(tmp_path, one, included=[WEBMASTER, inner, outer, picture, *terms]))

    page = ArticlePage.objects.get()
    text = str(blocks())
    for words in ("Body.", "Plain &amp; simple.", "A heading of words", "Inner."):
        assert words in text
    assert page.standfirst == "A boat and a quarrel"
    assert page.section.name == "Sea"
    assert [topic.name for topic in page.topics.all()] == ["Tides"]
    assert any("field_rating (1 ×, as “4”)" in warning for warning in report.warnings)
    assert (
        "https://lantern.example/sites/default/files/boat.jpg" in str(report.media) or report.media["missing"]
    )


def test_comments_and_terms_are_counted_and_no_articles(bring, tmp_path):
    spam = resource(
        "comment--comment", "c1", subject="Lovely", comment_body={"value": "<p>Lovely.</p>", "format": "x"}
    )

    report = bring(write(tmp_path, article(1), spam, resource("taxonomy_term--tags", "t1", name="Tides")))

    assert states() == {"Title 1": True}
    assert report.read["comments"] == 1
    assert "Lovely" not in str(dump())


def test_a_page_is_one_unless_somebody_signed_it(bring, tmp_path):
    bring(write(tmp_path, article(1, bundle="page"), article(2, bundle="page", related=by("p1"))))

    assert states() == {"Title 2": True}
    assert PublicationPage.objects.get(title="Title 1").live


def test_it_is_recognised_before_what_looks_like_it(tmp_path):
    path = write(tmp_path, article(1))

    assert recognise(path).name == "drupal"
    assert recognise(tmp_path).name == "drupal"


def test_a_document_that_is_cut_short_is_refused(bring, tmp_path):
    path = write(tmp_path, article(1), article(2))
    path.write_text(path.read_text(encoding="utf-8")[:-200], encoding="utf-8")

    with pytest.raises(ImportRefused, match="is broken or ends too early"):
        bring(path)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("ab-_", max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["data", "id", "type", "meta"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(VALUES, VALUES)
def test_any_resource_is_read_or_none(attributes, relationships):
    resource_of(
        {"type": "node--article", "id": "1", "attributes": attributes, "relationships": relationships}
    )
    resource_of(
        {
            "type": "node--a",
            "id": "1",
            "attributes": {"title": attributes},
            "relationships": {"x": relationships},
        }
    )
