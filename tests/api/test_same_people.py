"""Every output names the same people, in the same order, under the same ids: of hundreds of articles that nobody chose."""

import json
import os
import random
from datetime import timedelta

import pytest
from lxml import etree

from standfirst.articles.bulk import NewArticle, store_articles
from standfirst.articles.models import ArticlePage
from standfirst.articles.records import records_of
from standfirst.bylines.models import Credit, Role
from standfirst.identity.actions import withdraw
from tests.api.reading import asked, walked
from tests.api.references import from_bibtex, from_csl, from_ris
from tests.archives.reading import read
from tests.factories import FIRST_DAY, a_contributor, a_magazine
from tests.feeds.reading import SITE, document
from tests.feeds.specifications import ATOM

pytestmark = pytest.mark.django_db

# Ten thousand take minutes: STANDFIRST_SAME_PEOPLE=10000.
ARTICLES = int(os.environ.get("STANDFIRST_SAME_PEOPLE", "300"))
READ_ONE_BY_ONE = max(40, ARTICLES // 100)
NAMES = [
    ("Ada Quill", "person"),
    ("Simone de Beauvoir", "person"),
    ("Hanneke van der Meer", "person"),
    ("Martin Luther King Jr.", "person"),
    ("Dr. Ivo Larch", "person"),
    ("Łucja O’Neill-Żak", "person"),
    ("Ξένια Παππά", "person"),
    ("王小波", "person"),
    ("محمود درويش", "person"),
    ("Salt and Pepper", "pseudonym"),
    ("Rivers & Sons, Inc. {100%}", "organisation"),
    ("The Editors", "house_name"),
    ("Ben Marsh", "person"),
]
ROLES = ["author", "author", "author", "interviewer", "translator", "illustrator", "photographer", "editor"]


@pytest.fixture
def articles():
    """Articles with up to six credits each, some with names printed otherwise, one person withdrawn since."""
    a_magazine()
    chosen = random.Random(1871)
    people = [a_contributor(name, kind=kind) for name, kind in NAMES]
    roles = {role.code: role for role in Role.objects.all()}
    new = []
    for number in range(ARTICLES):
        page = ArticlePage(title=f"{number} % of {{all}} & “more”", live=True, body="[]")
        page.first_published_at = page.last_published_at = FIRST_DAY + timedelta(days=number)
        credited = dict.fromkeys(
            (chosen.randrange(len(people)), chosen.choice(ROLES)) for _ in range(chosen.randint(0, 6))
        )
        credits = [Credit(contributor=people[who], role=roles[role]) for who, role in credited]
        for credit in credits:
            if not chosen.randrange(10):
                credit.printed_name = f"{credit.contributor.display_name.split()[0]} Elsewhere"
        new.append(NewArticle(page, credits, frozenset()))
    store_articles(new)
    withdraw(people[-1], by=None)
    return [article.page.pk for article in new]


def people_in(data, property):
    """Those in one property of structured data: name, id and page."""
    people = (who.get("contributor", who) for who in data.get(property, ()))
    return [(who["name"], who.get("@id"), who.get("url")) for who in people]


def once(people):
    return list(dict.fromkeys(people))


def test_every_output_names_the_same_people_in_the_same_order_under_the_same_ids(articles):
    records = {
        record.id: record
        for number in range(0, ARTICLES, 100)
        for record in records_of(articles[number : number + 100])
    }
    assert len(records) == ARTICLES
    by_interface = {article["id"]: article for article in walked("/api/v1/articles/?limit=100")}
    bibtex, ris, csl = (
        {reference.url: reference for reference in parse(whole(f"/articles/works.{kind}"))}
        for kind, parse in (("bib", from_bibtex), ("ris", from_ris), ("csl.json", from_csl))
    )
    authorship = set(Role.objects.filter(is_authorship=True).values_list("code", flat=True))

    for number, record in records.items():
        article = by_interface[number]
        assert [(who["name"], who["uri"], who["url"]) for who in article["credits"]] == [
            (who.name, who.uri or None, who.url or None) for who in record.credits
        ]
        assert article["url"] == record.url
        wanted = {
            role: once(
                who.name
                for who in record.credits
                if (who.role in authorship if role == "author" else who.role == role)
            )
            for role in ("author", "editor", "translator")
        }
        for reference in (bibtex[record.url], ris[record.url], csl[record.url]):
            said = wanted
            if reference is ris[record.url]:
                # It has no way to say that a comma parts nothing.
                said = {role: [name.replace(",", "") for name in names] for role, names in wanted.items()}
            assert list(reference.authors) == said["author"]
            assert list(reference.editors) == said["editor"]
            assert list(reference.translators) == said["translator"]
            assert reference.title == record.headline
        assert bibtex[record.url].id == ris[record.url].id == str(number)
        assert csl[record.url].id == article["permanent_id"] == record.permanent_id


def test_feeds_name_whom_the_interface_names(articles):
    by_interface = {article["url"]: article for article in walked("/api/v1/articles/?limit=100")}
    authorship = set(Role.objects.filter(is_authorship=True).values_list("code", flat=True))

    for people_of, path in (
        (people_in_atom, "/articles/feed.atom"),
        (people_in_json_feed, "/articles/feed.json"),
    ):
        read_back = {}
        while path:
            found = document(path)
            read_back |= people_of(found.raw)
            path = found.older.removeprefix(SITE)

        assert read_back == {
            url: (
                [(who["name"], who["uri"]) for who in article["credits"] if who["role"] in authorship],
                [(who["name"], who["uri"]) for who in article["credits"] if who["role"] not in authorship],
            )
            for url, article in by_interface.items()
        }
        assert len(read_back) == ARTICLES


def test_pages_say_of_their_people_what_the_interface_says(articles):
    for number in articles[:READ_ONE_BY_ONE]:
        article = asked(f"/api/v1/articles/{number}/").json()
        path = article["url"].removeprefix("http://testserver")
        page = read(path).tree
        data = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))

        def credited(*roles, article=article):
            return once(
                (who["name"], who["uri"], who["url"]) for who in article["credits"] if who["role"] in roles
            )

        assert data["@id"] == article["permanent_id"]
        assert people_in(data, "author") == credited("author", "interviewer")
        assert people_in(data, "editor") == credited("editor")
        assert people_in(data, "translator") == credited("translator")
        assert once(people_in(data, "contributor")) == credited("illustrator", "photographer")
        assert once(page.xpath("//meta[@property='article:author']/@content")) == once(
            url or name for name, _uri, url in credited("author", "interviewer")
        )
        assert data["dateModified"] == article["modified_at"]
        assert data["isPartOf"][0]["name"] == "The Test"
        [reference] = from_csl(whole(f"{path}cite.csl.json"))
        assert list(reference.authors) == [name for name, _uri, _url in credited("author", "interviewer")]


def people_in_atom(raw):
    """By the address of each entry: its authors, and whoever did something else."""
    return {
        entry.find(f"{ATOM}link").get("href"): tuple(
            [
                (who.findtext(f"{ATOM}name"), who.findtext(f"{ATOM}uri"))
                for who in entry.findall(f"{ATOM}{what}")
            ]
            for what in ("author", "contributor")
        )
        for entry in etree.fromstring(raw).findall(f"{ATOM}entry")
    }


def people_in_json_feed(raw):
    return {
        item["url"]: tuple(
            [(who["name"], who.get("url")) for who in people]
            for people in (item.get("authors", ()), item.get("_standfirst", {}).get("contributors", ()))
        )
        for item in json.loads(raw)["items"]
    }


def whole(path):
    response = asked(path)
    assert response.status_code == 200
    return response.content.decode()
