"""What pages say to machines: the words of schema.org, the rules of search engines, and nothing that readers may not know."""

import io
import json
from datetime import date, datetime

import pytest
from django.core.files.images import ImageFile
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from wagtail.images import get_image_model

from standfirst.articles.actions import save_article
from standfirst.articles.models import ArticlePage, Correction
from standfirst.articles.queries import article_at
from standfirst.articles.records import record_of, records_of
from standfirst.bylines.models import Role
from standfirst.contributors.actions import save_contributor
from standfirst.contributors.models import Alias, AuthorityId, ContributorLink
from standfirst.publications.models import PublicationSettings, SocialLink
from tests.archives.reading import read
from tests.archives.schema_org import faults
from tests.factories import a_contributor, a_magazine, a_section, a_topic, an_article, some_articles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def magazine(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return a_magazine()


def said_on(path):
    [text] = read(path).tree.xpath("//script[@type='application/ld+json']/text()")
    data = json.loads(text)
    assert data.pop("@context") == "https://schema.org"
    assert list(faults(data)) == []
    return data


def an_image(size=(2400, 1800)):
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, "PNG")
    return get_image_model().objects.create(title="Quay", file=ImageFile(written, name="quay.png"))


@pytest.fixture
def full():
    """An article with everything an article can have."""
    ada, ben, cleo = a_contributor(), a_contributor("Ben Marsh"), a_contributor("Cleo Field")
    desk = a_contributor("The Rivers Desk", kind="organisation")
    article = an_article(
        ben,
        ada,
        desk,
        (cleo, "translator"),
        (ada, "illustrator"),
        (ben, "photographer"),
        (cleo, "editor"),
        headline="The slow <river> & “its” banks",
        standfirst="What the water took.",
        kicker="Floods",
        section=a_section(),
        topics=[a_topic()],
        body=[("paragraph", "<p>It was wet.</p>")],
    )
    page = ArticlePage.objects.get(pk=article.pk)
    page.lead_image, page.lead_image_alt, page.lead_image_credit = an_image(), "A quay", "Ben Marsh"
    page.corrections.add(Correction(dated=date(2020, 1, 2), text="<p>It was <b>1871</b>.</p>"))
    return save_article(page, by=None)


def names(people):
    return [who["name"] for who in people]


# --- articles ----------------------------------------------------------------------------------------------------------


def test_an_article_says_everything_in_the_words_of_schema_org(full):
    data = said_on(full.url)

    assert names(data["author"]) == ["Ben Marsh", "Ada Quill", "The Rivers Desk"]
    assert [who["@type"] for who in data["author"]] == ["Person", "Person", "Organization"]
    assert names(data["translator"]) == names(data["editor"]) == ["Cleo Field"]
    assert [(role["roleName"], role["contributor"]["name"]) for role in data["contributor"]] == [
        ("Illustrator", "Ada Quill"),
        ("Photographer", "Ben Marsh"),
    ]
    assert data["headline"] == "The slow <river> & “its” banks"
    assert (data["description"], data["alternativeHeadline"]) == ("What the water took.", "Floods")
    assert (data["articleSection"], data["keywords"], data["wordCount"]) == ("Rivers", ["Floods"], 3)
    assert data["inLanguage"] == "en-gb"
    assert [whole["@type"] for whole in data["isPartOf"]] == ["Periodical", "CollectionPage"]
    [correction] = data["correction"]
    assert (correction["datePublished"], correction["text"]) == ("2020-01-02", "It was 1871.")
    steps = data["mainEntityOfPage"]["breadcrumb"]["itemListElement"]
    assert [step["item"] for step in steps] == [
        "http://testserver/",
        "http://testserver/section/rivers/",
        f"http://testserver{full.url}",
    ]


def test_an_article_keeps_the_rules_of_search_engines(full):
    """https://developers.google.com/search/docs/appearance/structured-data/article"""
    data = said_on(full.url)

    assert data["@type"] in ("Article", "NewsArticle", "BlogPosting")
    for who in data["author"]:
        assert who["@type"] in ("Person", "Organization")
        # One author an entry, a name without titles or words around it, and where they are found.
        assert who["url"].startswith("http://testserver/author/")
    published, modified = (datetime.fromisoformat(data[name]) for name in ("datePublished", "dateModified"))
    assert published.tzinfo
    assert modified.tzinfo
    assert modified >= published
    shapes = [round(image["width"] / image["height"], 2) for image in data["image"]]
    assert shapes[:3] == [1.78, 1.33, 1.0]
    for image in data["image"]:
        assert image["width"] * image["height"] >= 50_000
        assert image["url"].startswith("http://testserver/")
        assert (image["caption"], image["creditText"]) == ("A quay", "Ben Marsh")
    assert data["publisher"]["name"] == "The Test"


def test_a_correction_modifies_an_article(full):
    data = said_on(full.url)

    assert data["dateModified"] > data["datePublished"]
    assert data["dateModified"].startswith("2020-01-02")


def test_the_publisher_has_a_logo_if_there_is_one(full):
    publication = PublicationSettings.load()
    publication.masthead = an_image((800, 200))
    publication.social_links.add(SocialLink(label="Mastodon", url="https://social.example/@test"))
    publication.save()

    publisher = said_on(full.url)["publisher"]

    assert publisher["logo"]["width"] > publisher["logo"]["height"] > 0
    assert publisher["sameAs"] == ["https://social.example/@test"]


def test_a_role_that_schema_org_has_no_word_for_is_said_by_its_name():
    Role.objects.create(code="sounds", label="Sounds", plural_label="Sounds", schema_property="no such word")
    article = an_article((a_contributor(), "sounds"))

    data = said_on(article.url)

    assert data["contributor"][0]["roleName"] == "Sounds"
    assert "author" not in data


def test_an_article_with_next_to_nothing_says_nothing_of_it(full):
    data = said_on(an_article().url)

    assert not {"author", "image", "description", "articleSection", "keywords", "correction"} & set(data)


def test_a_picture_whose_file_is_lost_is_not_mentioned(full):
    full.lead_image.file.delete(save=False)
    full.lead_image.renditions.all().delete()

    assert "image" not in said_on(full.url)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    credits=st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(["author", "translator", "editor"])), max_size=6
    ),
    corrections=st.lists(st.dates(date(2014, 1, 1), date(2030, 1, 1)), max_size=3),
)
def test_the_record_of_a_page_at_hand_is_the_one_that_is_read_for_a_list(credits, corrections):
    people = [a_contributor(f"Name {number}") for number in range(4)]
    article = an_article(
        *((people[who], role) for who, role in dict.fromkeys(credits)),
        section=a_section(),
        topics=[a_topic("Z"), a_topic("A")],
        standfirst="So.",
        body=[("paragraph", "<p>It was wet.</p>")],
        corrections=[Correction(dated=day, text="<p>It was <b>1871</b>.</p>") for day in corrections],
    )

    page = article_at(article.address)
    at_hand = record_of(page, page.get_context(RequestFactory().get(article.url))["article"])

    assert at_hand == records_of([article.pk], with_bodies=True)[0]


# --- contributors ------------------------------------------------------------------------------------------------------


def test_a_profile_says_who_somebody_is_and_nothing_private():
    """https://developers.google.com/search/docs/appearance/structured-data/profile-page"""
    ada = a_contributor(biography="<p>Writes about rivers.</p>")
    ada.portrait, ada.portrait_alt, ada.portrait_credit = an_image((900, 900)), "Ada Quill", "Ben Marsh"
    ada.aliases = [
        Alias(name="A. Q.", kind="pen_name", is_public=True),
        Alias(name="Adam Deadname", kind="former", is_public=False),
    ]
    ada.links = [ContributorLink(label="Home", url="https://ada.example/")]
    ada.authority_ids = [AuthorityId(scheme="viaf", value="102333412")]
    save_contributor(ada, by=None)
    article = an_article(ada)

    data = said_on("/author/ada-quill/")

    person = data["mainEntity"]
    assert (person["@type"], person["name"]) == ("Person", "Ada Quill")
    assert person["alternateName"] == ["A. Q."]
    assert person["description"] == "Writes about rivers."
    assert person["sameAs"] == ["https://ada.example/", "https://viaf.org/viaf/102333412"]
    assert person["image"]["width"] >= 480
    assert (person["image"]["caption"], person["image"]["creditText"]) == ("Ada Quill", "Ben Marsh")
    assert person["agentInteractionStatistic"]["userInteractionCount"] == 1
    assert datetime.fromisoformat(data["dateModified"]) == article.first_published_at
    assert person["@id"] == said_on(article.url)["author"][0]["@id"]
    assert "Deadname" not in read("/author/ada-quill/").html


def test_a_profile_without_work_claims_none():
    a_contributor(is_public=True)

    data = said_on("/author/ada-quill/")

    assert data["mainEntity"]["agentInteractionStatistic"]["userInteractionCount"] == 0
    assert "dateModified" not in data


# --- lists -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/section/rivers/", "/topic/floods/", "/articles/"])
def test_a_list_says_how_many_it_has_and_which_it_shows_in_the_order_shown(path):
    some_articles(45, a_contributor(), section=a_section(), topics=[a_topic()])

    shown, older = said_on(path)["mainEntity"], said_on(f"{path}page/1/")["mainEntity"]

    listed = [entry["url"].removeprefix("http://testserver") for entry in shown["itemListElement"]]
    assert listed == read(path).articles
    assert [entry["position"] for entry in shown["itemListElement"]] == list(range(1, len(listed) + 1))
    assert shown["numberOfItems"] == 45
    # A full archive page shows no totals: it stays as it is.
    assert "numberOfItems" not in older
    assert len(older["itemListElement"]) == 20


def test_the_front_page_says_whose_it_is():
    data = said_on("/")

    assert (data["@type"], data["name"], data["publisher"]["name"]) == ("WebSite", "The Test", "The Test")
