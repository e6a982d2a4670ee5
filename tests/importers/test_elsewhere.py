"""Pictures on other hosts come when somebody says so, into the places that wait for them, and stay."""

import json

import pytest
from click.testing import CliRunner
from django.utils import timezone
from PIL import Image as Picture
from wagtail.images import get_image_model

from standfirst.articles.actions import save_article
from standfirst.articles.models import ArticlePage
from standfirst.bodies.awaited import AWAITED_PICTURE, AwaitedPicture, awaited_picture
from standfirst.cli.group import cli
from standfirst.config.checks import CHECKS, findings
from standfirst.database.alone import alone
from standfirst.importers import elsewhere
from standfirst.importers.elsewhere import fetch_pictures
from standfirst.importers.errors import ImportRefused
from standfirst.importers.fetching import Bounds, Fetcher, hosts_named
from standfirst.importers.models import AWAITED_LEAD, ImportedRecord
from standfirst.publications.models import PublicationPage
from tests.pagecache.keeping import kept_paths, pagecache, sent

from . import picture_hosts as hosts
from .dumps import dump
from .exports import picture, post, write
from .picture_hosts import gives, leads_to, picture_host
from .picture_hosts import picture as a_picture

QUICK = Bounds(picture=1_000_000, most=50_000_000, seconds=0.5, pause=0)


@pytest.fixture
def host():
    with picture_host() as host:
        host.answers["/boat.jpg"] = gives(a_picture("blue"))
        host.answers["/lead.png"] = gives(a_picture("red", format="PNG"))
        yield host


@pytest.fixture
def fetch(magazine):
    """Fetches from these hosts; the publication must keep every promise."""

    def fetch(*named, **options):
        report = fetch_pictures(hosts_named(named), **{"bounds": QUICK} | options)
        assert list(findings(timezone.now())) == []
        return report

    return fetch


def figure(src, *, caption="The <em>boat</em>", alt="A boat"):
    return f'<figure><img src="{src}" alt="{alt}"><figcaption>{caption}</figcaption></figure>'


def kinds(page):
    return [block.block_type for block in page.body]


def article():
    return ArticlePage.objects.get()


def an_export(
    tmp_path, host, *, content=None, lead="/lead.png", title="A headline", date="2019-03-04 10:00:00", **more
):
    return write(
        tmp_path,
        picture(7, "unused").replace("https://lantern.example/wp-content/uploads/unused", host.at(lead))
        if lead
        else "",
        post(
            1,
            title,
            content or f"<p>Before.</p>{figure(host.at('/boat.jpg'))}<p>After.</p>",
            meta=(("_thumbnail_id", "7"),) if lead else (),
            date=date,
            **more,
        ),
    )


# ---------------------------------------------------------------------------------------------------------- what waits


def test_what_waits_is_listed_by_host_and_nothing_is_fetched(bring, fetch, tmp_path, host):
    content = "".join(figure(host.at(f"/{number}.jpg")) for number in range(5)) + figure(
        "https://other.example/a.jpg"
    )
    bring(an_export(tmp_path, host, content=content))

    report = fetch()

    assert list(report.waiting) == [host.name, "other.example"]
    assert (report.waiting[host.name].pictures, report.waiting[host.name].pages) == (6, 1)
    assert report.waiting[host.name].examples == [host.at(f"/{number}.jpg") for number in range(3)]
    assert host.asked == []


def test_a_picture_on_the_old_site_itself_is_on_that_host(bring, fetch, tmp_path, host):
    bring(an_export(tmp_path, host, content=figure("/wp-content/uploads/2015/a.jpg"), lead=""))

    assert fetch().waiting["lantern.example"].examples == [
        "https://lantern.example/wp-content/uploads/2015/a.jpg"
    ]


def test_only_the_hosts_that_were_named_are_asked(bring, fetch, tmp_path, host):
    with picture_host() as other:
        other.answers["/a.jpg"] = gives(a_picture())
        bring(an_export(tmp_path, host, content=figure(host.at("/boat.jpg")) + figure(other.at("/a.jpg"))))

        fetch(host.name)

        assert kinds(article()) == ["image", "unknown"]
        assert other.asked == []
        fetch(other.name)
        assert kinds(article()) == ["image", "image"]


def test_a_host_that_nothing_is_waited_for_from_is_not_asked(bring, fetch, tmp_path, host):
    with picture_host() as other:
        bring(an_export(tmp_path, host))

        assert fetch(other.name).fetched == 0
        assert (host.asked, other.asked) == ([], [])


def test_a_picture_comes_from_where_it_leads_if_that_host_is_named_too(bring, fetch, tmp_path, host):
    with picture_host() as other:
        other.answers["/a.jpg"] = gives(a_picture())
        host.answers["/boat.jpg"] = leads_to(other.at("/a.jpg"))
        bring(an_export(tmp_path, host, lead=""))

        assert fetch(host.name).failed[0].reason == f"leads to {other.name}, which was not named"
        assert fetch(host.name, other.name).failed == []
        assert kinds(article()) == ["paragraph", "image", "paragraph"]


def test_nothing_is_fetched_while_an_import_is_under_way(bring, fetch, tmp_path, host):
    bring(an_export(tmp_path, host))
    with alone("import"), pytest.raises(ImportRefused, match="An import into this publication is under way"):
        fetch(host.name)
    assert host.asked == []


# ----------------------------------------------------------------------------------------------------- into their places


def test_a_picture_takes_its_place_with_its_words(bring, fetch, tmp_path, host, client):
    bring(an_export(tmp_path, host))
    path = article().url
    assert "<img" not in client.get(path).content.decode().partition("<article")[2].partition("After.")[0]
    places = [block["id"] for block in article().body.raw_data]

    report = fetch(host.name)

    page = article()
    assert kinds(page) == ["paragraph", "image", "paragraph"]
    assert [block["id"] for block in page.body.raw_data] == places
    value = page.body[1].value
    assert (value["alt"], value["caption"].source) == ("A boat", "The <em>boat</em>")
    assert page.lead_image.width == 40
    with value["image"].file.open() as stored:
        assert Picture.open(stored).getpixel((0, 0))[2] > 200
    assert (report.fetched, report.pages, report.failed) == (2, 1, [])
    assert "The <em>boat</em>" in client.get(path).content.decode()


def test_a_lead_image_comes_with_its_words(bring, fetch, tmp_path, host):
    path = write(
        tmp_path,
        picture(7, "x", alt="Dusk", caption="The <em>mud</em>").replace(
            "https://lantern.example/wp-content/uploads/x", host.at("/lead.png")
        ),
        post(1, content="Words.", meta=(("_thumbnail_id", "7"),)),
    )
    bring(path)

    fetch(host.name)

    page = article()
    assert (page.lead_image_alt, page.lead_image_caption) == ("Dusk", "The <em>mud</em>")
    assert page.lead_image.file.name.endswith(".png")


def test_a_credit_is_kept_until_the_picture_comes():
    came = AwaitedPicture(
        'https://x.example/a"b&c.jpg', 'An "alt" & <more>', "A <em>caption</em>", "Ada “Q” Quill"
    )
    value = {"name": AWAITED_PICTURE, "raw": came.as_it_came(), "words": "A caption"}

    assert awaited_picture(value) == came


def test_a_page_of_the_publication_is_filled_too(bring, fetch, tmp_path, host):
    bring(write(tmp_path, post(2, "About", figure(host.at("/boat.jpg")), kind="page", slug="about")))

    fetch(host.name)

    assert kinds(PublicationPage.objects.get(slug="about")) == ["image"]


def test_one_picture_in_two_articles_is_asked_for_once_and_is_one_image(bring, fetch, tmp_path, host):
    body = figure(host.at("/boat.jpg"))
    bring(write(tmp_path, post(1, content=body), post(2, "Another", body)))

    report = fetch(host.name)

    assert [kinds(page) for page in ArticlePage.objects.all()] == [["image"], ["image"]]
    assert get_image_model().objects.count() == 1
    assert host.asked == ["/boat.jpg"]
    assert (report.fetched, report.pages) == (1, 2)


def test_an_article_that_is_not_public_is_filled_and_stays_so(bring, fetch, tmp_path, host):
    bring(an_export(tmp_path, host, status="draft"))

    fetch(host.name)

    page = article()
    assert not page.live
    assert kinds(page) == ["paragraph", "image", "paragraph"]


def test_a_scheduled_article_has_the_picture_when_it_appears(bring, fetch, tmp_path, host):
    bring(an_export(tmp_path, host, status="future", date="2100-01-01 00:00:00"))

    fetch(host.name)

    [waiting] = article().revisions.filter(approved_go_live_at__isnull=False)
    waiting.publish()
    assert kinds(article()) == ["paragraph", "image", "paragraph"]
    assert article().lead_image is not None


def test_a_kept_page_and_the_search_have_the_picture_at_once(bring, fetch, tmp_path, host):
    bring(an_export(tmp_path, host))
    path = article().url
    with pagecache(is_on=True):
        sent(path)
        assert path in kept_paths()

        fetch(host.name)

        assert "The <em>boat</em>" in sent(path)[2].decode()
    assert "A boat" in article().body_text


def test_a_page_that_cannot_be_stored_is_named_and_the_next_is_filled(
    bring, fetch, tmp_path, host, monkeypatch
):
    host.answers["/mud.jpg"] = gives(a_picture("green"))
    bring(
        write(
            tmp_path,
            post(1, content=figure(host.at("/boat.jpg"))),
            post(2, "Another", figure(host.at("/mud.jpg"))),
        )
    )
    fill = elsewhere._fill

    def fill_others(page, images):
        if page.title != "Another":
            raise ValueError("no place for it")
        return fill(page, images)

    monkeypatch.setattr(elsewhere, "_fill", fill_others)
    report = fetch(host.name)

    assert [kinds(page) for page in ArticlePage.objects.order_by("pk")] == [["unknown"], ["image"]]
    assert report.failed[0].reason == "came, and its page cannot be stored (ValueError: no place for it)"
    assert (report.fetched, get_image_model().objects.count()) == (1, 1)
    monkeypatch.undo()
    assert fetch(host.name).fetched == 1


# ------------------------------------------------------------------------------------------------------ edited since


def test_what_was_edited_since_keeps_its_edits_live_and_drafted(bring, fetch, tmp_path, host):
    bring(an_export(tmp_path, host))
    page = article()
    page.title = "Edited and published"
    page = save_article(page, by=None)
    page.title = "A draft over it"
    page.body = json.dumps([{"type": "paragraph", "value": "<p>New.</p>", "id": "n"}, *page.body.raw_data])
    page.save_revision()
    versions = page.revisions.count()

    fetch(host.name)

    page = article()
    assert (page.title, kinds(page)) == ("Edited and published", ["paragraph", "image", "paragraph"])
    draft = page.get_latest_revision_as_object()
    assert (draft.title, kinds(draft)) == (
        "A draft over it",
        ["paragraph", "paragraph", "image", "paragraph"],
    )
    assert draft.lead_image is not None
    assert (page.has_unpublished_changes, page.revisions.count()) == (True, versions)


def test_a_place_that_is_only_in_a_draft_is_filled_there(bring, fetch, tmp_path, host):
    bring(an_export(tmp_path, host, lead=""))
    page = article()
    place = page.body.raw_data[1]
    page.body = json.dumps([page.body.raw_data[0]])
    page = save_article(page, by=None)
    page.body = json.dumps([*page.body.raw_data, place])
    page.save_revision()

    fetch(host.name)

    assert kinds(article()) == ["paragraph"]
    assert kinds(article().get_latest_revision_as_object()) == ["paragraph", "image"]


def test_a_place_that_was_deleted_stays_deleted(bring, fetch, tmp_path, host):
    bring(an_export(tmp_path, host))
    page = article()
    page.body = json.dumps([page.body.raw_data[0]])
    save_article(page, by=None)

    fetch(host.name)

    assert kinds(article()) == ["paragraph"]


def test_a_caption_that_an_editor_changed_is_the_caption(bring, fetch, tmp_path, host):
    bring(an_export(tmp_path, host))
    page = article()
    body = list(page.body.raw_data)
    body[1]["value"]["words"] = "A better <caption>"
    page.body = json.dumps(body)
    save_article(page, by=None)

    fetch(host.name)

    assert article().body[1].value["caption"].source == "A better &lt;caption&gt;"


def test_a_lead_image_that_an_editor_chose_stays(bring, fetch, tmp_path, host):
    bring(an_export(tmp_path, host))
    fetch(host.name)
    chosen = article().body[1].value["image"]
    page = article()
    page.lead_image, page.lead_image_alt = chosen, "Chosen"
    save_article(page, by=None)

    bring(an_export(tmp_path, host))
    fetch(host.name)
    page = article()
    page.lead_image = None
    save_article(page, by=None)
    bring(an_export(tmp_path, host))
    fetch(host.name)

    assert article().lead_image is None


# ------------------------------------------------------------------------------------------------------- imported again


def test_an_import_that_is_run_again_finds_what_was_fetched(bring, fetch, tmp_path, host):
    path = an_export(tmp_path, host)
    first = bring(path)
    assert first.media["missing"] == 2
    fetch(host.name)
    before = dump()

    report = bring(path)

    assert dump() == before
    assert report.media["missing"] == 0
    assert not any("edited here" in note.reason for note in report.notes)
    assert report.unchanged["articles"] == 1


def test_an_article_that_changed_in_the_archive_is_updated_and_keeps_what_was_fetched(
    bring, fetch, tmp_path, host
):
    bring(an_export(tmp_path, host))
    fetch(host.name)
    images = list(get_image_model().objects.order_by("pk").values_list("pk", flat=True))

    report = bring(an_export(tmp_path, host, title="Another headline"))

    assert report.updated == {"articles": 1}
    page = article()
    assert (page.title, kinds(page)) == ("Another headline", ["paragraph", "image", "paragraph"])
    assert page.lead_image is not None
    assert list(get_image_model().objects.order_by("pk").values_list("pk", flat=True)) == images


def test_a_file_that_comes_later_is_the_picture_that_was_fetched(bring, fetch, tmp_path, host):
    content = figure(host.at("/wp-content/uploads/boat.jpg"))
    host.answers["/wp-content/uploads/boat.jpg"] = gives(a_picture("blue"))
    path = an_export(tmp_path, host, content=content, lead="")
    bring(path)
    fetch(host.name)
    (tmp_path / "uploads").mkdir()
    (tmp_path / "uploads/boat.jpg").write_bytes(a_picture("blue"))

    bring(path, uploads=tmp_path / "uploads")

    assert kinds(article()) == ["image"]
    assert get_image_model().objects.count() == 1


def test_a_lead_image_that_waited_before_these_were_noted_is_noted_by_the_next_import(
    bring, fetch, tmp_path, host
):
    path = an_export(tmp_path, host)
    bring(path)
    row = ImportedRecord.objects.get(target="article")
    del row.raw[AWAITED_LEAD]
    row.save()

    bring(path)
    fetch(host.name)

    assert article().lead_image is not None


# ------------------------------------------------------------------------------------------------------ again, and killed


def test_a_second_run_fetches_nothing(bring, fetch, tmp_path, host):
    bring(an_export(tmp_path, host))
    fetch(host.name)
    before, asked = dump(), list(host.asked)

    assert fetch(host.name).fetched == 0
    assert (dump(), host.asked) == (before, asked)


def test_what_came_into_one_article_is_not_asked_for_again_for_another(
    bring, fetch, tmp_path, host, monkeypatch
):
    body = figure(host.at("/boat.jpg"))
    bring(write(tmp_path, post(1, content=body), post(2, "Another", body)))
    fill, filled = elsewhere._fill, []

    def fill_one(*arguments):
        if filled:
            raise KeyboardInterrupt
        filled.append(fill(*arguments))
        return filled[-1]

    monkeypatch.setattr(elsewhere, "_fill", fill_one)
    with pytest.raises(KeyboardInterrupt):
        fetch(host.name)
    monkeypatch.undo()
    assert [kinds(page) for page in ArticlePage.objects.order_by("pk")] == [["image"], ["unknown"]]

    report = fetch(host.name)

    assert [kinds(page) for page in ArticlePage.objects.all()] == [["image"], ["image"]]
    assert host.asked == ["/boat.jpg"]
    assert (report.fetched, report.known) == (0, 1)


def test_a_bound_ends_the_run_and_the_next_goes_on(bring, fetch, tmp_path, host):
    for number in range(4):
        host.answers[f"/{number}.jpg"] = gives(a_picture(size=(40 + number, 30)))
    posts = [post(n + 1, f"No {n}", figure(host.at(f"/{n}.jpg"))) for n in range(4)]
    bring(write(tmp_path, *posts))
    two = 2 * len(a_picture(size=(43, 30)))

    report = fetch(host.name, bounds=Bounds(most=two, pause=0))

    assert (report.fetched, report.left) == (2, 2)
    assert report.stopped.endswith("MB have come")
    assert fetch(host.name).fetched == 2
    assert get_image_model().objects.count() == 4


# --------------------------------------------------------------------------------------------------------- what fails

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (gives(b"", status="404 Not Found"), "is not there any more (404)"),
        (
            gives(b"<!DOCTYPE html><title>Home</title>", Content_Type="image/jpeg"),
            "is a page by now, and no picture",
        ),
        (gives(SVG, Content_Type="image/png"), "is a drawing (SVG), which is not taken, as in uploads"),
        (gives(b""), "is empty"),
        (gives(b"GIF89a nothing", Content_Type="image/gif"), "is not a picture that can be read"),
        (gives(a_picture(format="TIFF")), "is of a kind that is not shown on the web (TIFF)"),
        (gives(hosts.pixel_bomb()), "has more than 100 million pixels"),
        (gives(hosts.pixel_bomb(11_000, 10_000)), "has more than 100 million pixels"),
        (gives(hosts.pixel_bomb(100, 100)), "is damaged, or broke off before its end"),
        (gives(a_picture(size=(400, 300))[:-500]), "is damaged, or broke off before its end"),
        (hosts.gzip_bomb(), "came packed (gzip), which was not asked for"),
        (hosts.never_ends, "has more than 1 MB"),
        (hosts.drips_its_body, "took more than 0.5 seconds"),
        (leads_to("http://elsewhere.example/a.jpg"), "leads to elsewhere.example, which was not named"),
        (leads_to("file:///etc/passwd"), "is, or leads to, no address of a web server (file:///etc/passwd)"),
    ],
)
def test_a_picture_that_fails_is_named_with_its_reason_and_goes_on_waiting(
    bring, fetch, tmp_path, host, answer, reason
):
    host.answers["/bad.jpg"] = answer
    bring(
        an_export(tmp_path, host, content=figure(host.at("/bad.jpg")) + figure(host.at("/boat.jpg")), lead="")
    )

    report = fetch(host.name)

    assert kinds(article()) == ["unknown", "image"]
    assert [(failure.address, failure.reason) for failure in report.failed] == [(host.at("/bad.jpg"), reason)]
    assert get_image_model().objects.count() == 1
    host.answers["/bad.jpg"] = gives(a_picture("green"))
    assert fetch(host.name).failed == []
    assert kinds(article()) == ["image", "image"]


def test_a_picture_is_called_as_what_it_is(bring, fetch, tmp_path, host):
    host.answers["/photo.php?id=3"] = gives(a_picture(format="WEBP"), Content_Type="text/plain")
    bring(an_export(tmp_path, host, content=figure(host.at("/photo.php?id=3")), lead=""))

    fetch(host.name)

    assert get_image_model().objects.get().file.name.endswith(".webp")


def test_a_path_in_an_address_leads_nowhere_on_this_machine(bring, fetch, tmp_path, host):
    for path in ("/..%2f..%2f..%2fetc%2fx.jpg", "/%2e%2e", "/" + "x" * 300 + ".jpg"):
        host.answers[path] = gives(a_picture())
    bring(
        an_export(
            tmp_path,
            host,
            content="".join(figure(host.at(path)) for path in host.answers if path != "/lead.png"),
            lead="",
        )
    )

    assert fetch(host.name).failed == []
    assert all(image.file.name.startswith("original_images/") for image in get_image_model().objects.all())


# ----------------------------------------------------------------------------------------------------------- the command


@pytest.fixture
def run(magazine, monkeypatch):
    monkeypatch.setattr("standfirst.cli.opening.open_publication", lambda home: None)
    return lambda *arguments: CliRunner().invoke(cli, ["import", "pictures", *map(str, arguments)])


def test_the_command_lists_hosts_and_says_how_to_fetch(run, bring, tmp_path, host):
    bring(an_export(tmp_path, host))

    result = run()

    assert result.exit_code == 0
    assert f"{host.name}: 2 pictures for 1 article or page" in result.output
    assert f"standfirst import pictures --from {host.name}" in result.output
    assert host.asked == []


def test_the_command_fetches_and_gives_an_account(run, bring, tmp_path, host):
    bring(an_export(tmp_path, host, content=figure(host.at("/gone.jpg")) + figure(host.at("/boat.jpg"))))

    result = run("--from", host.name, "--report", tmp_path / "report.json")

    assert result.exit_code == 0
    assert f"Fetched from {host.name}: 2 pictures" in result.output
    assert f"1 — is not there any more (404): {host.at('/gone.jpg')}, for “A headline”" in result.output
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["fetched"], report["failed"][0]["page"]) == (2, "“A headline”")


def test_what_cannot_be_done_is_one_sentence_and_status_2(run, bring, tmp_path, host):
    bring(an_export(tmp_path, host))

    result = run("--from", "https://x.example")

    assert result.exit_code == 2
    assert result.output.count("\n") == 1


def test_where_nothing_is_waited_for_that_is_said(run, bring, tmp_path, host):
    bring(an_export(tmp_path, host))

    result = run("--from", "nobody.example")

    assert result.exit_code == 0
    assert result.output.startswith("No article waits for a picture from nobody.example;")


def test_after_an_import_the_command_is_named(monkeypatch, magazine, tmp_path, host):
    monkeypatch.setattr("standfirst.cli.opening.open_publication", lambda home: None)

    result = CliRunner().invoke(cli, ["import", str(an_export(tmp_path, host))])

    assert "`standfirst import pictures` lists the hosts" in result.output


def test_notes_of_a_check_are_gone_when_the_pictures_have_come(bring, fetch, tmp_path, host):
    bring(an_export(tmp_path, host, lead=""))
    fetch(host.name)

    assert [note for check in CHECKS if check.is_note for note in check.findings(timezone.now())] == []


def test_a_fetcher_may_be_given(bring, fetch, tmp_path, host):
    bring(an_export(tmp_path, host))
    by = Fetcher(hosts_named([host.name]), bounds=QUICK, agent="The Lantern")

    fetch(host.name, fetcher=by)

    assert "User-Agent: The Lantern" in host.heads[0]
