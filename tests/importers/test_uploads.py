"""Pictures are found in the folder of uploads or reported; nothing is fetched, and nothing outside it is read."""

import pytest
from django.utils import timezone
from PIL import Image as Picture
from wagtail.images import get_image_model

from standfirst.articles.models import ArticlePage
from standfirst.config.checks import CHECKS
from standfirst.importers.errors import ImportRefused
from standfirst.importers.reading.records import MediaRef, ParsedMedia
from standfirst.importers.reading.uploads import Uploads
from standfirst.importers.run import import_archive
from standfirst.importers.wordpress.uploads import WordPressUploads, relative_path

from .dumps import dump
from .exports import picture, post, write


@pytest.fixture
def uploads(tmp_path):
    folder = tmp_path / "uploads"
    for name, colour in (
        ("2015/03/dusk.jpg", "red"),
        ("2015/03/boat.png", "blue"),
        ("2015/03/boat-300x200.png", "green"),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Picture.new("RGB", (40, 30), colour).save(path)
    (folder / "2015/03/broken.jpg").write_bytes(b"not a picture")
    (tmp_path / "secret.jpg").write_bytes((folder / "2015/03/dusk.jpg").read_bytes())
    return folder


def article_export(tmp_path, content, *, lead="7"):
    return write(
        tmp_path,
        picture(7, "2015/03/dusk.jpg", alt="Dusk over mud", caption="The <em>mud</em>"),
        picture(8, "2015/03/boat.png", alt="A boat"),
        picture(9, "2015/03/absent.jpg"),
        picture(10, "2015/03/unused.jpg"),
        post(1, content=content, meta=(("_thumbnail_id", lead),)),
    )


def test_the_lead_image_and_the_inline_ones_are_brought_with_their_words(bring, tmp_path, uploads):
    content = '<img class="wp-image-8" src="/wp-content/uploads/2015/03/boat-300x200.png" alt="">'

    report = bring(article_export(tmp_path, content), uploads=uploads)

    article = ArticlePage.objects.get()
    assert article.lead_image.title == "A picture"
    assert article.lead_image_alt == "Dusk over mud"
    assert article.lead_image_caption == "The <em>mud</em>"
    [block] = article.body
    assert (block.block_type, block.value["alt"]) == ("image", "A boat")
    assert block.value["image"].width == 40
    with block.value["image"].file.open() as stored:
        assert Picture.open(stored).getpixel((0, 0)) == (0, 0, 255)  # the whole picture, not the smaller copy
    assert report.media["created"] == 2
    assert report.created["media"] == 2


def test_a_missing_picture_is_marked_and_comes_with_the_next_import_that_has_it(bring, tmp_path, uploads):
    path = article_export(
        tmp_path, '<img class="wp-image-8" src="https://lantern.example/wp-content/uploads/2015/03/boat.png">'
    )
    report = bring(path)
    assert report.media["missing"] == 2
    assert [block.block_type for block in ArticlePage.objects.get().body] == ["unknown"]

    report = bring(path, uploads=uploads)

    article = ArticlePage.objects.get()
    assert [block.block_type for block in article.body] == ["image"]
    assert article.lead_image is not None
    assert report.updated == {"articles": 1}
    before = dump()
    bring(path, uploads=uploads)
    assert dump() == before


def test_a_lead_image_that_comes_later_needs_no_description_where_the_first_import_asks_for_none(
    bring, tmp_path, uploads
):
    path = write(
        tmp_path, picture(8, "2015/03/boat.png"), post(1, content="Mud.", meta=(("_thumbnail_id", "8"),))
    )
    bring(path)

    report = bring(path, uploads=uploads)

    assert (report.refused, report.updated) == ((), {"articles": 1})
    assert ArticlePage.objects.get().lead_image is not None


def test_a_gallery_keeps_what_is_there_and_marks_what_is_not(bring, tmp_path, uploads):
    bring(article_export(tmp_path, '[gallery ids="7,8,9"]'), uploads=uploads)

    article = ArticlePage.objects.get()
    assert [block.block_type for block in article.body] == ["gallery", "unknown"]
    assert len(article.body[0].value["images"]) == 2
    assert "absent.jpg" in article.body[1].value["raw"]


def test_one_file_used_twice_is_one_image(bring, tmp_path, uploads):
    bring(
        article_export(tmp_path, '<img src="https://lantern.example/wp-content/uploads/2015/03/dusk.jpg">'),
        uploads=uploads,
    )

    assert get_image_model().objects.count() == 1


def test_every_upload_of_the_list_is_accounted_for(bring, tmp_path, uploads):
    report = bring(article_export(tmp_path, '[gallery ids="7,9"]'), uploads=uploads)

    reasons = {group.reason: group.count for group in report.left_out if group.kind == "media"}
    assert reasons == {"missing: its file is not there": 1, "no article uses it": 2}
    assert report.media["missing_files"] == [
        {
            "file": "https://lantern.example/wp-content/uploads/2015/03/absent.jpg",
            "reason": "its file is not there",
        }
    ]


@pytest.mark.parametrize(
    "url",
    [
        "https://lantern.example/wp-content/uploads/../secret.jpg",
        "https://lantern.example/wp-content/uploads/%2e%2e/secret.jpg",
        "https://lantern.example/wp-content/uploads/2015/../../secret.jpg",
        "https://lantern.example/wp-content/uploads//etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_folder(tmp_path, uploads, url):
    wanted = Uploads(WordPressUploads(uploads), {"1": ParsedMedia("1", url)}).find(MediaRef("1"))

    assert wanted.file is None


def test_a_link_out_of_the_folder_is_not_followed(tmp_path, uploads):
    (uploads / "link.jpg").symlink_to(tmp_path / "secret.jpg")

    wanted = Uploads(WordPressUploads(uploads), {}).find(MediaRef("", "/wp-content/uploads/link.jpg"))

    assert (wanted.file, wanted.reason) == (None, "its path leads out of the folder")


def test_what_is_no_picture_is_said_to_be_none(uploads):
    wanted = Uploads(WordPressUploads(uploads), {}).find(
        MediaRef("", "/wp-content/uploads/2015/03/broken.jpg")
    )

    assert (wanted.file, wanted.reason) == (None, "it is not a picture that can be read")


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://x.example/wp-content/uploads/2015/03/a.jpg", "2015/03/a.jpg"),
        ("/wp-content/uploads/sites/2/2015/03/a%20b.jpg?ver=1", "sites/2/2015/03/a b.jpg"),
        ("http://x.example/files/2009/01/a.jpg", "2009/01/a.jpg"),
        ("https://flickr.example/photos/a.jpg", ""),
        ("http://[bad", ""),
    ],
)
def test_the_path_inside_the_uploads_is_read_from_the_old_address(url, path):
    assert relative_path(url) == path


def test_a_picture_of_another_site_is_missed_in_no_folder():
    wanted = Uploads(WordPressUploads(None), {}).find(MediaRef("", "https://flickr.example/photos/a.jpg"))
    ours = Uploads(WordPressUploads(None), {}).find(MediaRef("", "/wp-content/uploads/2015/03/a.jpg"))

    assert (wanted.reason, wanted.is_awaited) == ("it was kept on another site", False)
    assert (ours.reason, ours.is_awaited) == ("no folder of uploads was given", True)


def test_places_of_missing_pictures_are_noted_with_the_mend_that_fills_them(bring, tmp_path, uploads):
    path = article_export(
        tmp_path,
        '<img src="/wp-content/uploads/2015/03/boat.png"><img src="https://flickr.example/photos/a.jpg">',
        lead="",
    )
    report = bring(path)

    assert (report.media["missing"], report.media["kept_elsewhere"]) == (2, 1)
    notes = {note.kind: note for check in CHECKS if check.is_note for note in check.findings(timezone.now())}
    assert set(notes) == {"missing-pictures", "pictures-elsewhere"}
    assert "waits for a picture" in notes["missing-pictures"].sentence
    assert notes["missing-pictures"].mend.startswith("Import again with --uploads")
    assert "places for a picture that was kept on other sites" in notes["pictures-elsewhere"].sentence

    bring(path, uploads=uploads)
    kinds = {note.kind for check in CHECKS if check.is_note for note in check.findings(timezone.now())}
    assert kinds == {"pictures-elsewhere"}


def test_a_folder_that_is_not_there_is_refused_before_anything(magazine, tmp_path):
    with pytest.raises(ImportRefused, match="There is no folder"):
        import_archive(write(tmp_path, post(1)), uploads=tmp_path / "nowhere")

    assert not ArticlePage.objects.exists()
