"""What the head of a page says to whoever shares it, read back as they read it."""

import io
import json
import re
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from PIL import Image

from standfirst.articles.actions import save_article
from standfirst.articles.models import Correction
from standfirst.cards.context import Sharing
from standfirst.contributors.actions import save_contributor
from standfirst.contributors.models import Contributor
from standfirst.identity.actions import withdraw
from standfirst.publications.colours import contrast
from standfirst.publications.models import PublicationSettings
from standfirst.publications.queries import publication
from tests.archives.reading import read
from tests.cards.tags import tags_of
from tests.factories import a_contributor, a_magazine, a_section, a_topic, an_article
from tests.pagecache.keeping import kept_paths, pagecache, sent

pytestmark = pytest.mark.django_db
HERE = "http://testserver"


@pytest.fixture
def magazine():
    return a_magazine()


@pytest.fixture
def article(magazine):
    ada = a_contributor("Ada Quill", fediverse="@ada@social.example")
    ben = a_contributor("Ben Marsh")
    cy = a_contributor("Cy Reed", fediverse="@cy@press.example")
    return an_article(
        ada,
        ben,
        (cy, "translator"),
        headline="The Slow River",
        standfirst="On waiting.",
        section=a_section(),
        topics=[a_topic(), a_topic("Locks")],
    )


def test_an_article_says_all_that_a_card_is_made_of(article) -> None:
    tags = tags_of(read(article.url).html)

    assert tags.one("og:title") == "The Slow River"
    assert tags.one("og:type") == "article"
    assert tags.one("og:url") == f"{HERE}{article.url}"
    assert tags.one("og:description") == "On waiting."
    assert tags.one("og:site_name") == "The Test"
    assert tags.one("og:locale") == "en_GB"
    assert tags.one("article:published_time") == article.first_published_at.isoformat()
    assert tags.meta["article:author"] == [f"{HERE}/author/ada-quill/", f"{HERE}/author/ben-marsh/"]
    assert tags.one("article:section") == "Rivers"
    assert tags.meta["article:tag"] == ["Floods", "Locks"]
    assert tags.one("twitter:card") == "summary_large_image"
    assert tags.meta["fediverse:creator"] == ["@ada@social.example", "@cy@press.example"]
    assert (
        tags.one("og:image:alt")
        == "The Slow River. On waiting. Ada Quill and Ben Marsh, translated by Cy Reed"
    )


def test_a_correction_is_a_change_of_the_article(article) -> None:
    article.corrections.add(Correction(text="<p>It was slower.</p>", dated=date(2024, 5, 17)))
    save_article(article, by=None)

    modified = datetime.fromisoformat(tags_of(read(article.url).html).one("article:modified_time"))
    assert modified.date() == date(2024, 5, 17)
    assert modified <= datetime.now(UTC)


@pytest.mark.parametrize(
    "path", ["/", "/author/ada-quill/", "/articles/", "/section/rivers/", "{article}", "/search/?q=slow"]
)
def test_every_page_has_a_share_image_that_is_there_and_as_large_as_it_says(path: str, article) -> None:
    tags = tags_of(read(path.format(article=article.url)).html)

    response = Client().get(tags.one("og:image").removeprefix(HERE))

    assert (response.status_code, response["Content-Type"]) == (200, tags.one("og:image:type"))
    with Image.open(io.BytesIO(response.content)) as image:
        assert [str(side) for side in image.size] == [tags.one("og:image:width"), tags.one("og:image:height")]
    assert tags.one("og:image:alt")


@pytest.mark.parametrize("path", ["/", "/author/ada-quill/", "{article}"])
def test_every_icon_that_a_page_names_is_there(path: str, article) -> None:
    tags = tags_of(read(path.format(article=article.url)).html)

    for address in (*tags.links["icon"], *tags.links["apple-touch-icon"], *tags.links["manifest"]):
        response = Client().get(address)
        assert response.status_code == 200, address
    assert len(tags.meta["theme-color"]) == 2


def test_the_manifest_names_icons_of_the_sizes_that_they_have(magazine) -> None:
    manifest = json.loads(Client().get("/site.webmanifest").content)

    assert (manifest["name"], manifest["start_url"], manifest["lang"]) == ("The Test", "/", "en-gb")
    for icon in manifest["icons"]:
        response = Client().get(icon["src"])
        with Image.open(io.BytesIO(response.content)) as image:
            assert f"{image.width}x{image.height}" == icon["sizes"]
    with Image.open(io.BytesIO(Client().get("/favicon.ico").content)) as image:
        assert {(16, 16), (32, 32), (48, 48)} == set(image.info["sizes"])


def test_icons_are_of_the_publications_letter_and_colour(magazine) -> None:
    settings = PublicationSettings.load()
    settings.name, settings.accent = "The Lantern", "#1b5e8c"
    settings.save()

    svg = Client().get("/icon.svg")

    ground = re.search(r'<rect[^>]* fill="(#[0-9a-f]{6})"', svg.content.decode()).group(1)
    assert ">L</text>" in svg.content.decode()
    assert contrast(ground, "#fdfcf9") >= 4.5
    assert "sandbox" in svg["Content-Security-Policy"]
    with Image.open(io.BytesIO(Client().get("/icon-512.png").content)) as image:
        assert "#{:02x}{:02x}{:02x}".format(*image.convert("RGB").getpixel((2, 2))) == ground
        assert len(image.convert("RGB").getcolors(100_000)) > 2


@pytest.mark.parametrize(
    ("language", "locale"),
    [("en-gb", "en_GB"), ("de", "de_DE"), ("pt-br", "pt_BR"), ("zh-hans", "zh_CN"), ("eo", "")],
)
def test_the_language_is_told_as_open_graph_has_it(language: str, locale: str, magazine) -> None:
    row = publication()

    assert (
        Sharing(
            type(row)(**{name: getattr(row, name) for name in row.__slots__} | {"language": language})
        ).locale
        == locale
    )


def test_a_contributor_links_to_who_they_are_elsewhere(article) -> None:
    tree = read("/author/ada-quill/").tree

    assert tree.xpath("//a[@rel='me']/@href") == ["https://social.example/@ada"]


def test_who_has_withdrawn_is_named_and_not_linked(article) -> None:
    withdraw(Contributor.objects.get(slug="ada-quill"), by=None)

    tags = tags_of(read(article.url).html)
    assert tags.meta["article:author"] == ["Ada Quill", f"{HERE}/author/ben-marsh/"]
    assert tags.meta["fediverse:creator"] == ["@cy@press.example"]


def test_a_handle_is_in_the_heads_of_their_articles_as_soon_as_it_is_given(article) -> None:
    with pagecache(is_on=True):
        sent(article.url)
        sent("/articles/")
        ben = Contributor.objects.get(slug="ben-marsh")
        ben.fediverse = "@ben@social.example"
        save_contributor(ben, by=None)

        assert article.url not in kept_paths()
        assert "/articles/" in kept_paths()
    assert "@ben@social.example" in tags_of(read(article.url).html).meta["fediverse:creator"]


def test_a_page_that_failed_shares_nothing(magazine) -> None:
    tags = tags_of(read("/nothing/").html)

    assert "og:image" not in tags.meta
    assert tags.links["icon"] == ["/favicon.ico"]


def test_a_contributors_page_is_small(magazine) -> None:
    ada = a_contributor(
        "Ada Quill", biography="<p>Ada writes about rivers.</p>", fediverse="@ada@social.example"
    )
    for number in range(20):
        an_article(
            ada,
            headline=f"The slow river, part {number}",
            standfirst=f"On waiting for the boat, {number} times.",
        )

    with pagecache(is_on=True):
        response = Client().get("/author/ada-quill/", headers={"accept-encoding": "br"})

    assert response["Content-Encoding"] == "br"
    assert len(response.content) <= 5_000


def test_a_handle_that_can_not_be_one_is_refused_at_the_desk(magazine) -> None:
    ada = a_contributor("Ada Quill")
    ada.fediverse = "ada"
    with pytest.raises(ValidationError, match="@name@server"):
        ada.full_clean()

    ada.fediverse = "Ada@Social.example"
    ada.full_clean()
    assert ada.fediverse == "@Ada@social.example"
