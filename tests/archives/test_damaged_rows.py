"""A row that somebody damaged, by hand or by a program, costs what it is on and no other page."""

import pytest
from django.db import connection
from wagtail.contrib.redirects.models import Redirect

from standfirst.articles.models import ArticlePage
from tests.archives.reading import read
from tests.factories import a_contributor, a_magazine, a_section, an_article

pytestmark = pytest.mark.django_db

DAMAGES = {
    "no date": "UPDATE wagtailcore_page SET first_published_at = NULL WHERE id = {article}",
    "no address": "UPDATE articles_articlepage SET address = '' WHERE page_ptr_id = {article}",
    "an odd address": "UPDATE articles_articlepage SET address = 'x/../y' WHERE page_ptr_id = {article}",
    "no headline": "UPDATE wagtailcore_page SET title = '' WHERE id = {article}",
    "a body of another kind": "UPDATE articles_articlepage SET body = '7' WHERE page_ptr_id = {article}",
    "a body without end": "UPDATE articles_articlepage SET body = '{deep}' WHERE page_ptr_id = {article}",
    "a body with an endless number": "UPDATE articles_articlepage SET body = '[{number}]' WHERE page_ptr_id = {article}",
    "half a listing": "DELETE FROM articles_listing WHERE article_id = {article} AND contributor_id IS NULL",
    "no listing": "DELETE FROM articles_listing WHERE article_id = {article}",
    "a letter that is none": "UPDATE contributors_contributor SET letter = '?' WHERE id = {ada}",
    "merged in a ring": (
        "UPDATE contributors_contributor SET merged_into_id = {ada} + {cleo} - id WHERE id IN ({ada}, {cleo})"
    ),
    "an accent that is none": "UPDATE publications_publicationsettings SET accent = '}}'",
    "a biography with odd links": (
        "UPDATE contributors_contributor SET biography = '<a linktype=\"page\" id=\"abc\">x</a>"
        "<embed embedtype=\"image\" id=\"zz\"/><a linktype=\"nope\" id=\"1\">q</a>' WHERE id = {ada}"
    ),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damage_on_one_article_or_person_leaves_every_other_page_as_it_is(damage: str) -> None:
    a_magazine()
    ada, ben, section = a_contributor("Ada Quill"), a_contributor("Ben Marsh"), a_section()
    article = an_article(ada, ben, headline="On water", section=section)
    other = an_article(ben, headline="On fire", section=section)
    cleo = a_contributor("Cleo Lark")
    parts = {
        "article": article.pk,
        "ada": ada.pk,
        "cleo": cleo.pk,
        "deep": "[" * 1500 + "]" * 1500,
        "number": "9" * 5000,
    }

    with connection.cursor() as cursor:
        cursor.execute(damage.format_map(parts))

    others = [
        "/",
        "/articles/",
        "/authors/",
        ben.path,
        section.path,
        other.url,
        "/search/?q=fire",
        "/author/nobody/",
    ]
    answers = {path: read(path).status for path in others}
    assert answers == dict.fromkeys(others, 200) | {"/author/nobody/": 404}
    assert "On fire" in read(ben.path).html
    # Hers answers, whatever it says, and does not go round for ever.
    assert read("/author/ada-quill/").status in (200, 301, 404)


def test_halves_of_characters_in_a_body_are_not_printed() -> None:
    a_magazine()
    article = an_article(
        a_contributor(), body='[{"type": "paragraph", "value": "<p>So \\ud800it goes.</p>"}]'
    )

    assert "So it goes." in read(ArticlePage.objects.get(pk=article.pk).url).html


def test_a_redirect_that_is_no_address_leads_nowhere() -> None:
    a_magazine()
    for number, link in enumerate(("http://[::1", "javascript:alert(1)", "data:text/html,x")):
        Redirect.objects.create(old_path=f"/old-{number}", redirect_link=link)

        assert read(f"/old-{number}/").status == 404
