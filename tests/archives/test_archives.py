"""What a contributor's archive, and every other, shows."""

from datetime import timedelta

import pytest

from standfirst.articles.actions import save_article
from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Role
from standfirst.contributors.actions import change_slug
from standfirst.contributors.models import Alias
from standfirst.identity.actions import rename, withdraw
from tests.archives.reading import people, read, walk
from tests.archives.test_structured import an_image
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


def test_the_page_reads_count_name_biography_then_articles_newest_first():
    ada = a_contributor(biography="<p>Ada Quill walks rivers.</p>")
    older = an_article(ada, headline="First flood", standfirst="It came at night.")
    newer = an_article(ada, headline="Second flood", standfirst="It came by day.")

    page = read("/author/ada-quill/")

    assert page.heading == "2 Articles by: Ada Quill"
    assert page.articles == [newer.url, older.url]
    order = [
        "2 Articles by:",
        "Ada Quill",
        "walks rivers",
        "Second flood",
        "by day",
        "First flood",
        "at night",
    ]
    places = [page.html.index(words, page.html.index("<h1")) for words in order]
    assert places == sorted(places)


def test_one_article_is_said_in_the_singular():
    an_article(a_contributor())

    assert read("/author/ada-quill/").heading == "1 Article by: Ada Quill"


def test_every_co_author_has_the_article_and_each_names_the_others():
    authors = [a_contributor(name) for name in ("Ada Quill", "Ben Marsh", "Cy Field")]
    article = an_article(*authors)

    for author in authors:
        page = read(f"/author/{author.slug}/")
        others = [other for other in authors if other != author]
        assert page.articles == [article.url]
        assert page.tree.xpath("//*[@class='entry-people']//a/@href") == [
            f"/author/{other.slug}/" for other in others
        ]


def test_two_roles_on_an_article_list_it_once_under_the_foremost():
    ada = a_contributor()
    both = an_article((ada, "photographer"), (ada, "author"))
    only = an_article((ada, "photographer"))

    page = read("/author/ada-quill/")

    assert page.claimed == 1
    assert page.articles == [both.url]
    assert page.other_work == {"Photographs": (1, [only.url], "")}
    assert "Photographer" in page.tree.xpath("string(//*[@class='entry-also'])")


def test_a_translator_has_work_under_a_heading_of_its_own_and_no_articles():
    ben = a_contributor("Ben Marsh")
    work = some_articles(45, (ben, "translator"))

    page = read("/author/ben-marsh/")

    assert page.heading == "45 Translations by: Ben Marsh"
    assert page.claimed_to_machines == 45
    number, newest, older = page.other_work["Translations"]
    assert number == 45
    assert older == "/author/ben-marsh/translator/page/1/"
    assert newest + walk(older) == [article.url for article in reversed(work)]
    assert "45 Translations" in read("/authors/").tree.xpath("string(//main)")


def test_a_page_is_headed_by_articles_or_else_by_the_role_with_most_work():
    cy = a_contributor("Cy Reed")
    assert read("/author/cy-reed/").heading == "No articles yet by: Cy Reed"

    an_article((cy, "editor"))
    assert read("/author/cy-reed/").heading == "1 Article edited by: Cy Reed"

    an_article((cy, "photographer"))
    assert read("/author/cy-reed/").heading == "1 Photograph by: Cy Reed"  # The foremost of two with as much.

    an_article((cy, "editor"))
    assert read("/author/cy-reed/").heading == "2 Articles edited by: Cy Reed"
    assert people()["/author/cy-reed/"] == read("/author/cy-reed/").claimed_to_machines == 2

    an_article(cy)
    assert read("/author/cy-reed/").heading == "1 Article by: Cy Reed"
    assert people()["/author/cy-reed/"] == read("/author/cy-reed/").claimed_to_machines == 1


def test_a_role_that_nobody_said_how_to_count_heads_a_page_all_the_same():
    Role.objects.create(code="cartographer", label="Cartographer", plural_label="Maps")
    cy = a_contributor("Cy Reed")
    an_article((cy, "cartographer"))

    page = read("/author/cy-reed/")

    assert page.heading == "Maps (1) by: Cy Reed"
    assert page.claimed_to_machines == 1


def test_structured_data_counts_all_articles_and_not_only_those_shown():
    some_articles(61, a_contributor())

    page = read("/author/ada-quill/")

    assert len(page.articles) < 61
    assert page.claimed_to_machines == page.claimed == 61


@pytest.mark.parametrize(
    "path",
    ["/author/ada-quill/", "/author/ada-quill/page/1/", "{newest}", "/author/ada-quill/editor/page/1/"],
)
def test_whoever_is_not_alone_is_said_to_be_with_others_wherever_their_work_is_listed(path):
    ada, ben = a_contributor(), a_contributor("Ben Marsh")
    articles = some_articles(41, ada, ben)
    if "editor" in path:
        some_articles(41, ben, (ada, "editor"))

    said = read(path.format(newest=articles[-1].url)).tree.xpath("//*[@class='entry-people']")

    others = {" ".join(entry.xpath("string()").split()) for entry in said}
    assert others == ({"With Ben Marsh", "With Ada Quill"} if path == "{newest}" else {"With Ben Marsh"})


@pytest.mark.parametrize("path", ["/", "/articles/", "/articles/page/1/", "/search/?q=article"])
def test_a_list_that_is_nobodys_own_names_everybody_alike(path):
    some_articles(41, a_contributor(), a_contributor("Ben Marsh"))

    said = read(path).tree.xpath("//*[@class='entry-people']")

    assert {" ".join(entry.xpath("string()").split()) for entry in said} == {"Ada Quill and Ben Marsh"}


def test_archive_pages_are_counted_from_the_oldest_and_stay():
    ada = a_contributor()
    articles = some_articles(39, ada)
    assert read("/author/ada-quill/page/1/").status == 404
    assert len(read("/author/ada-quill/").articles) == 39

    articles += some_articles(1, ada)
    first = read("/author/ada-quill/page/1/")
    articles += some_articles(45, ada)

    assert first.articles == [article.url for article in reversed(articles[:20])]
    assert read("/author/ada-quill/page/1/").articles == first.articles
    assert read("/author/ada-quill/page/3/").articles == [
        article.url for article in reversed(articles[40:60])
    ]
    assert read("/author/ada-quill/page/4/").status == 404
    assert len(read("/author/ada-quill/").articles) == 25
    assert walk("/author/ada-quill/") == [article.url for article in reversed(articles)]


def test_the_front_leads_with_the_newest_of_five_that_has_a_picture():
    articles = some_articles(6, a_contributor())
    for article in (articles[2], articles[0]):
        article = ArticlePage.objects.get(pk=article.pk)
        article.lead_image, article.lead_image_alt = an_image(), f"Of {article.title}"
        save_article(article, by=None)

    front = read("/")

    assert front.tree.xpath("//main//h2/a/@href")[0] == articles[2].url
    assert front.tree.xpath("//main//img/@alt") == [f"Of {articles[2].title}"]


def test_each_entry_leads_to_its_section_and_one_without_to_none():
    essays = a_section("Essays")
    an_article(a_contributor(), headline="In essays", section=essays)
    an_article(a_contributor(), headline="In none")

    places = read("/articles/").tree.xpath("//*[@class='entry-place']")

    assert [[(link.text, link.get("href")) for link in place.findall("a")] for place in places] == [
        [],
        [("Essays", "/section/essays/")],
    ]


def test_each_archive_page_holds_its_entries_whichever_end_it_is_read_from():
    oldest_first = [article.url for article in some_articles(125, a_contributor())]

    for number in range(1, 6):
        entries = oldest_first[20 * (number - 1) : 20 * number]
        assert read(f"/author/ada-quill/page/{number}/").articles == entries[::-1]


def test_a_full_archive_page_shows_no_totals():
    some_articles(61, a_contributor())

    assert "61" not in read("/author/ada-quill/page/1/").tree.xpath("string(//main/header)")


def test_years_lead_to_the_page_that_holds_their_newest():
    ada = a_contributor()
    for year in range(6):
        for day in range(10):
            an_article(ada, published_at=FIRST_DAY.replace(year=2010 + year) + timedelta(days=day))

    page = read("/author/ada-quill/")

    links = dict(
        zip(
            page.tree.xpath("//*[contains(@class,'year-links')]//a/text()"),
            page.tree.xpath("//*[contains(@class,'year-links')]//a/@href"),
            strict=True,
        )
    )
    assert list(links) == ["2015", "2014", "2013", "2012", "2011", "2010"]
    assert links["2015"] == "/author/ada-quill/#y2015"
    assert links["2011"] == "/author/ada-quill/page/1/#y2011"
    for year, link in links.items():
        assert read(link.partition("#")[0]).tree.xpath(f"//*[@id='y{year}']"), link


def test_sections_topics_and_everything_are_archives_too():
    river, flood = a_section(), a_topic()
    ada = a_contributor()
    inside = some_articles(41, ada, section=river, topics=[flood])
    outside = an_article(ada)

    urls = [article.url for article in reversed(inside)]
    assert walk("/section/rivers/") == urls
    assert walk("/topic/floods/") == urls
    assert walk("/articles/") == [outside.url, *urls]


def test_an_article_that_changes_section_leaves_the_old_one():
    river, sea = a_section(), a_section("Sea")
    article = an_article(a_contributor(), section=river)

    article.section = sea
    save_article(article, by=None)

    assert walk("/section/rivers/") == []
    assert walk("/section/sea/") == [article.url]


def test_namesakes_have_pages_of_their_own():
    one, other = a_contributor(), a_contributor()
    hers, his = an_article(one), an_article(other)

    assert (one.slug, other.slug) == ("ada-quill", "ada-quill-2")
    assert walk("/author/ada-quill/") == [hers.url]
    assert walk("/author/ada-quill-2/") == [his.url]


def test_a_withdrawn_contributor_is_named_and_not_linked():
    ada, ben = a_contributor(), a_contributor("Ben Marsh")
    article = an_article(ada, ben)

    withdraw(ada, by=None)

    assert read("/author/ada-quill/").status == 410
    page = read(article.url)
    assert "Ada Quill" in page.tree.xpath("string(//*[contains(@class,'byline')])")
    assert "/author/ada-quill/" not in page.html
    assert "/author/ada-quill/" not in read("/author/ben-marsh/").html
    assert "/author/ada-quill/" not in people()


def test_a_rename_leaves_what_was_printed():
    ada = a_contributor()
    article = an_article(ada)

    rename(ada, display_name="Ada Marsh", by=None)

    assert read("/author/ada-quill/").heading == "1 Article by: Ada Marsh"
    assert "Ada Quill" in read(article.url).tree.xpath("string(//*[contains(@class,'byline')])")


def test_a_former_address_leads_to_the_present_one_in_one_hop_with_its_query():
    ada = a_contributor()
    some_articles(40, ada)
    change_slug(ada, slug="ada", by=None)
    change_slug(ada, slug="quill", by=None)

    for former in ("ada-quill", "ada"):
        assert read(f"/author/{former}/?utm=1").location == "/author/quill/?utm=1"
        assert read(f"/author/{former}/page/1/").location == "/author/quill/page/1/"
    assert read("/author/quill/").claimed == 40


def test_an_unlisted_contributor_has_a_page_and_no_place_in_the_a_to_z():
    an_article(a_contributor(is_listed=False))

    assert read("/author/ada-quill/").claimed == 1
    assert people() == {}


def test_private_aliases_are_shown_to_nobody():
    ada = a_contributor()
    ada.aliases = [
        Alias(name="A. Q. Former", kind="former"),
        Alias(name="Quilla", kind="pen_name", is_public=True),
    ]
    ada.save()
    an_article(ada)

    page = read("/author/ada-quill/")
    assert "A. Q. Former" not in page.html
    assert "Quilla" in page.html


def test_an_article_that_returns_to_a_former_address_is_not_led_from_there_to_itself():
    article = an_article(a_contributor(), slug="first")
    first = article.url
    for slug in ("second", "first"):
        article.slug = slug
        article = save_article(article, by=None)
    assert article.url == first
    assert read(first.replace("first", "second")).location == first

    article.unpublish()

    assert read(first).status == 404


def test_an_article_prints_its_picture_with_caption_and_credit_and_its_byline():
    article = ArticlePage.objects.get(pk=an_article(a_contributor("Ada Quill")).pk)
    article.lead_image, article.lead_image_alt = an_image(), "A quay"
    article.lead_image_caption, article.lead_image_credit = "<p>The quay in <i>May</i></p>", "Ben Marsh"
    save_article(article, by=None)

    page = read(article.url)

    [caption] = page.tree.xpath("//article//figcaption")
    assert " ".join(caption.text_content().split()) == "The quay in May Ben Marsh"
    assert page.tree.xpath("//article//*[contains(@class,'byline')]//a/@href") == ["/author/ada-quill/"]
