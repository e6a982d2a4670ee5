"""A Ghost site comes in whole: its articles, its writers in order, its addresses; and nothing that was not public comes out."""

import json

import pytest
from click.testing import CliRunner
from django.test import Client
from PIL import Image as Picture

from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit
from standfirst.cli import import_
from standfirst.contributors.models import Contributor, ContributorLink
from standfirst.importers.errors import ImportRefused
from standfirst.importers.models import ImportedRecord, ImportSource
from standfirst.importers.run import import_archive
from standfirst.publications.models import PublicationPage, Section, Topic
from tests.importers.dumps import dump

from .exports import by, export, filed, lexical, node, post, settings, tag, text, user, write, write_json


def article(title="A headline"):
    return ArticlePage.objects.get(title=title)


def listed(name):
    contributor = Contributor.objects.get(display_name=name)
    page = Client().get(f"/author/{contributor.slug}/").content.decode()
    return [title for title in ArticlePage.objects.values_list("title", flat=True) if f">{title}<" in page]


def notes(report):
    return {note.reason for note in report.notes}


ADA_BEA = [user("1"), user("2", "Bea Moor", "bea"), user("3", "Nobody Yet", "nobody")]


# ------------------------------------------------------------------------------------------------------- who wrote what


def test_every_author_is_credited_in_the_printed_order(bring, tmp_path):
    bring(
        write(
            tmp_path,
            post(1, "Together"),
            post(2, "Alone"),
            users=ADA_BEA,
            posts_authors=by(1, "2", "1") + by(2, "1"),
        )
    )

    together = Credit.objects.filter(article=article("Together")).order_by("sort_order")
    assert [credit.printed_name for credit in together] == ["Bea Moor", "Ada Quill"]
    assert {credit.linked_how for credit in together} == {"stated"}
    assert listed("Ada Quill") == ["Together", "Alone"]
    assert listed("Bea Moor") == ["Together"]
    assert not Contributor.objects.get(display_name="Nobody Yet").is_listed


def test_a_writer_has_their_biography_links_and_portrait(bring, tmp_path):
    images = tmp_path / "content/images/2020"
    images.mkdir(parents=True)
    Picture.new("RGB", (40, 40), (9, 9, 9)).save(images / "ada.jpg")
    writer = user(
        bio="Writes about <tides>.\n\nSails.",
        website="https://ada.example/",
        twitter="@adaquill",
        facebook="ada.quill",
        bluesky="javascript:alert(1)",
        profile_image="__GHOST_URL__/content/images/size/w300/2020/ada.jpg",
    )

    bring(write(tmp_path, post(1), users=[writer]))

    ada = Contributor.objects.get()
    assert ada.slug == "ada"
    assert ada.biography == "<p>Writes about &lt;tides&gt;.</p><p>Sails.</p>"
    assert ada.portrait_id
    assert list(ContributorLink.objects.values_list("label", "url").order_by("pk")) == [
        ("ada.example", "https://ada.example/"),
        ("Facebook", "https://www.facebook.com/ada.quill"),
        ("X", "https://x.com/adaquill"),
    ]


def test_no_e_mail_address_is_public(bring, tmp_path):
    bring(write(tmp_path, post(1), users=[user(name="who@mail.example", slug="who-mail-example")]))

    assert Contributor.objects.get().display_name == "Who"
    page = Client().get(f"/{article().address}/").content.decode()
    assert "mail.example" not in page
    assert ImportedRecord.objects.get(key="user:1").raw["emails"] == ["who-mail-example@mail.example"]


def test_ghosts_own_account_and_samples_are_nobodys_and_nothing(bring, tmp_path):
    ghost = user("5951f5fca366002ebd5dbef7", "Ghost", "ghost")

    report = bring(
        write(
            tmp_path,
            post(1, "Welcome", slug="welcome", author=ghost["id"]),
            post(
                2, "Coming soon", slug="coming-soon", html="<p>This is Lantern, a brand new site by Ada.</p>"
            ),
            post(3, "Ours"),
            users=[user(), ghost],
        )
    )

    assert set(Contributor.objects.values_list("display_name", flat=True)) == {"Ada Quill"}
    assert set(ArticlePage.objects.live().values_list("title", flat=True)) == {"Ours"}
    assert "is one of Ghost's own sample articles, so it is a draft here" in notes(report)
    assert ("authors", "the account of Ghost's own sample articles", 1) in [
        (left.kind, left.reason, left.count) for left in report.left_out
    ]


def test_the_account_named_ghost_is_somebody_if_it_wrote(bring, tmp_path):
    bring(write(tmp_path, post(1, author="9"), users=[user("9", "Ghost", "ghost")]))

    assert listed("Ghost") == ["A headline"]


# --------------------------------------------------------------------------------------------------------- what is public

NOT_PUBLIC = [
    ({"visibility": "members"}, "was for members only, so it is a draft here"),
    ({"visibility": "paid"}, "was for paying members only, so it is a draft here"),
    ({"visibility": "tiers"}, "was for some of the members only, so it is a draft here"),
    ({"visibility": "new-kind"}, "was for readers of the kind “new-kind” only, so it is a draft here"),
    ({"visibility": ["paid"]}, "was for readers of the kind “["),
    ({"visibility": {"public": False}}, "was for readers of the kind “{"),
    ({"visibility": None}, "was for readers of the kind “null” only"),
    ({"visibility": ""}, "was for readers of the kind “” only"),
    ({"type": "newsletter"}, "was of the kind “newsletter”, which is no article"),
    ({"type": ["post"]}, "was of the kind “["),
    ({"status": "sent"}, "was for e-mail only, so it is a draft here"),
    ({"email_only": 1}, "was for e-mail only, so it is a draft here"),
    ({"status": "odd"}, "had the status “odd”, so it is a draft here"),
    ({"published_at": None}, "was published without a date, so it is a draft here"),
    (
        {"status": "scheduled", "visibility": "paid", "published_at": "2100-01-01 00:00:00"},
        "was for paying members",
    ),
]


@pytest.mark.parametrize(("fields", "note"), NOT_PUBLIC)
def test_what_was_not_public_is_a_draft_and_said_so(bring, tmp_path, fields, note):
    report = bring(write(tmp_path, post(1, html="<p>Secret words</p>", tags=[tag("t", "Sea")], **fields)))

    assert not article().live
    assert article().go_live_at is None
    assert any(reason.startswith(note) for reason in notes(report))
    for path in ("/", "/articles/", "/author/ada/", "/post-1/", "/section/sea/", "/search/?q=secret"):
        assert "A headline" not in Client().get(path, follow=True).content.decode()


def test_scheduled_and_drafts_are_what_they_were(bring, tmp_path):
    report = bring(
        write(
            tmp_path,
            post(1, "Soon", status="scheduled", published_at="2100-01-01 00:00:00"),
            post(2, "Unfinished", status="draft", published_at=None),
        )
    )

    assert article("Soon").go_live_at.year == 2100
    assert report.articles == {"draft": 1, "scheduled": 1}
    assert Client().get("/author/ada/").content.decode().count("Soon") == 0


def test_code_injection_is_dropped_and_reported(bring, tmp_path):
    report = bring(
        write(
            tmp_path,
            post(1, codeinjection_head="<script>steal()</script>"),
            tags=[tag("t", "Sea", codeinjection_foot="<script>steal()</script>")],
            posts_tags=filed(1, "t"),
            settings=settings(codeinjection_head="<script>steal()</script>"),
        )
    )

    assert "had code of its own (code injection), which is left out" in notes(report)
    assert any("the old site's own code" in warning for warning in report.warnings)
    assert any("1 tags had code" in warning for warning in report.warnings)
    assert "steal" not in str(dump())


# ------------------------------------------------------------------------------------------------------ tags, and fields


def test_the_primary_tag_is_the_section_and_internal_tags_are_nothing(bring, tmp_path):
    report = bring(
        write(
            tmp_path,
            post(1, "Both"),
            post(2, "One"),
            tags=[tag("i", "#cover", "hash-cover", visibility="internal"), tag("s", "Sea"), tag("w", "Wind")],
            posts_tags=filed(1, "i", "s", "w") + filed(2, "s", "i"),
        )
    )

    assert article("Both").section.name == "Sea"
    assert [topic.name for topic in article("Both").topics.all()] == ["Wind"]
    assert set(Section.objects.values_list("name", flat=True)) == {"Sea"}
    assert set(Topic.objects.values_list("name", flat=True)) == {"Wind"}
    assert [left.records for left in report.left_out if left.kind == "tags"] == [("#cover",)]


@pytest.mark.parametrize(
    ("rule", "section", "topics"), [("topics", None, ["Sea", "Wind"]), ("Wind", "Wind", ["Sea"])]
)
def test_the_rule_for_sections_is_the_editors(bring, tmp_path, rule, section, topics):
    path = write(tmp_path, post(1), tags=[tag("s", "Sea"), tag("w", "Wind")], posts_tags=filed(1, "s", "w"))

    bring(path, sections_rule=rule)

    found = article()
    assert (found.section.name if found.section else None) == section
    assert [topic.name for topic in found.topics.all()] == topics


def test_the_fields_beside_the_text_are_kept(bring, tmp_path):
    images = tmp_path / "images"
    images.mkdir()
    Picture.new("RGB", (60, 40), (1, 2, 3)).save(images / "tide_o.jpg")

    report = bring(
        write(
            tmp_path,
            post(
                1,
                "How to write <em> in HTML & elsewhere",
                custom_excerpt="What the sea took",
                feature_image="__GHOST_URL__/content/images/size/w600/tide.jpg",
                canonical_url="https://other.example/first/",
                featured=1,
            ),
            posts_meta=[
                {
                    "post_id": "1",
                    "feature_image_alt": "A tide",
                    "feature_image_caption": 'By <a href="https://a.example/">A</a><script>x</script>',
                    "meta_title": "The sea | Lantern",
                    "meta_description": "About the sea.",
                }
            ],
        )
    )

    found = article("How to write <em> in HTML & elsewhere")
    assert found.standfirst == "What the sea took"
    assert (found.seo_title, found.search_description) == ("The sea | Lantern", "About the sea.")
    assert found.lead_image_id
    assert (found.lead_image_alt, found.lead_image_caption) == (
        "A tide",
        'By <a href="https://a.example/">A</a>',
    )
    assert {"was featured", "names another address as its first one (canonical), which is not kept"} <= notes(
        report
    )


# --------------------------------------------------------------------------------------------------------------- addresses


def test_every_old_address_leads_here_in_one_hop(bring, tmp_path):
    rules = [
        {"from": "/older/", "to": "/tides/"},
        {"from": "/oldest/", "to": "/older/"},
        {"from": "^/writer/?$", "to": "/author/ada/"},
        {"from": "/away/", "to": "https://other.example/x"},
        {"from": "/round/", "to": "/round/"},
    ]
    (tmp_path / "redirects.json").write_text(json.dumps(rules), encoding="utf-8")
    path = write(
        tmp_path,
        post(1, slug="tides"),
        post(2, "About", type="page", slug="about"),
        tags=[tag("s", "Sea")],
        posts_tags=filed(1, "s"),
        settings=settings(permalinks="/:year/:slug/"),
    )

    bring(path)

    here = f"/{article().address}/"
    expected = {
        "/tides/": here,
        "/tides/amp/": here,
        "/2015/tides/": here,
        "/older/": here,
        "/oldest/": here,
        "/tag/sea/": "/section/sea/",
        "/about/amp/": "/about/",
        "/writer/": "/author/ada/",
        "/away/": "https://other.example/x",
    }
    client = Client()
    for old, new in expected.items():
        answer = client.get(old)
        assert (answer.status_code, answer.headers.get("Location")) == (301, new), old
    assert client.get("/about/").status_code == 200
    assert client.get("/round/").status_code == 404


# ------------------------------------------------------------------------------------------------------------- again, killed


def test_a_second_import_changes_nothing_and_a_dry_run_says_the_same(bring, tmp_path):
    path = write(
        tmp_path,
        *(post(n, f"Title {n}", lexical=lexical(node("paragraph", text(f"Words {n}")))) for n in range(1, 8)),
        post(20, "Hidden", visibility="paid"),
        post(30, "About", type="page"),
        post(31, "", html=""),
        users=ADA_BEA,
        tags=[tag("s", "Sea"), tag("i", "#x", visibility="internal")],
        posts_tags=filed(1, "s", "i") + filed(2, "s"),
        posts_authors=by(1, "2", "1"),
    )
    empty = dump()

    planned = bring(path, dry_run=True)
    assert dump() == empty
    done = bring(path)
    after = dump()
    again = bring(path)

    assert dump() == after
    assert (planned.created, planned.articles, planned.left_out) == (
        done.created,
        done.articles,
        done.left_out,
    )
    assert (planned.credits, planned.notes, planned.contributors) == (
        done.credits,
        done.notes,
        done.contributors,
    )
    assert (again.created, again.updated) == ({}, {})
    assert again.unchanged == done.created


def test_what_changed_there_is_updated_and_what_was_edited_here_stays(bring, tmp_path):
    bring(write(tmp_path, post(1, "Before"), post(2, "Ours")))
    edited = article("Ours")
    edited.title = "An editor's"
    edited.save_revision().publish()

    report = bring(write(tmp_path, post(1, "After"), post(2, "Theirs")))

    assert set(ArticlePage.objects.values_list("title", flat=True)) == {"After", "An editor's"}
    assert report.updated == {"articles": 1}


def test_what_is_for_members_now_is_taken_back(bring, tmp_path):
    bring(write(tmp_path, post(1)))
    assert article().live

    report = bring(write(tmp_path, post(1, visibility="paid")))

    assert not article().live
    assert report.updated == {"articles": 1}


def test_two_sites_with_the_same_ids_are_two_sources(bring, tmp_path):
    other = "0a8e5a52-9c3b-4f63-b3f0-64a2d7c0a2b2"
    bring(write(tmp_path, post(1, "Here")))
    bring(
        write(
            tmp_path,
            post(1, "There"),
            users=[user("1", "Cy Drum", "cy")],
            settings=settings(db_hash=other),
            name="other.json",
        )
    )

    assert set(ArticlePage.objects.values_list("title", flat=True)) == {"Here", "There"}
    assert ImportSource.objects.count() == 2
    assert listed("Cy Drum") == ["There"]


def test_nothing_is_written_for_a_damaged_export(magazine, tmp_path):
    path = tmp_path / "lantern.json"
    path.write_text(json.dumps(export(*(post(n) for n in range(600))))[:-150], encoding="utf-8")
    before = dump()

    with pytest.raises(ImportRefused, match="ends too early"):
        import_archive(path)

    assert dump() == before


def test_the_command_refuses_with_one_sentence_and_status_2(magazine, monkeypatch, tmp_path):
    monkeypatch.setattr("standfirst.cli.opening.open_publication", lambda home: None)
    path = write_json(tmp_path, {"posts": {"a": 1}})

    result = CliRunner().invoke(import_.command, [str(path), "--format", "ghost"])

    assert result.exit_code == 2
    assert "not a Ghost export" in result.output
    assert "Traceback" not in result.output


def test_another_process_reads_while_this_one_writes(bring, tmp_path):
    path = write(tmp_path, *(post(n, f"Title {n}") for n in range(1, 901)))

    report = bring(path, processes=2)

    assert report.created["articles"] == 900


def test_pages_are_pages(bring, tmp_path):
    bring(
        write(tmp_path, post(1, "About us", type="page", slug="about"), post(2, "Old way", page=1, type=None))
    )

    assert set(PublicationPage.objects.values_list("title", flat=True)) >= {"About us", "Old way"}
    assert not ArticlePage.objects.exists()
    assert "Words." in Client().get("/about/").content.decode()
