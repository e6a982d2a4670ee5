"""Which categories become sections is a rule the editor chooses; nothing is dropped by any."""

import pytest

from standfirst.importers.errors import ImportRefused
from standfirst.importers.reading.sections import decide as decide_for
from standfirst.importers.wordpress import sections
from standfirst.importers.wordpress.reader import read_posts, survey
from standfirst.importers.wordpress.sections import categories_in

from .exports import category, post, use, write


def decide(rule, found, **options):
    return decide_for(rule, categories_in(found), **options)


def shelve(item, rule, found):
    return sections.shelve(item, rule, categories_in(found), found)


def draft_term(key, found):
    return sections.draft_term(key, categories_in(found), found)


@pytest.fixture
def found(tmp_path):
    return survey(
        write(
            tmp_path,
            category("news", "News", number=1),
            category("politics", "Politics", parent="news", number=2),
            category("opinion", "Opinion", number=3),
            category("unused", "Unused", number=4),
            post(1, terms=(use("category", "opinion", "Opinion"), use("category", "politics", "Politics"))),
            post(2, terms=(use("category", "politics", "Politics"), use("post_tag", "tide", "Tide"))),
            post(3, terms=(use("category", "uncategorized", "Uncategorized"),)),
            post(
                4,
                terms=(use("category", "opinion", "Opinion"), use("category", "politics", "Politics")),
                meta=(("_yoast_wpseo_primary_category", "3"),),
            ),
        )
    )


def shelved(found, rule):
    settled = decide(rule, found)
    return [shelve(item, settled, found) for item in read_posts(found)]


@pytest.mark.parametrize(
    ("rule", "sections"),
    [
        ("auto", ["politics", "politics", "", "opinion"]),
        ("first", ["opinion", "politics", "", "opinion"]),
        ("all", ["opinion", "politics", "", "opinion"]),
        ("topics", ["", "", "", ""]),
        ("News, Opinion", ["news", "news", "", "opinion"]),
        ("Politics", ["politics", "politics", "", "politics"]),
    ],
)
def test_the_rule_decides_the_section(found, rule, sections):
    assert [section.removeprefix("category:") for section, _ in shelved(found, rule)] == sections


def test_what_is_no_section_is_a_topic(found):
    assert shelved(found, "auto")[0] == ("category:politics", ("category:opinion",))
    assert shelved(found, "topics")[1] == ("", ("category:politics", "tag:tide"))


def test_a_name_that_is_no_category_is_refused_with_those_that_are(found):
    with pytest.raises(ImportRefused, match=r"no category “Sport”.*Opinion, Politics"):
        decide("News, Sport", found)


def test_many_flat_categories_make_a_handful_of_sections(tmp_path):
    posts = [
        post(number, terms=tuple(use("category", f"c{n}", f"C{n}") for n in range(number % 40 + 1)))
        for number in range(1, 80)
    ]
    found = survey(write(tmp_path, *posts))

    rule = decide("auto", found)

    assert rule.sections[0] == "c0"
    assert len(rule.sections) == 12


def test_what_was_decided_holds_for_the_next_export(found, tmp_path):
    settled = decide("auto", found).settled
    other = survey(
        write(
            tmp_path,
            category("sport", "Sport"),
            post(9, terms=(use("category", "sport", "Sport"),)),
            name="b.xml",
        )
    )

    rule = decide(settled, other, is_stated=False)

    assert rule.sections == ("politics", "opinion", "sport")
    assert rule.settled == "auto: politics, opinion, sport"


def test_a_category_keeps_every_address_it_had(found):
    term = draft_term("category:politics", found)

    assert term.old_paths == ("/category/news/politics/", "/category/politics/", "/?cat=2")


def test_a_category_that_is_its_own_ancestor_ends(tmp_path):
    found = survey(write(tmp_path, category("a", "A", parent="b"), category("b", "B", parent="a")))

    assert draft_term("category:a", found).old_paths[0] == "/category/b/a/"
