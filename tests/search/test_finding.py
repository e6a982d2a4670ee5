"""What readers find, as they find it: on the page."""

import json
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standfirst.articles.actions import save_article
from standfirst.articles.models import ArticlePage
from standfirst.contributors.actions import save_contributor
from standfirst.contributors.models import Alias, Contributor
from standfirst.identity.actions import RenameScope, merge_contributors, rename, undo, withdraw
from standfirst.publications.actions import save_section
from standfirst.search import queries
from standfirst.search.asking import asked
from standfirst.search.engines import engine
from standfirst.search.finding import find
from standfirst.search.matches import Places
from tests.archives.reading import read
from tests.factories import (
    FIRST_DAY,
    a_contributor,
    a_magazine,
    a_section,
    a_topic,
    an_article,
    some_articles,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def magazine():
    return a_magazine()


def page(query, **more):
    return read(f"/search/?{urlencode({'q': query} | more)}")


def found(query, **more):
    """The headlines that are found, in their order."""
    links = page(query, **more).tree.xpath("//main//*[@class='entry-headline']//a")
    return [link.text_content() for link in links]


def people(query):
    """Where whom and what the words are the name of is found."""
    return page(query).tree.xpath("//ul[contains(@class, 'people')]//a/@href")


def text(html):
    return f"<p>{html}</p>"


def with_body(*texts, **fields):
    return an_article(body=[("paragraph", text(one)) for one in texts], **fields)


# --- words ------------------------------------------------------------------------------------------------------------


def test_every_word_must_match_wherever_it_stands():
    with_body("On the old weir.", headline="Slow water", standfirst="A river in spring.")
    with_body("On the new weir.", headline="Fast water")

    assert found("water weir") == ["Fast water", "Slow water"]
    assert found("water river weir ") == ["Slow water"]
    assert found("water harbour ") == []


def test_the_last_word_finds_by_its_beginning():
    with_body("Nothing.", headline="The harbourmaster")

    assert found("harbourm") == found("ha") == ["The harbourmaster"]
    assert found("harbourm ") == []
    assert found("harbourm the") == []


def test_a_beginning_finds_in_bodies_as_well():
    with_body("He met the lamplighter.", headline="At dusk")

    assert found("dusk lampl") == ["At dusk"]


def test_a_phrase_stands_as_it_was_typed():
    with_body("It was a slow, brown river.", headline="One")
    with_body("The river was brown and slow.", headline="Two")

    assert found('"slow brown river"') == ["One"]
    assert found("slow brown river") == ["Two", "One"]


def test_what_is_not_wanted_is_left_out_wherever_it_stands():
    with_body("With a dam.", headline="River one")
    with_body("Without.", headline="River two")

    assert found("river -dam") == ["River two"]
    assert found('river -"with a dam"') == ["River two"]
    assert found(f"year:{FIRST_DAY.year} -dam") == found(f'year:{FIRST_DAY.year} -"a dam"') == ["River two"]


def test_a_phrase_ends_where_a_field_ends():
    an_article(headline="Upon the river", standfirst="Bank holidays.")

    assert found('"the river"') == found('"bank holidays"') == ["Upon the river"]
    assert found('"river bank"') == []


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Nguyễn", "nguyen"),
        ("Łódź", "LODZ"),
        ("Ξένια", "ξενια"),
        ("Straße", "strasse"),
        ("l’été", "été"),
        ("東京都知事選挙", "都知事"),
        ("東京都知事選挙", "京都"),
        ("กรุงเทพมหานคร", "กรุงเทพ"),
        ("대한민국", "한민"),
        ("O’Neill", "oneill"),
        ("O’Neill", "O'Neill"),
        ("C++ at 100", "100"),
    ],
)
def test_marks_scripts_and_signs_do_not_hide_a_word(written, typed):
    with_body(f"It said {written} there.", headline="One")
    with_body("It said nothing.", headline="Two")

    assert found(f"{typed} ") == ["One"]


def test_a_word_finds_its_other_forms_and_a_quoted_one_only_itself():
    with_body("They flooded the valley.", headline="One")
    with_body("A flood came.", headline="Two")

    assert set(found("floods ")) == {"One", "Two"}
    assert found('"flooded"') == ["One"]


def test_one_wrong_letter_is_asked_about_and_searched_for():
    with_body("It was the lamplighter.", headline="One")

    for typed in ("lamplihgter ", "lamplighte ", "lamplightre", "lanplighter"):
        answer = page(typed)
        assert "These are the results for" in answer.html or "Nothing found" not in answer.html
        assert found(typed) == ["One"]


def test_two_words_typed_as_one_are_parted():
    with_body("It was the old lamplighter.", headline="One")

    for typed in ("oldlamplighter", "oldnlamplighter"):
        assert "These are the results for" in page(typed).html
        assert found(typed) == ["One"]
    assert "These are the results for" not in page("lamplighterold").html  # Not in this order.


def test_a_name_typed_without_its_space_leads_to_its_page():
    an_article(a_contributor("Ada Łódzka"), headline="By her")

    assert people("adalodzka") == people("adanlodzka") == ["/author/ada-lodzka/"]


def test_nothing_is_proposed_that_finds_nothing():
    article = with_body("It was the lamplighter.", headline="One")
    article.unpublish()

    assert "These are the results for" not in page("lamplihgter").html


# --- names ------------------------------------------------------------------------------------------------------------


def test_a_name_leads_to_its_page_first_and_finds_the_work():
    ada = a_contributor("Ada Łódzka")
    an_article(ada, headline="By her")
    with_body("About Ada Łódzka.", headline="About her")

    answer = page("ada lodzka")

    assert answer.tree.xpath("//main//h2")[0].text_content() == "Contributors"
    assert people("ada lodzka") == people("lodzka ada") == ["/author/ada-lodzka/"]
    assert set(found("ada lodzka")) == {"By her", "About her"}
    assert found("by:lodzka") == found("by:ada-lodzka") == found('by:"Ada Łódzka"') == ["By her"]


def test_work_is_found_by_every_name_and_a_private_one_is_shown_nowhere():
    ada = a_contributor("Ada Quill")
    ada.aliases = [Alias(name="Zenobia Marsh", is_public=True), Alias(name="Ottoline Weir", kind="former")]
    save_contributor(ada, by=None)
    an_article(ada, headline="By her")

    assert found("zenobia marsh") == found("by:zenobia") == ["By her"]
    assert people("zenobia marsh") == ["/author/ada-quill/"]
    assert found("ottoline weir") == found("by:ottoline") == ["By her"]
    answer = page("ottoline weir")
    assert people("ottoline weir") == []
    assert "weir" not in answer.tree.xpath("string(//main)").lower()
    for typed in (
        "ottolin",
        "ottolyne",
        "weri ottoline",
        "ottolien",
        "ottolineweir",
        "by:ottolin",
        "by:ottolyne",
        "by:weri",
    ):
        shown = page(typed).html + read(f"/search/suggestions/?q={typed}").html
        assert "Ottoline" not in shown
        # In the address of a feed a space is a plus.
        assert "ottoline" not in shown.replace(typed, "").replace(typed.replace(" ", "+"), "")


@pytest.mark.parametrize(
    "typed", ["by:ottolyne", "by:ottolin", "ottolyne", "by:wier", "weirr", "ottolineweir"]
)
def test_a_name_that_was_silenced_is_proposed_to_nobody(typed):
    ada = a_contributor("Ottoline Weir")
    an_article(ada, headline="By her")
    rename(
        ada, display_name="Ada Quill", scope=RenameScope.EVERYWHERE_SILENTLY, keep_old_address=False, by=None
    )

    shown = page(typed).html + read(f"/search/suggestions/?q={typed}").html
    told = shown.lower().replace(typed, "")

    assert "ottoline" not in told
    assert "weir" not in told


def test_a_rename_is_found_at_once_and_undone_at_once():
    ada = a_contributor("Ada Quill")
    some_articles(3, ada)
    change = rename(ada, display_name="Bea Thorne", by=None)

    assert len(found("thorne")) == len(found("by:bea-thorne")) == 3
    assert people("thorne") == ["/author/ada-quill/"]
    # Printed under it, they are found by it still.
    assert len(found("quill")) == 3

    undo(change, by=None)
    assert found("thorne") == []


def test_after_a_merge_one_has_the_work_of_both_and_after_its_undoing_their_own():
    ada, other = a_contributor("Ada Quill"), a_contributor("A. Q. Reed")
    an_article(ada, headline="Ada's")
    an_article(other, headline="The other's")
    change = merge_contributors(kept=ada, absorbed=other, by=None)

    assert set(found("by:ada-quill")) == set(found("by:a-q-reed")) == {"Ada's", "The other's"}
    assert people("reed") == []

    undo(change, by=None)
    assert found("by:ada-quill") == ["Ada's"]
    assert people("reed") == ["/author/a-q-reed/"]


def test_who_is_withdrawn_leads_nowhere_and_is_no_choice():
    ada = a_contributor("Ada Quill")
    an_article(ada, headline="One")
    an_article(a_contributor("Ben Marsh"), headline="One more")
    assert "by%3Aada-quill" in page("one").html

    withdraw(ada, by=None)

    assert people("quill") == []
    assert "ada-quill" not in page("one").html


def test_sections_and_topics_lead_there_first_also_under_a_new_name():
    rivers = a_section("Long essays")
    an_article(headline="In it", section=rivers, topics=[a_topic("Water works")])

    assert people("essay") == ["/section/long-essays/"]
    assert people("water works") == ["/topic/water-works/"]
    assert found("essays") == ["In it"]

    rivers.name = "Reportages"
    save_section(rivers, by=None)
    assert people("reportages") == ["/section/long-essays/"]
    assert people("essay") == found("essay") == []
    assert found("reportages") == ["In it"]


def test_a_topic_that_is_deleted_finds_nothing():
    topic = a_topic("Water works")
    an_article(headline="In it", topics=[topic])

    topic.delete()

    assert people("works") == found("works") == []
    assert found("topic:water-works in") == []


# --- fields and facets ---------------------------------------------------------------------------------------------------


@pytest.fixture
def varied():
    ada, ben = a_contributor("Ada Quill"), a_contributor("Ben Marsh")
    rivers, weather = a_section("Rivers"), a_section("Weather")
    an_article(ada, headline="Tide one", section=rivers, topics=[a_topic("Floods")])
    an_article(ada, (ben, "translator"), headline="Tide two", section=weather)
    an_article(ben, (ada, "photographer"), headline="Tide three", section=rivers)


@pytest.mark.parametrize(
    ("query", "headlines"),
    [
        ("tide by:ada-quill", {"Tide one", "Tide two", "Tide three"}),
        ("tide by:ada-quill role:photographer", {"Tide three"}),
        ("tide role:translator", {"Tide two"}),
        ("tide in:rivers", {"Tide one", "Tide three"}),
        ("tide in:rivers -by:ben-marsh", {"Tide one"}),
        ("tide topic:floods", {"Tide one"}),
        ("in:weather", {"Tide two"}),
        ("tide year:2015-2016", {"Tide one", "Tide two", "Tide three"}),
        ("tide year:1999", set()),
        ("tide by:nobody-at-all", set()),
        ("tide in:nowhere", set()),  # no section: words, which nothing has
    ],
)
def test_fields_narrow(varied, query, headlines):
    assert set(found(query)) == headlines


def test_a_former_address_narrows_as_the_present_one(varied):
    section = a_section("Old name")
    an_article(headline="There", section=section)
    section.slug = "new-name"
    save_section(section, by=None)

    assert found("in:old-name") == found("in:new-name") == ["There"]


@pytest.mark.parametrize(
    ("query", "least"),
    [
        ("tide", 6),
        ("tide by:ada-quill", 4),
        ("by:ben", 4),
        ("tide role:photographer", 1),
        ("role:translator", 1),
        ("tide role:author in:rivers", 2),
        ("tide by:ben-marsh in:rivers", 0),
        ("tide by:ada-quill role:author", 2),
    ],
)
def test_counts_of_facets_are_what_they_lead_to(varied, query, least):
    ada, ben = Contributor.objects.order_by("pk")[:2]
    cy = a_contributor("Cy Reed")
    an_article(
        ben, (ada, "photographer"), (cy, "photographer"), headline="Tide four", section=a_section("Sea")
    )
    an_article(cy, (cy, "translator"), headline="Ebb")
    answer = page(query)
    choices = answer.tree.xpath("//*[@class='facet']//li")

    assert len(choices) >= least
    for choice in choices:
        (path,) = choice.xpath("a/@href")
        (count,) = choice.xpath("*[@class='facet-count']/text()")
        narrowed = read(path)
        assert (
            narrowed.tree.xpath("//main//h2[@class='found-heading']")[-1]
            .text_content()
            .startswith(f"{count} ")
        )
        assert len(narrowed.tree.xpath("//*[@class='entry-headline']")) == int(count)


def test_what_it_is_narrowed_to_can_be_taken_off_again(varied):
    answer = page("tide in:rivers")
    (path,) = answer.tree.xpath("//*[@class='narrowed']//a/@href")

    assert len(found("tide")) == len(read(path).tree.xpath("//*[@class='entry-headline']")) == 3


@pytest.mark.parametrize(
    ("query", "chips"),
    [
        ("tide in:nowhere", 0),
        ("tide in:nowhere by:ada-quill", 1),
        ("tide by: ada-quill -in: rivers", 2),
        ("tide by:ada-quill role:photographer", 2),
        ("tide -in:nowhere", 0),
    ],
)
def test_what_narrows_nothing_is_not_shown_as_if_it_did(varied, query, chips):
    assert len(page(query).tree.xpath("//*[@class='narrowed']//a")) == chips


@pytest.mark.parametrize("query", ["-tide", "-by:ada-quill", "-tide -in:rivers"])
def test_nothing_is_found_without_a_word_to_find_and_it_is_said(varied, query):
    answer = page(query)

    assert answer.tree.xpath("//*[@class='entry-headline']") == []
    assert "a word to find" in answer.tree.xpath("string(//*[@role='status'])")


@pytest.mark.parametrize("query", ["", "asdfgh", "-tide"])
def test_where_nothing_is_found_it_is_said_what_can_be_typed(varied, query):
    assert "by:name" in page(query).tree.xpath("string(//main)")
    assert "by:name" not in page("tide").html


def test_a_search_from_an_archive_is_narrowed_to_it():
    ada = a_contributor("Ada Quill")
    some_articles(45, ada, section=a_section("Rivers"))
    an_article(headline="Article of nobody")

    for path in ("/author/ada-quill/", "/section/rivers/"):
        form = read(path).tree.xpath("//main//form[@role='search']")[0]
        (within,) = form.xpath(".//input[@name='within']/@value")
        answer = page("article", within=within)
        assert "45 articles" in answer.tree.xpath("string(//main)")
        assert "Article of nobody" not in answer.html


# --- results -----------------------------------------------------------------------------------------------------------


def test_results_have_a_title_marks_and_the_best_sentence():
    with_body(
        "Nothing here. Then the slow barge met the tide & turned <em>back</em>. More follows.",
        headline="Barges <1>",
        standfirst="On a barge.",
    )

    answer = page("barge tide ")

    assert answer.tree.xpath("//title/text()")[0].startswith("Search: barge tide · ")
    assert [mark.text_content() for mark in answer.tree.xpath("//*[@class='entry-headline']//mark")] == [
        "Barges"
    ]
    passage = answer.tree.xpath("//*[@class='entry-passage']")[0]
    assert passage.text_content() == "Then the slow barge met the tide & turned back."
    assert [mark.text for mark in passage.xpath("mark")] == ["barge", "tide"]


def test_a_headline_that_is_what_was_asked_for_comes_first():
    for number in range(4):
        with_body(
            "The changing face of it.",
            headline=f"The face is changing {number}",
            standfirst="The changing face.",
        )
    with_body("Nothing.", headline="The changing face")

    assert found("the changing face")[0] == "The changing face"


def test_the_newest_come_first_if_a_reader_wants():
    with_body("River.", headline="River river old")
    with_body("River river river river.", headline="Newer")

    assert found("river ", sort="newest") == ["Newer", "River river old"]


def test_many_results_are_walked_to_their_end(monkeypatch):
    some_articles(45)
    seen = []
    path = f"/search/?{urlencode({'q': 'article'})}"
    while path:
        answer = read(path)
        seen += answer.tree.xpath("//*[@class='entry-headline']/a/@href")
        path = next(iter(answer.tree.xpath("//a[@rel='next']/@href")), None)

    assert len(seen) == len(set(seen)) == 45
    assert "45 articles" in page("article").tree.xpath("string(//main)")
    monkeypatch.setattr(queries, "MOST_COUNTED", 40)
    assert "Over 40 articles" in page("article").tree.xpath("string(//main)")


@pytest.mark.parametrize("number", ["0", "-1", "x", "3", "51", "1e3", "٣"])
def test_there_is_no_page_past_the_end(number):
    some_articles(25)

    assert page("article", page=number).status == 404


def test_what_is_not_public_is_found_by_nothing(varied):
    article = ArticlePage.objects.get(title="Tide one")
    assert "Tide one" in found("tide")
    article.unpublish()

    assert "Tide one" not in found("tide")
    assert "Tide one" not in read("/search/suggestions/?q=tide").html

    article = ArticlePage.objects.get(title="Tide two")
    article.title = "Ebb two"
    save_article(article, by=None)
    assert found("tide") == ["Tide three"]
    assert found("ebb ") == ["Ebb two"]


def test_a_search_that_meets_its_deadline_says_so(monkeypatch):
    some_articles(30)
    monkeypatch.setattr(type(engine()), "newest", lambda *_, **__: Places(is_cut=True))

    answer = page("article")

    assert "not the time to search to the end" in answer.tree.xpath("string(//main)")
    assert "Nothing found" not in answer.html


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text() | st.text(alphabet="\"'-:*()|&!<>\\ ab東é year:by:in:role:"))
def test_anything_may_be_typed(varied, query):
    assert page(query).status == 200
    assert read(f"/search/suggestions/?{urlencode({'q': query})}").status == 200


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_article_is_found_by_any_of_its_words(varied, data):
    article = data.draw(st.sampled_from(list(ArticlePage.objects.published())))
    word = data.draw(st.sampled_from(article.title.split()))

    assert article.pk in [hit.article for hit in find(asked(f"{word} ")).hits]


# --- the address bar -----------------------------------------------------------------------------------------------------


def test_every_page_leads_a_browser_to_the_description_of_the_search():
    for path in ("/", "/search/", "/nothing/"):
        (link,) = read(path).tree.xpath("//head/link[@rel='search']/@href")
        assert link == "/opensearch.xml"
    answer = read("/opensearch.xml")

    assert answer.status == 200
    assert 'template="http://testserver/search/?q={searchTerms}"' in answer.html
    assert "<ShortName>The Test</ShortName>" in answer.html


def test_suggestions_are_names_and_headlines():
    an_article(a_contributor("Ada Tidewater"), headline="Tides of March", section=a_section("Tidings"))

    query, words, _descriptions, addresses = json.loads(read("/search/suggestions/?q=tid").html)

    assert query == "tid"
    assert words == ["Tidings", "Ada Tidewater", "Tides of March"]
    assert Contributor.objects.get().path in addresses[1]
