"""Old addresses of an import last: an import run again brings back what is missing. And what is imported names nothing here."""

import ast
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect

from standfirst import importers
from standfirst.addresses.models import FormerAddress
from standfirst.articles.models import ArticlePage
from standfirst.config.checks import findings
from standfirst.text import markup

SAMPLES = Path(__file__).parent / "samples"
ARCHIVES = sorted(SAMPLES.glob("*.xml"))


def redirects() -> set[tuple]:
    return set(Redirect.objects.values_list("old_path", "redirect_page", "redirect_link"))


def gone() -> set[str]:
    return {found.subject for found in findings(timezone.now()) if found.kind == "former-address-gone"}


@pytest.mark.parametrize("archive", ARCHIVES, ids=lambda path: path.stem)
def test_every_lost_redirect_is_found_and_an_import_run_again_brings_it_back(archive, bring):
    bring(archive)
    before = redirects()
    assert before
    assert gone() == set()

    Redirect.objects.all().delete()
    assert gone() == {f"address:{path}" for path, _page, _link in before}
    bring(archive)

    assert redirects() == before
    assert gone() == set()


@pytest.mark.parametrize("archive", ARCHIVES, ids=lambda path: path.stem)
def test_what_was_closed_on_purpose_stays_closed_when_an_import_is_run_again(archive, bring):
    bring(archive)
    Redirect.objects.all().delete()
    FormerAddress.objects.update(is_closed=True)

    bring(archive)

    assert redirects() == set()
    assert gone() == set()


@given(
    st.lists(
        st.sampled_from(
            [
                '<a linktype="page" id="1">',
                "<a LINKTYPE=page id=abc href=/x>",
                '<embed embedtype="image" id="1"/>',
                '<a id="7" linktype="document">',
                "words",
                "</a>",
                "<p>",
            ]
        )
    ).map("".join)
)
def test_nothing_from_elsewhere_names_a_page_of_ours(html):
    for clean in (markup.clean_inline, markup.clean_rich_text, markup.clean_body_html):
        cleaned = clean(html).lower()
        assert "linktype" not in cleaned
        assert "embedtype" not in cleaned
        assert " id=" not in cleaned


def test_importers_clean_what_they_read_as_coming_from_elsewhere():
    for path in Path(importers.__file__).parent.rglob("*.py"):
        names = {
            node.attr if isinstance(node, ast.Attribute) else node.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Attribute | ast.Name)
        }
        assert not names & {"clean_edited_text", "clean_edited_inline"}, path


def test_an_article_imported_with_a_false_internal_link_prints_its_words(bring, tmp_path):
    archive = tmp_path / "false-links.xml"
    text = (SAMPLES / "three-co-authors.xml").read_text(encoding="utf-8")
    head, mark, rest = text.partition("<content:encoded><![CDATA[")
    false = '<p>See <a linktype="page" id="abc">the weir</a>.</p><embed embedtype="image" id="x"/>'
    archive.write_text(f"{head}{mark}{false}{rest}", encoding="utf-8")

    bring(archive)

    shown = [Client().get(article.url) for article in ArticlePage.objects.published()]
    assert all(page.status_code == 200 for page in shown)
    assert sum("See the weir." in page.text or "See <a>the weir</a>." in page.text for page in shown) == 1
    assert not any("linktype" in page.text for page in shown)
