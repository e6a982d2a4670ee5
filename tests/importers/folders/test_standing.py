"""What was not public does not become so."""

import pytest

from standfirst.importers.reading.records import Publicity

from .sites import drafts, post, site

KEPT_BACK = [
    "draft: true",
    "draft: soon",
    "published: false",
    "published: not yet",
    "publish: no",
    "hidden: true",
    "private: yes",
    "headless: true",
    "status: hidden",
    "status: awaiting sign-off",
    "Status: Черновик",
    "post_status: pending",
    "visibility: members",
    "visibility: subscribers of the paper",
    "state: in review",
    "permalink: false",
    "_build: {render: never, list: never}",
    "build: {render: never}",
    "expiryDate: 2020-01-01",
    "draft:true",
    "draft: [true]",
    "status: [draft]",
    "visibility: [subscribers, members]",
    "isDraft: true",
    "is_draft: true",
    "post-draft: yes",
    "is_private: yes",
    "not_published: true",
    "wip: true",
    "members_only: true",
    "subscribersOnly: true",
    "paywall: true",
    "premium: true",
    "requires_login: true",
    "access: subscribers",
    "visible: false",
    "live: false",
    "is_active: no",
    "ready: no",
    "password: hunter2",
    "page_password: hunter2",
    "unpublish: true",
    "expires: 2020-01-01",
    "expiration_date: 31/12/2019",
    "expire_at: 1577836800",
    "visible_until: 2020-01",
    "published-until: 03/04/2020",
    "unpublish_on: 1 May 2020",
    "end_date: 2020-01-01",
]


@pytest.mark.parametrize("line", KEPT_BACK)
def test_a_text_that_says_it_is_not_public_is_a_draft(line, tmp_path):
    text = post("Kept back", date="2014-03-04", author="Ada Quill").replace("\n---\n", f"\n{line}\n---\n")

    found = drafts(site(tmp_path, {"content/kept.md": text, "hugo.toml": 'title = "L"'}))

    assert found["Kept back"].publicity is Publicity.DRAFT


PUBLIC = [
    "draft: false",
    "published: true",
    "published: 2014-03-04",
    "publish: yes",
    "hidden: false",
    "status: Published",
    "status: final",
    "visibility: public",
    "state: Washington",
    "permalink: /kept/",
    "expiryDate: 2099-01-01",
    "expires: never",
    "expires: 31/12/2099",
    "published_at: 31/12/2013",
    "publish_on: 03/04/2013",
    "embargo: 2013-01-01",
    "embargo: false",
    "is_draft: no",
    "draft_number: 3",
    "private_view: 2013-01-01",
    "passwords: 12 that were guessed",
    "members: Ada Quill, Tom Reed",
    "live: https://lantern.example/live",
    "active: news",
    "tags: [draft, private]",
    "hide: [navigation]",
    "comments_enabled: false",
    "publication: Journal of Rivers",
    "pub: The Red Lion",
    "live_at: Barbican",
    "available_on: Vinyl",
    "show_date: 2031-01-01",
    "publish_to: [mail, web]",
    "start_date: 2013-01-01\nend_date: 2013-01-02",
]


@pytest.mark.parametrize("line", PUBLIC)
def test_a_text_that_says_it_is_public_is(line, tmp_path):
    text = post("Public", date="2014-03-04", author="Ada Quill").replace("\n---\n", f"\n{line}\n---\n")

    found = drafts(site(tmp_path, {"content/kept.md": text, "hugo.toml": 'title = "L"'}))

    assert found["Public"].publicity is Publicity.LIVE


def test_a_password_is_not_repeated(tmp_path):
    found = drafts(site(tmp_path, {"content/a.md": post("A", date="2014-03-04", password="hunter2")}))

    assert found["A"].notes[0] == "has a “password”, so it is a draft here"
    assert "hunter2" not in " ".join(found["A"].notes)
    assert found["A"].unread == {}


def test_tags_say_a_state_only_where_the_generator_reads_it_in_them(tmp_path):
    text = ".. title: {title}\n.. slug: {title}\n.. date: 2014-03-04\n.. tags: sea, {tag}\n\nWords.\n"
    files = {f"posts/{tag}.rst": text.format(title=tag, tag=tag) for tag in ("draft", "private", "ink")}

    found = drafts(site(tmp_path, {**files, "conf.py": "BLOG_TITLE = 'L'\n"}))

    assert {headline: draft.publicity is Publicity.LIVE for headline, draft in found.items()} == {
        "draft": False,
        "private": False,
        "ink": True,
    }


UNREADABLE = [
    ("publishDate", "some day in 2031"),
    ("publish_on", "1er janvier 2031"),
    ("embargo_until", "the summit ends"),
    ("go_live_at", "TBA"),
    ("expiryDate", "next spring"),
    ("unpublishDate", "32/13/2099"),
]


@pytest.mark.parametrize(("field", "said"), UNREADABLE)
def test_a_day_that_is_not_understood_makes_a_draft_and_is_told(field, said, tmp_path):
    found = drafts(site(tmp_path, {"content/a.md": post("A", date="2014-03-04", **{field: said})}))

    assert found["A"].publicity is Publicity.DRAFT
    assert (
        f"says “{field.lower()}: {said}”, which is not understood, so it is a draft here" in found["A"].notes
    )


@pytest.mark.parametrize("said", ["2031-01-01", "31/12/2030", "1925000000", "1 January 2031"])
@pytest.mark.parametrize("field", ["publish_on", "embargo", "embargoUntil", "go_live_at", "release_date"])
def test_a_day_still_to_come_schedules_a_text_whatever_its_field_is_called(field, said, tmp_path):
    found = drafts(site(tmp_path, {"content/a.md": post("A", date="2014-03-04", **{field: said})}))

    assert found["A"].publicity is Publicity.SCHEDULED
    assert found["A"].published_at.year in (2030, 2031)


def test_a_day_to_come_that_could_be_two_is_not_guessed(tmp_path):
    found = drafts(site(tmp_path, {"content/a.md": post("A", date="2014-03-04", publish_on="03/04/2031")}))

    assert found["A"].publicity is Publicity.DRAFT
    assert "was to be shown from a day that could be two, so it is a draft here" in found["A"].notes


PLACES = [
    "drafts",
    "_drafts",
    "Draft",
    "wip",
    "news/unpublished",
    "Entwürfe",
    "Entwu\u0308rfe",
    "brouillons/2014",
    "下書き",
    "Drafts 2019",
    "old-drafts",
    "01 Drafts",
    "draft-posts",
    "my.draft",
    "_drafts_old",
    "02 - private",
]


@pytest.mark.parametrize("place", PLACES)
def test_a_text_among_the_drafts_is_one_whatever_it_says(place, tmp_path):
    files = {
        f"content/{place}/kept.md": post("Kept back", date="2014-03-04", published="true"),
        "content/news/out.md": post("Out", date="2014-03-04"),
        "content/news/a-draft-board.md": post("Board", date="2014-03-04"),
    }

    found = drafts(site(tmp_path, files))

    assert {headline: draft.publicity for headline, draft in found.items()} == {
        "Kept back": Publicity.DRAFT,
        "Out": Publicity.LIVE,
        "Board": Publicity.LIVE,
    }
    assert found["Kept back"].old_paths == ()


NAMES = [
    "a-draft.md",
    "a_draft.fr.md",
    "boats (draft).md",
    "boats draft v2.md",
    "2014-03-04-boats-brouillon.md",
    "DRAFT boats.md",
    "b.wip.md",
    "draft.md",
    "boats-draft/index.md",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_a_draft_where_its_name_says_so_and_is_told(name, tmp_path):
    found = drafts(site(tmp_path, {f"content/{name}": post("A", date="2014-03-04")}))

    assert found["A"].publicity is Publicity.DRAFT
    assert any("in its file's name, so it is a draft here" in note for note in found["A"].notes)


@pytest.mark.parametrize(
    "name",
    [
        "draft-horses.md",
        "Draft horses.md",
        "the-nfl-draft-2019.md",
        "the-nfl-draft-2019/index.md",
        "NFL DRAFT DAY.md",
        "drafting-table/oak.md",
        "overdraft.md",
        "private-eyes/private.eye.md",
    ],
)
def test_a_draft_that_a_text_is_about_makes_it_none(name, tmp_path):
    found = drafts(site(tmp_path, {f"content/{name}": post("A", date="2014-03-04")}))

    assert found["A"].publicity is Publicity.LIVE


@pytest.mark.parametrize(
    "title", ["'[DRAFT] Boats'", "'Draft: Boats'", "(draft) Boats", "DRAFT – Boats", "Entwurf:Boote"]
)
def test_a_title_that_begins_as_a_drafts_makes_one_and_is_told(title, tmp_path):
    [draft] = drafts(site(tmp_path, {"content/a.md": post(title, date="2014-03-04")})).values()

    assert draft.publicity is Publicity.DRAFT
    assert "has a title that begins as a draft's, so it is a draft here" in draft.notes


@pytest.mark.parametrize(
    "title", ["Draft horses", "'The draft: who was called'", "'[Letters] A draft'", "Draft – a history"]
)
def test_a_title_about_a_draft_makes_none(title, tmp_path):
    [draft] = drafts(site(tmp_path, {"content/a.md": post(title, date="2014-03-04")})).values()

    assert draft.publicity is Publicity.LIVE


def test_why_a_text_is_a_draft_is_said(tmp_path):
    files = {
        "content/drafts/a.md": post("A", date="2014-03-04"),
        "content/b.md": post("B", date="2014-03-04", status="ripe"),
    }

    found = drafts(site(tmp_path, files))

    assert "lies in “drafts/”, so it is a draft here" in found["A"].notes
    assert "says “status: ripe”, which is not understood, so it is a draft here" in found["B"].notes


def test_what_comes_out_later_is_scheduled_whenever_it_was_written(tmp_path):
    text = post("Later", date="2014-03-04", publishDate="2030-01-01")

    found = drafts(site(tmp_path, {"content/posts/later.md": text, "hugo.toml": 'title = "L"'}))

    assert found["Later"].publicity is Publicity.SCHEDULED
    assert found["Later"].published_at.year == 2030


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("content/later/_index.md", "---\ncascade:\n  draft: true\n---\n"),
        ("content/later/_index.md", '+++\n[[cascade]]\n[cascade.build]\nrender = "never"\n+++\n'),
        ("content/later/later.json", '{"draft": true, "layout": "post"}'),
        ("content/later/later.11tydata.json", '{"permalink": false}'),
    ],
)
def test_what_a_folder_says_of_all_its_texts_holds_for_each_that_says_nothing_else(name, content, tmp_path):
    files = {
        name: content,
        "content/later/kept.md": post("Kept back", date="2014-03-04"),
        "content/later/deep/kept.md": post("Deep", date="2014-03-04"),
        "content/later/out.md": post(
            "Out", date="2014-03-04", draft="false", permalink="/o/", build="{render: always}"
        ),
        "content/latest/out.md": post("Elsewhere", date="2014-03-04"),
    }

    found = drafts(site(tmp_path, files))

    assert {headline: draft.publicity for headline, draft in found.items()} == {
        "Kept back": Publicity.DRAFT,
        "Deep": Publicity.DRAFT,
        "Out": Publicity.LIVE,
        "Elsewhere": Publicity.LIVE,
    }
