"""Archives whole and articles as references: everything, in order, and read back by others as it was printed."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from standfirst.api import works
from standfirst.api.citing.bibtex import escaped
from standfirst.articles.actions import save_article
from standfirst.articles.models import ArticlePage
from standfirst.cards.turns import Turns
from standfirst.contributors.actions import change_slug
from standfirst.contributors.models import Contributor
from standfirst.identity.actions import withdraw
from tests.api.reading import asked, walked
from tests.api.references import from_bibtex, from_csl, from_csv, from_ris, printed
from tests.archives.reading import read, walk
from tests.factories import a_contributor, a_magazine, a_section, a_topic, an_article, some_articles

pytestmark = pytest.mark.django_db

KINDS = ["json", "csv", "bib", "ris", "csl.json"]


@pytest.fixture(autouse=True)
def magazine(db):
    return a_magazine()


def text_at(path):
    response = asked(path)
    assert response.status_code == 200, path
    body = response.content
    return body.decode()


def urls_in(kind, text):
    match kind:
        case "json":
            data = json.loads(text)
            assert data["count"] == len(data["results"])
            urls = [article["url"] for article in data["results"]]
        case "csv":
            urls = [row["url"] for row in from_csv(text)]
        case _:
            parse = {"bib": from_bibtex, "ris": from_ris, "csl.json": from_csl}[kind]
            urls = [reference.url for reference in parse(text)]
    return [url.removeprefix("http://testserver") for url in urls]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("is_long", [False, True], ids=["kept", "long"])
def test_the_count_in_the_heading_is_what_is_in_the_file_and_what_the_interface_has(
    kind, is_long, monkeypatch
):
    if is_long:
        monkeypatch.setattr(works, "KEPT_WHOLE", 10)
        monkeypatch.setattr(works, "AT_ONCE", 7)
    ada, ben = a_contributor(), a_contributor("Ben Marsh")
    rivers, floods = a_section(), a_topic()
    some_articles(45, ada, (ben, "translator"), section=rivers, topics=[floods])
    an_article(ben)

    for page, query in [
        ("/author/ada-quill/", f"contributor={ada.pk}"),
        ("/author/ben-marsh/", f"contributor={ben.pk}"),
        ("/section/rivers/", f"section={rivers.pk}"),
        ("/topic/floods/", f"topic={floods.pk}"),
        ("/articles/", ""),
    ]:
        listed = walk(page)
        assert urls_in(kind, text_at(f"{page}works.{kind}")) == listed
        found = walked(f"/api/v1/articles/?{query}&limit=100")
        assert [one["url"].removeprefix("http://testserver") for one in found] == listed
    assert read("/author/ada-quill/").claimed == 45
    assert len(urls_in(kind, text_at(f"/author/ben-marsh/translator/works.{kind}"))) == 45


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_archive_is_an_empty_file(kind):
    a_contributor()

    assert urls_in(kind, text_at(f"/author/ada-quill/works.{kind}")) == []


def test_nobodys_works_are_nowhere():
    ada, _hidden = a_contributor(), a_contributor("Otto Line", is_public=False)
    an_article(ada)
    for path in (
        "nobody/works.bib",
        "otto-line/works.bib",
        "ada-quill/nothing/works.bib",
        "ada-quill/works.exe",
    ):
        assert asked(f"/author/{path}").status_code == 404, path

    change_slug(ada, slug="somebody", by=None)
    moved = asked("/author/ada-quill/works.ris")
    assert (moved.status_code, moved["Location"]) == (301, "/author/somebody/works.ris")
    withdraw(Contributor.objects.get(pk=ada.pk), by=None)
    assert asked("/author/somebody/works.ris").status_code == 410


def test_an_article_is_cited_and_says_so():
    article = an_article(a_contributor(), headline="Slow & steady", standfirst="A “river”.")

    links = {link.text: link.get("href") for link in read(article.url).tree.xpath("//*[@class='cite']//a")}

    assert set(links) == {"BibTeX", "RIS", "CSL-JSON"}
    [bibtex] = from_bibtex(text_at(links["BibTeX"]))
    [ris] = from_ris(text_at(links["RIS"]))
    [csl] = from_csl(text_at(links["CSL-JSON"]))
    for reference in (bibtex, ris, csl):
        assert (reference.title, reference.standfirst) == ("Slow & steady", "A “river”.")
        assert reference.url == f"http://testserver{article.url}"
        assert reference.authors == ("Ada Quill",)
    page = ArticlePage.objects.get(pk=article.pk)
    page.unpublish()
    assert asked(links["BibTeX"]).status_code == 404


def test_the_address_of_a_reference_lasts_as_its_articles_does():
    article = an_article(a_contributor("Ada Quill"), headline="The tide", slug="the-tide")
    former = article.url
    article.slug = "the-ebb"
    save_article(article, by=None)

    led = Client().get(f"{former}cite.bib")

    assert (led.status_code, led["Location"]) == (301, "/2015/01/the-ebb/cite.bib")
    assert Client().get("/2015/01/never/cite.bib").status_code == 404


def test_a_long_list_has_a_mark_to_ask_by_and_is_written_by_one_at_a_time(monkeypatch):
    monkeypatch.setattr(works, "KEPT_WHOLE", 10)
    some_articles(12, a_contributor("Ada Quill"))

    first = Client().get("/articles/works.csv")
    again = Client().get("/articles/works.csv", headers={"If-None-Match": first["ETag"]})
    monkeypatch.setattr(works, "TURNS", Turns(seconds=0, waiting=-1))
    crowded = Client().get("/articles/works.csv")

    assert (again.status_code, again.content) == (304, b"")
    assert (crowded.status_code, crowded["Retry-After"]) == (503, "10")
    assert crowded.json()["error"]["message"]


def test_what_a_browser_is_told_of_a_file():
    response = asked(an_article(a_contributor(), slug="slow-river").url + "cite.bib")

    assert response["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert response["Content-Disposition"] == 'inline; filename="slow-river.bib"'
    assert response["X-Robots-Tag"] == "noindex"
    assert Client().post("/articles/works.csv").status_code == 405


def test_roles_that_have_no_place_are_said_in_words():
    ada, ben = a_contributor(), a_contributor("Ben Marsh")
    article = an_article(ada, (ben, "photographer"), (ada, "illustrator"))

    assert "note = {Photographer: Ben Marsh; Illustrator: Ada Quill}" in text_at(f"{article.url}cite.bib")
    assert "N1  - Photographer: Ben Marsh; Illustrator: Ada Quill\r\n" in text_at(f"{article.url}cite.ris")
    [item] = json.loads(text_at(f"{article.url}cite.csl.json"))
    assert item["illustrator"] == [{"family": "Quill", "given": "Ada"}]
    assert item["contributor"] == [{"family": "Marsh", "given": "Ben"}]


NAMES = [
    # as printed, and as BibTeX, RIS and CSL have it
    ("Ada Quill", "Quill, Ada", "Quill, Ada"),
    ("Simone de Beauvoir", "de Beauvoir, Simone", "de Beauvoir, Simone"),
    ("Ludwig van Beethoven", "van Beethoven, Ludwig", "van Beethoven, Ludwig"),
    ("Hanneke van der Meer", "van der Meer, Hanneke", "van der Meer, Hanneke"),
    ("Hanneke Van der Meer", "Van der Meer, Hanneke", "Van der Meer, Hanneke"),
    ("Ursula Le Guin", "Le Guin, Ursula", "Le Guin, Ursula"),
    ("Martin Luther King Jr.", "King, Jr., Martin Luther", "King, Martin Luther, Jr."),
    ("Prince", "{Prince}", "Prince"),
    ("Dr Ada Quill", "{Dr Ada Quill}", "Dr Ada Quill"),
    ("王小波", "{王小波}", "王小波"),
    ("Nguyễn Du", "Du, Nguyễn", "Du, Nguyễn"),
    ("Flora O'Neill", "O'Neill, Flora", "O'Neill, Flora"),
]


@pytest.mark.parametrize(("name", "bibtex", "ris"), NAMES)
def test_a_name_comes_apart_only_if_it_can_be_put_together_as_it_was_printed(name, bibtex, ris):
    article = an_article(a_contributor(name))

    assert f"author = {{{bibtex}}}" in text_at(f"{article.url}cite.bib")
    assert f"AU  - {ris}\r\n" in text_at(f"{article.url}cite.ris")
    assert from_csl(text_at(f"{article.url}cite.csl.json"))[0].authors == (name,)
    assert from_bibtex(text_at(f"{article.url}cite.bib"))[0].authors == (name,)


def test_a_particle_is_filed_by_nobody_and_lost_by_nobody():
    article = an_article(a_contributor("Hanneke van der Meer"), a_contributor("Ursula Le Guin"))

    [item] = json.loads(text_at(f"{article.url}cite.csl.json"))
    assert item["author"] == [
        {"family": "Meer", "given": "Hanneke", "non-dropping-particle": "van der"},
        {"family": "Le Guin", "given": "Ursula"},
    ]
    [entry] = parse_string(text_at(f"{article.url}cite.bib"), "bibtex").entries.values()
    hanneke = entry.persons["author"][0]
    assert (hanneke.prelast_names, hanneke.last_names) == (["van", "der"], ["Meer"])


HARD = [
    "50 % of $ & #1_a^b~c",
    "C:\\temp {braces} } { unbalanced }",
    "“Quotes”, \"straight\" and 'single' ''double'' `back` -- and ---",
    "Łódź, 川, Ξένια, عربي, é\u0301",
    "line one\nline two\r\nER  - \u2028TY  - BOOK\u0085and\x0bmore",
    "@article{x, title = {y}}",
    "a << b >> c ,, d",
]


@pytest.mark.parametrize("text", HARD)
def test_every_character_comes_back_as_it_was_printed(text):
    article = an_article(a_contributor(), a_contributor("Ben Marsh"), headline="So")
    page = ArticlePage.objects.get(pk=article.pk)
    page.title = " ".join(text.split())
    page.standfirst = text
    save_article(page, by=None)
    wanted = " ".join("".join(c if c.isprintable() else " " for c in text).split())

    [bibtex] = from_bibtex(text_at(f"{article.url}cite.bib"))
    [ris] = from_ris(text_at(f"{article.url}cite.ris"))
    [csl] = from_csl(text_at(f"{article.url}cite.csl.json"))
    [row] = from_csv(text_at("/author/ada-quill/works.csv"))

    assert bibtex.standfirst == ris.standfirst == wanted
    assert csl.standfirst == page.standfirst
    assert row["standfirst"].removeprefix("'").split() == page.standfirst.replace("\x00", "").split()


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_what_is_escaped_for_tex_prints_as_it_was(text):
    one_line = " ".join("".join(c if c.isprintable() else " " for c in text).split())

    tex = escaped(text)

    assert printed(tex) == one_line
    assert tex.count("{") == tex.count("}")


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "＝1"])
def test_no_cell_is_a_formula(cell):
    an_article(a_contributor(), standfirst=cell, headline=f"{cell.strip()} first")

    text = text_at("/author/ada-quill/works.csv")

    [row] = from_csv(text)
    assert row["headline"].startswith("'")
    assert "\r\n" in text
    assert not text.replace("\r\n", "").count("\n")


def test_a_long_archive_is_read_in_as_many_queries_as_it_has_batches(monkeypatch):
    ada = a_contributor()
    some_articles(60, ada)
    monkeypatch.setattr(works, "KEPT_WHOLE", 10)
    asked_for = []
    for at_once in (30, 20):
        monkeypatch.setattr(works, "AT_ONCE", at_once)
        text_at("/author/ada-quill/works.bib")
        with CaptureQueriesContext(connection) as captured:
            text_at("/author/ada-quill/works.bib")
        asked_for.append(len(captured))

    # Four of records and one of places for a batch, and one of places that finds no more.
    assert asked_for[1] - asked_for[0] == 5
    assert asked_for[0] <= 8 + 3 * 5


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.text(max_size=30))
def test_no_address_below_an_archive_fails(path):
    response = Client().get(f"/author/{path}/works.json")

    assert response.status_code in (301, 404, 410), path
