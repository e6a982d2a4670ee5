"""Articles at the editors' desk: written, credited, published, and seen by a reader."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit, Role
from standfirst.publications.models import Section
from tests.archives.reading import read, walk
from tests.factories import a_contributor, a_section, an_article, some_articles


def form_of(*credits, **fields):
    """The article's form, filled in; credits are pairs of a contributor and a role's code."""
    rows = {}
    for place, (who, role) in enumerate(credits):
        rows |= {
            f"credits-{place}-contributor": who.pk,
            f"credits-{place}-role": Role.objects.get(code=role).pk,
            f"credits-{place}-ORDER": place + 1,
            f"credits-{place}-id": "",
            f"credits-{place}-DELETE": "",
            f"credits-{place}-printed_name": "",
            f"credits-{place}-printed_note": "",
        }
    empty = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    management = {
        f"{name}-{count}": value
        for name in ("credits", "corrections", "comments")
        for count, value in empty.items()
    }
    body = {
        "body-count": 1,
        "body-0-type": "paragraph",
        "body-0-order": 0,
        "body-0-deleted": "",
        "body-0-id": "",
        "body-0-value": json.dumps(
            {
                "blocks": [
                    {
                        "text": "The flood came twice.",
                        "type": "unstyled",
                        "key": "a",
                        "depth": 0,
                        "inlineStyleRanges": [],
                        "entityRanges": [],
                    }
                ],
                "entityMap": {},
            }
        ),
    }
    return (
        management
        | {"credits-TOTAL_FORMS": len(credits)}
        | rows
        | body
        | {
            "title": "On water",
            "slug": "on-water",
            "standfirst": "It came at night.",
            "kicker": "",
            "byline_wording": "",
        }
        | fields
    )


@pytest.fixture
def add(magazine):
    return reverse("wagtailadmin_pages:add", args=["articles", "articlepage", magazine.pk])


def edit(article):
    return reverse("wagtailadmin_pages:edit", args=[article.pk])


def test_an_article_published_at_the_desk_is_in_every_archive_it_belongs_to(desk, add):
    ada, ben = a_contributor(), a_contributor("Ben Marsh")
    section = a_section()

    response = desk("Moderators").post(
        add, form_of((ada, "author"), (ben, "translator"), section=section.pk) | {"action-publish": "1"}
    )

    assert response.status_code == 302, response.context["form"].errors
    url = ArticlePage.objects.get().url
    assert walk("/author/ada-quill/") == [url]
    assert walk("/section/rivers/") == [url]
    assert read("/author/ben-marsh/").other_work["Translations"][1] == [url]
    page = read(url)
    assert "The flood came twice." in page.html
    assert (
        page.tree.xpath("normalize-space(//*[contains(@class,'byline')])")
        == "Ada Quill, translated by Ben Marsh"
    )


def test_an_article_needs_a_headline_and_no_standfirst_to_be_published(desk, add):
    moderator = desk("Moderators")
    moderator.post(add, form_of(title="", slug="") | {"action-publish": "1"})
    assert not ArticlePage.objects.exists()

    response = moderator.post(add, form_of(standfirst="") | {"action-publish": "1"})

    assert response.status_code == 302, response.context["form"].errors
    assert ArticlePage.objects.get().is_public


@pytest.mark.parametrize(
    ("button", "leads_to"),
    [
        ({"action-publish": "1"}, "/admin/articles/"),
        ({"action-publish": "1", "next": "/admin/"}, "/admin/"),
        ({}, "/admin/pages/{article}/edit/"),
    ],
)
def test_whoever_publishes_is_led_to_the_articles_and_whoever_saves_stays(desk, add, button, leads_to):
    form, moderator = form_of((a_contributor(), "author")), desk("Moderators")

    made = moderator.post(add, form | button)
    article = ArticlePage.objects.get()
    wanted = leads_to.format(article=article.pk)

    assert made["Location"] == wanted
    assert moderator.post(edit(article), form | button)["Location"] == wanted


def test_an_editor_drafts_and_does_not_publish(desk, add):
    ada = a_contributor()

    desk("Editors").post(add, form_of((ada, "author")) | {"action-publish": "1"})

    assert not ArticlePage.objects.get().live
    assert walk("/author/ada-quill/") == []


def test_nobody_is_credited_twice_in_one_role(desk, add):
    ada = a_contributor()

    response = desk("Editors").post(add, form_of((ada, "author"), (ada, "author")))

    assert "Ada Quill is credited twice as Author" in response.content.decode()
    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize(
    ("wording", "complaint"),
    [
        ("Reported by {1} and {3}", "The slot {3} has no credit"),
        ("Reported by {1}", "Ben Marsh is credited in the byline but the wording leaves out {2}"),
        ("By Ada Quill, translated by {2}", "use the slot {1} instead"),
    ],
)
def test_a_wording_that_disagrees_with_the_credits_is_refused(desk, add, wording, complaint):
    ada, ben = a_contributor(), a_contributor("Ben Marsh")

    response = desk("Editors").post(
        add, form_of((ada, "author"), (ben, "translator"), byline_wording=wording)
    )

    assert complaint in response.content.decode().replace("&#x27;", "'")


def test_a_free_wording_is_printed_with_the_names_linked(desk, add):
    ada, ben = a_contributor(), a_contributor("Ben Marsh")
    wording = "Reported by {1}; into English by {2}"

    desk("Moderators").post(
        add, form_of((ada, "author"), (ben, "translator"), byline_wording=wording) | {"action-publish": "1"}
    )

    byline = read(ArticlePage.objects.get().url).tree.xpath("//*[contains(@class,'byline')]")[0]
    assert " ".join(byline.text_content().split()) == "Reported by Ada Quill; into English by Ben Marsh"
    assert byline.xpath(".//a/@href") == ["/author/ada-quill/", "/author/ben-marsh/"]


def test_an_embargo_set_at_the_desk_hides_a_published_article(desk, add):
    ada = a_contributor()
    until = timezone.localtime(timezone.now() + timedelta(days=3)).strftime("%Y-%m-%d %H:%M")

    desk("Moderators").post(add, form_of((ada, "author"), embargoed_until=until) | {"action-publish": "1"})

    assert ArticlePage.objects.get().live
    assert walk("/author/ada-quill/") == []


@pytest.mark.parametrize("days", [2, -2])
def test_of_an_embargoed_article_the_desk_says_until_when(desk, add, days):
    until = timezone.localtime(timezone.now() + timedelta(days=days))
    form = form_of((a_contributor(), "author"), embargoed_until=f"{until:%Y-%m-%d %H:%M}")

    published = desk("Moderators").post(add, form | {"action-publish": "1"}, follow=True)

    said = published.content.decode()
    assert "created and published" in said
    told = re.search("is embargoed until ([^<]*): no reader sees it before", said)
    assert bool(told) == (days > 0)
    assert not told or {str(until.day), str(until.year)} <= set(re.findall(r"\d+", told[1]))


def test_a_draft_is_previewed_as_it_will_look(desk, add):
    ada = a_contributor()
    moderator = desk("Moderators")
    moderator.post(add, form_of((ada, "author")))

    draft = moderator.get(reverse("wagtailadmin_pages:view_draft", args=[ArticlePage.objects.get().pk]))

    assert draft.status_code == 200
    assert "The flood came twice." in draft.content.decode()
    assert "Ada Quill" in draft.content.decode()


def test_editing_a_live_article_changes_nothing_until_it_is_published(desk, magazine):
    ada, ben = a_contributor(), a_contributor("Ben Marsh")
    article = an_article(ada, headline="On water")
    credit = Credit.objects.get()
    moderator = desk("Moderators")
    changed = form_of((ben, "author"), slug=article.slug) | {
        "credits-INITIAL_FORMS": 1,
        "credits-0-id": credit.pk,
    }

    moderator.post(edit(article), changed)
    assert walk("/author/ada-quill/") == [article.url]

    moderator.post(edit(article), changed | {"action-publish": "1"})
    assert walk("/author/ada-quill/") == []
    assert walk("/author/ben-marsh/") == [article.url]


def test_unpublishing_at_the_desk_empties_the_archive(desk, magazine):
    article = an_article(a_contributor())

    desk("Moderators").post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]))

    assert walk("/author/ada-quill/") == []
    assert read(article.url).status == 404


def test_the_list_of_articles_asks_no_more_for_many(desk, magazine, django_assert_max_num_queries):
    ada, ben, section = a_contributor(), a_contributor("Ben Marsh"), a_section()
    some_articles(3, ada, ben, section=section)
    # Of those who may not publish, Wagtail itself asks once for each page whether they may delete it.
    moderator = desk("Moderators")
    moderator.get(reverse("articles:index"))

    some_articles(45, ada, ben, section=section)
    with django_assert_max_num_queries(40):
        html = moderator.get(reverse("articles:index")).content.decode()

    assert html.count("Ada Quill, Ben Marsh") == 48


def test_a_section_in_use_is_not_deleted_and_the_editor_is_told(desk, magazine, admin_client):
    section = a_section()
    an_article(a_contributor(), section=section)

    response = admin_client.post(
        reverse(Section.snippet_viewset.get_url_name("delete"), args=[section.pk]), follow=True
    )

    assert Section.objects.filter(pk=section.pk).exists()
    assert "cannot be deleted" in response.content.decode()


def test_the_wording_of_roles_is_data(desk, magazine, admin_client):
    role = Role.objects.get(code="photographer")
    fields = {
        "label": "Photographer",
        "plural_label": "Photo essays",
        "code": "photographer",
        "byline_phrase": "Pictures:",
        "prints": "byline",
        "schema_property": "contributor",
        "sort_order": 6,
    }

    admin_client.post(reverse(Role.snippet_viewset.get_url_name("edit"), args=[role.pk]), fields)
    an_article((a_contributor(), "photographer"))

    assert "Photo essays" in read("/author/ada-quill/").other_work
