"""A link inside a text leads to what a reader may read, and to nothing else: every rich text there is."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField

from standfirst.articles.models import ArticlePage, Correction
from standfirst.contributors.actions import save_contributor
from standfirst.publications.actions import save_section, save_topic
from standfirst.publications.models import PublicationSettings
from tests.factories import a_contributor, a_magazine, a_section, a_topic, an_article
from tests.pagecache.keeping import kept_paths, pagecache

pytestmark = pytest.mark.django_db


def in_a_biography(html):
    person = a_contributor("Kay Lee")
    an_article(person)
    person.biography = html
    save_contributor(person, by=None)
    return f"/author/{person.slug}/"


def in_a_section(html):
    section = a_section("Weirs")
    section.description = html
    save_section(section, by=None)
    return "/section/weirs/"


def in_a_topic(html):
    topic = a_topic("Mud")
    topic.description = html
    save_topic(topic, by=None)
    return "/topic/mud/"


def in_the_footer(html):
    settings = PublicationSettings.load()
    settings.footer = html
    settings.save()
    return "/authors/"


def in_a_correction(html):
    article = an_article(a_contributor("Kay Lee"))
    article.corrections = [Correction(text=html)]
    article.save_revision().publish()
    return article.url


def in_the_body(html):
    figure = {"image": None, "alt": "", "caption": html, "credit": ""}
    blocks = [
        ("paragraph", html),
        ("quotation", {"text": html}),
        ("footnotes", [{"mark": "1", "text": html}]),
    ]
    return an_article(a_contributor("Kay Lee"), body=[*blocks, ("image", figure)]).url


# Every field of rich text of every model of ours, and where a reader meets it.
READ_AT = {
    "contributors.Contributor.biography": in_a_biography,
    "publications.Section.description": in_a_section,
    "publications.Topic.description": in_a_topic,
    "publications.PublicationSettings.footer": in_the_footer,
    "articles.Correction.text": in_a_correction,
}


def test_every_field_of_rich_text_is_read_somewhere_below():
    fields = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, RichTextField) and model.__module__.startswith("standfirst.")
    }

    assert fields == set(READ_AT)


@pytest.mark.parametrize("place", [*READ_AT.values(), in_the_body], ids=lambda place: place.__name__)
def test_words_whose_link_leads_nowhere_stand_alone_until_it_leads_somewhere(place):
    a_magazine()
    target = an_article(a_contributor("Ada Quill"), headline="On water")
    target.embargoed_until = timezone.now() + timedelta(days=1)
    target.save_revision().publish()
    path = place(f'<p>See <a linktype="page" id="{target.pk}">that piece</a>.</p>')

    with pagecache(is_on=True):
        page = Client().get(path)
        assert page.status_code == 200
        assert "See that piece." in page.text
        assert target.slug not in page.text
        assert "None" not in page.text
        assert path in kept_paths()

        target = ArticlePage.objects.get(pk=target.pk)
        target.embargoed_until = None
        target.save_revision().publish()
        target.refresh_from_db()

        assert f'<a href="/{target.address}/">that piece</a>' in Client().get(path).text


@pytest.mark.parametrize(
    "link",
    [
        'linktype="page" id="abc"',
        'linktype="page"',
        'linktype="page" id="99999999999999999999"',
        'linktype="document" id="9"',
    ],
)
def test_a_link_that_names_nothing_prints_its_words(link):
    a_magazine()
    # Around all our care, as another program would store it.
    person = a_contributor("Kay Lee")
    an_article(person)
    type(person).objects.filter(pk=person.pk).update(biography=f"<p>See <a {link}>that piece</a>.</p>")

    assert "See that piece." in Client().get("/author/kay-lee/").text


def test_words_whose_document_was_deleted_stand_alone():
    from django.core.files.base import ContentFile

    a_magazine()
    document = get_document_model().objects.create(title="Plan", file=ContentFile(b"%PDF", name="plan.pdf"))
    path = in_a_biography(f'<p>See <a linktype="document" id="{document.pk}">the plan</a>.</p>')
    assert f'<a href="{document.url}">the plan</a>' in Client().get(path).text

    document.delete()

    assert "See the plan." in Client().get(path).text
