"""One contributor for each person, under whatever names the export knows them; never two people in one."""

import pytest
from django.test import Client

from standfirst.bylines.models import Credit
from standfirst.contributors.models import Contributor
from standfirst.importers.reading.handles import folded, public_name, words_of
from standfirst.importers.wordpress.people import People, nicename
from standfirst.importers.wordpress.reader import read_posts, survey
from standfirst.review.actions import correct_reading
from standfirst.review.bylines import WantedCredit
from standfirst.review.models import Question, QuestionKind

from .every_format import ARCHIVES, Piece
from .exports import HEAD, SAMPLES, author, guest, post, term, use, write


def bylines(path):
    found = survey(path)
    people = People(found)
    names = {draft.key: draft.display_name for draft in people.contributors}
    return people, [
        [names[credit.contributor_key] for credit in people.byline(p).credits] for p in read_posts(found)
    ]


def test_co_authors_are_credited_in_order_each_once():
    people, credited = bylines(SAMPLES / "three-co-authors.xml")

    assert credited == [
        ["Alice Smith", "Bob Jones"],
        ["Alice Smith", "Bob Jones", "Carol White"],
        ["Bob Jones"],
        ["Alice Smith", "Bob Jones"],
    ]
    assert len(people.contributors) == 3


def test_a_guest_author_is_known_by_slug_login_linked_account_and_address(tmp_path):
    path = write(
        tmp_path,
        author("jchagaris", "J. C.", number=4),
        author("john.chagaris", "johnny", number=5),
        post(1, creator="webmaster", terms=(use("author", "cap-john-chagaris", "john-chagaris"),)),
        post(2, creator="john.chagaris"),
        post(3, creator="John.Chagaris@lantern.example"),
        post(4, creator="jchagaris"),
        guest(9, "john-chagaris", "John Chagaris", linked="jchagaris"),
    )

    people, credited = bylines(path)

    assert credited == [["John Chagaris"]] * 4
    assert len(people.contributors) == 1


def test_two_accounts_whose_logins_are_alike_stay_two_people(tmp_path):
    path = write(
        tmp_path,
        author("jo.hn", "Jo Hn", number=1),
        author("john", "John", number=2),
        post(1, creator="jo.hn"),
        post(2, creator="john"),
    )

    _, credited = bylines(path)

    assert credited == [["Jo Hn"], ["John"]]


def test_an_account_that_is_anothers_address_under_the_same_name_is_one_person(tmp_path):
    path = write(
        tmp_path,
        author("ada.quill", "Ada Quill", number=1),
        author("ada.quill@lantern.example", "Ada Quill", number=2),
        post(1, creator="ada.quill"),
        post(2, creator="ada.quill@lantern.example"),
    )

    people, _ = bylines(path)

    assert len(people.contributors) == 1


def test_two_guests_alike_leave_a_login_on_its_own(tmp_path):
    path = write(
        tmp_path,
        guest(8, "ada-quill", "Ada Quill"),
        guest(9, "adaquill", "Ada Q. Uill"),
        post(1, creator="ada.quill"),
    )

    people, credited = bylines(path)

    assert len(people.contributors) == 3
    assert credited == [["Ada Quill"]]


def test_the_prefix_of_a_guest_is_taken_off_once(tmp_path):
    path = write(
        tmp_path,
        guest(9, "cap-america", "Cap America"),
        post(1, terms=(use("author", "cap-cap-america", "cap-america"),)),
    )

    people, credited = bylines(path)

    assert credited == [["Cap America"]]
    assert people.contributors[0].preferred_slug == "cap-america"


def test_a_damaged_login_is_the_account_it_names(tmp_path):
    path = write(tmp_path, author("reviewers", "The Reviewers"), post(1, creator=">reviewers"))

    people, credited = bylines(path)

    assert credited == [["The Reviewers"]]
    assert len(people.contributors) == 1


def test_publishpress_authors_keep_their_printed_order_and_their_accounts(tmp_path):
    path = write(
        tmp_path,
        author("ada", "ada", number=7),
        term("author", "ada-quill", "Ada Quill", user_id="7", description="Writes about rivers."),
        term("author", "zed-able", "Zed Able"),
        post(
            1,
            terms=(use("author", "ada-quill", "Ada Quill"), use("author", "zed-able", "Zed Able")),
            meta=(("ppma_authors_name", "Zed Able, Ada Quill"),),
        ),
        post(2, creator="ada"),
    )

    people, credited = bylines(path)

    assert credited == [["Zed Able", "Ada Quill"], ["Ada Quill"]]
    assert "Writes about rivers." in people.contributors[0].biography


def test_an_empty_creator_is_no_author(tmp_path):
    _, credited = bylines(write(tmp_path, post(1, creator="")))

    assert credited == [[]]


@pytest.mark.parametrize(
    ("login", "name", "public"),
    [
        ("john.chagaris@lantern.example", "", "John Chagaris"),
        ("john.chagaris@lantern.example", "john.chagaris@lantern.example", "John Chagaris"),
        ("ada", "Ada Quill (ada@lantern.example)", "Ada Quill"),
        ("ada", "Rory O&#039;Dell", "Rory O'Dell"),
        ("hugo dworak", "hugo dworak", "hugo dworak"),
        ("nkinkade", "nkinkade", "nkinkade"),
        ("mary_jane-watson", "", "Mary Jane Watson"),
        ("李华", "", "李华"),
        ("@", "", "Unnamed contributor"),
    ],
)
def test_no_public_name_is_made_of_an_address(tmp_path, login, name, public):
    path = write(tmp_path, author(login, name), post(1, creator=login))

    people, _ = bylines(path)

    draft = people.contributors[0]
    assert draft.display_name == public
    assert "lantern.example" not in draft.display_name + draft.preferred_slug


def test_no_login_is_in_the_text_a_credit_keeps(tmp_path):
    path = write(
        tmp_path,
        author("ada.quill@lantern.example", "Ada Quill"),
        post(
            1,
            terms=(
                use("author", "cap-x", "ada.quill@lantern.example"),
                use("author", "cap-bea-moor", "Bea Moor"),
            ),
        ),
    )
    found = survey(path)

    credits = People(found).byline(next(iter(read_posts(found)))).credits

    assert [credit.source_text for credit in credits] == ["", "Bea Moor"]


@pytest.mark.parametrize(
    ("a", "b"),
    [("john.chagaris", "john-chagaris"), ("John_Chagaris@paper.example", "johnchagaris"), ("Zoë.K", "zoëk")],
)
def test_names_are_folded_alike(a, b):
    assert folded(a) == folded(b)


def test_small_helpers():
    assert nicename("hugo dworak") == "hugo-dworak"
    assert nicename("john.chagaris@paper.example") == "john-chagarispaper-example"
    assert words_of("van-der.berg") == "Van Der Berg"
    assert public_name("a@b.example") == ""


def credited_in(path):
    """The credits of each article: name, role, and the name printed where it is another."""
    found = survey(path)
    people = People(found)
    names = {draft.key: draft.display_name for draft in people.contributors}
    return [
        [
            (names[credit.contributor_key], credit.role, credit.printed_name)
            for credit in people.byline(p).credits
        ]
        for p in read_posts(found)
    ]


def test_an_account_that_shows_two_names_is_two_people_and_no_third(tmp_path):
    path = write(
        tmp_path,
        author("both", "Ida Penhale &amp; Ben Marsh", number=1),
        author("ben", "Ben Marsh", number=2),
        post(1, creator="both"),
    )

    people, credited = bylines(path)

    assert credited == [["Ida Penhale", "Ben Marsh"]]
    assert sorted(draft.display_name for draft in people.contributors) == ["Ben Marsh", "Ida Penhale"]
    assert dict(people.old_slugs_of_several)["both"] in {draft.key for draft in people.contributors}


def test_an_account_that_is_nobody_signs_nothing(tmp_path):
    path = write(tmp_path, author("admin", "admin"), post(1, creator="admin"))

    (byline,) = [People(survey(path)).byline(p) for p in read_posts(survey(path))]

    assert byline.credits == ()
    assert "admin" in byline.notes[0]


def test_a_name_nobody_chose_gives_way_to_first_and_last_name_and_stays_printed(tmp_path):
    named = author("aquill", "aquill").replace(
        "</wp:author>",
        "<wp:author_first_name>Ada</wp:author_first_name><wp:author_last_name>Quill</wp:author_last_name></wp:author>",
    )

    assert credited_in(write(tmp_path, named, post(1, creator="aquill"))) == [
        [("Ada Quill", "author", "aquill")]
    ]


@pytest.mark.parametrize(
    ("version", "creator"), [("1.0", "J.R. von Quill"), ("1.2", "J.R. von Quill"), ("1.0", "quilly")]
)
def test_what_the_first_exports_call_a_creator_is_the_name_as_printed(tmp_path, version, creator):
    head = HEAD.replace("<wp:wxr_version>1.2", f"<wp:wxr_version>{version}")

    people, credited = bylines(write(tmp_path, post(1, creator=creator), head=head))

    assert credited == [[creator]]
    assert not people.contributors[0].is_name_derived


ADA = author("ada", "Ada Quill", number=1)


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ([("guest-author", "Cleo Wren")], [("Cleo Wren", "author")]),
        ([("article_byline", "By Cleo Wren and Ben Marsh")], [("Cleo Wren", "author"), ("Ben Marsh", "author")]),
        ([("authors_0_name", "Cleo Wren"), ("authors_1_name", "Ben Marsh")], [("Cleo Wren", "author"), ("Ben Marsh", "author")]),
        ([("settings", 'a:1:{s:6:"author";s:9:"Cleo Wren";}')], [("Cleo Wren", "author")]),
        ([("writer", "Ada Quill")], [("Ada Quill", "author")]),
        ([("_molongui_author", "guest-31")], [("Dora Penn", "author")]),
        ([("_molongui_author", "user-1"), ("_molongui_author", "guest-31")], [("Ada Quill", "author"), ("Dora Penn", "author")]),
        ([("post_authors", 'a:2:{i:0;s:2:"31";i:1;i:1;}')], [("Dora Penn", "author"), ("Ada Quill", "author")]),
        (
            [("_acme_byline", "Reported by [Author id=1]Ada Quill[/Author], translated by Cleo Wren")],
            [("Ada Quill", "author"), ("Cleo Wren", "translator")],
        ),
    ],
)  # fmt: skip
def test_a_field_that_holds_names_or_ids_of_authors_is_the_byline(tmp_path, meta, expected):
    path = write(tmp_path, ADA, post(1, creator="ada", meta=tuple(meta)), guest(31, "dora-penn", "Dora Penn"))

    (credited,) = credited_in(path)

    assert [(name, role) for name, role, _ in credited] == expected


def test_posts_of_a_type_of_their_own_are_profiles_if_bylines_point_at_them(bring, tmp_path):
    path = write(
        tmp_path,
        ADA,
        post(71, "Cleo Wren", "Keeps a light.", kind="writer", slug="cleo-wren", link="https://lantern.example/writers/cleo/"),
        post(72, "Dora Penn", kind="writer", slug="dora-penn"),
        post(73, "How the bridge was built, in 1904", kind="event"),
        post(1, creator="ada", meta=(("writers", 'a:1:{i:0;s:2:"71";}'),)),
        post(2, creator="ada", meta=(("related_writers_event", "73"),)),
    )  # fmt: skip

    assert credited_in(path) == [[("Cleo Wren", "author", "")], [("Ada Quill", "author", "")]]
    bring(path)
    assert Client().get("/writers/cleo/")["Location"] == "/author/cleo-wren/"
    assert "Keeps a light." in Client().get("/author/cleo-wren/").content.decode()


def test_a_guest_s_address_in_another_script_is_spelled_in_letters_every_address_can_hold(tmp_path):
    slug = "%d7%93%d7%a0%d7%94"
    path = write(
        tmp_path, guest(9, slug, "דנה כהן"), post(1, terms=(use("author", f"cap-{slug}", "דנה כהן"),))
    )

    people, _ = bylines(path)

    assert people.contributors[0].preferred_slug == "דנה"
    assert people.contributors[0].old_slugs == (slug,)


@pytest.mark.parametrize(
    "meta",
    [
        ("book_author", "Cleo Wren"),
        ("photo_by", "Cleo Wren"),
        ("author_bio", "Cleo Wren lives in a lighthouse."),
        ("author_email", "cleo@lantern.example"),
        ("author_box", "default"),
        ("beside", "[box id=1]Cleo Wren[/box]"),
        ("_edit_last", "1"),
        ("location", "Port Quill"),
        ("_molongui_author", "guest-99"),
    ],
)
def test_a_field_about_something_else_or_that_nobody_can_read_is_no_byline(tmp_path, meta):
    path = write(tmp_path, ADA, post(1, creator="ada", meta=(meta,)), guest(31, "dora-penn", "Dora Penn"))

    assert credited_in(path) == [[("Ada Quill", "author", "")]]


def test_a_byline_that_is_switched_off_says_nothing(tmp_path):
    meta = (("_acme_byline", "By [Author id=2]Cleo Wren[/Author]"), ("_acme_byline_active", "0"))

    assert credited_in(write(tmp_path, ADA, post(1, creator="ada", meta=meta))) == [
        [("Ada Quill", "author", "")]
    ]


def test_an_import_asks_about_those_who_are_most_alike_and_says_how_many_it_left(bring, tmp_path):
    names = ["Ada Quill", "Ada M. Quill", "Ben Marsh", "Ben", "Cleo Finch", "Cleo", "Dora Penn", "Dora"]
    authors = [author(f"a{n}", name, number=n) for n, name in enumerate(names, 1)]
    posts = [post(n, f"Title {n}", "Words.", creator=f"a{n}") for n in range(1, len(names) + 1)]

    report = bring(write(tmp_path, *authors, *posts))

    (question,) = Question.objects.filter(kind=QuestionKind.DUPLICATE)
    assert {question.first.display_name, question.second.display_name} == {"Ada Quill", "Ada M. Quill"}
    assert [
        note.records[0] for note in report.notes if note.reason.startswith("are a little like others")
    ] == ["3 pairs"]


def test_an_answer_about_an_account_of_two_people_replaces_its_credit(bring, tmp_path):
    one = author("idaben", "Ida Penhale & Ben Marsh Lab")
    bring(write(tmp_path, one, post(1, "Tides", "Words.", creator="idaben")))
    question = Question.objects.get(kind=QuestionKind.BYLINE)

    page = correct_reading(question, [WantedCredit("Ida Penhale"), WantedCredit("Ben Marsh")], by=None)

    assert [credit.name for credit in page.credits.all()] == ["Ida Penhale", "Ben Marsh"]


ADDRESSES = {
    "alone": ("ada@lantern.example", []),
    "behind a label": ("By ada@lantern.example", []),
    "spelt out behind a name": ("Ada Quill ada at lantern.example", ["Ada Quill"]),
    "beside a name": ("Ada Quill <ada@lantern.example>", ["Ada Quill"]),
    "beside somebody else": ("ada@lantern.example and Ben Marsh", ["Ben Marsh"]),
}


@pytest.mark.parametrize("kind", ["substack", "nitf", "tables", "folders", "movabletype"])
@pytest.mark.parametrize("how", ADDRESSES)
def test_an_address_of_mail_is_nobodys_name(kind, how, bring, tmp_path):
    byline, names = ADDRESSES[how]

    bring(ARCHIVES[kind](tmp_path, [Piece("Tides", "<p>They come.</p>", byline)]))

    assert [person.display_name for person in Contributor.objects.all()] == names


def test_an_address_says_who_somebody_is_that_is_known_by_it(bring, tmp_path):
    pieces = [
        Piece("One", "<p>Words.</p>", "ada@lantern.example"),
        Piece("Two", "<p>Words.</p>", "Ada Quill (ada@lantern.example)"),
    ]

    bring(ARCHIVES["folders"](tmp_path, pieces))

    (ada,) = Contributor.objects.all()
    assert ada.display_name == "Ada Quill"
    assert Credit.objects.filter(contributor=ada).count() == 2


@pytest.mark.parametrize(
    "field",
    [
        '<meta name="author" content="ada@lantern.example">',
        '<p class="byline">By <a href="mailto:ada@lantern.example">ada@lantern.example</a></p>',
    ],
)
def test_a_saved_page_that_is_signed_with_an_address_is_signed_by_nobody(field, bring, tmp_path):
    (tmp_path / "tides.html").write_text(
        f"<!doctype html><html><head><title>Tides</title><meta property='article:published_time' content='2020-05-06T10:00:00Z'>"
        f"{field if 'meta' in field else ''}</head><body><article><h1>Tides</h1>{field if 'byline' in field else ''}"
        f"<p>{'They come and go. ' * 40}</p></article></body></html>"
    )

    bring(tmp_path)

    assert list(Contributor.objects.values_list("display_name", flat=True)) == []
