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
]


@pytest.mark.parametrize("line", PUBLIC)
def test_a_text_that_says_it_is_public_is(line, tmp_path):
    text = post("Public", date="2014-03-04", author="Ada Quill").replace("\n---\n", f"\n{line}\n---\n")

    found = drafts(site(tmp_path, {"content/kept.md": text, "hugo.toml": 'title = "L"'}))

    assert found["Public"].publicity is Publicity.LIVE


PLACES = ["drafts", "_drafts", "Draft", "wip", "news/unpublished", "Entwürfe", "brouillons/2014", "下書き"]


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
