"""Pictures are found as Ghost keeps them, and nowhere outside their folder."""

import pytest
from PIL import Image as Picture

from standfirst.importers.ghost.uploads import GhostUploads, uploads_of
from standfirst.importers.reading.records import MediaRef
from standfirst.importers.reading.uploads import Uploads

ADDRESSES = [
    ("__GHOST_URL__/content/images/2020/01/a.jpg", "2020/01/a.jpg"),
    ("/content/images/2020/01/a.jpg", "2020/01/a.jpg"),
    ("https://x.example/blog/content/images/size/w600/2020/01/a.jpg?v=1", "2020/01/a.jpg"),
    ("/content/images/size/w1000/format/webp/2020/01/a%20b.jpg", "2020/01/a b.jpg"),
    ("https://images.unsplash.com/photo-1", ""),
    ("//www.gravatar.com/avatar/x", ""),
    ("http://[", ""),
]


@pytest.mark.parametrize(("url", "path"), ADDRESSES)
def test_an_address_tells_the_path_inside_the_folder(url, path):
    assert GhostUploads(None).path_of(url) == path


@pytest.mark.parametrize(
    "place", ["2020/a.jpg", "images/2020/a.jpg", "content/images/2020/a.jpg", "2020/a_o.jpg"]
)
@pytest.mark.parametrize("asked", ["2020/a.jpg", "2020/a_o.jpg"])
def test_a_picture_is_found_in_the_folder_or_one_around_it(tmp_path, place, asked):
    file = tmp_path / place
    file.parent.mkdir(parents=True)
    Picture.new("RGB", (8, 8)).save(file)

    found = Uploads(GhostUploads(tmp_path), {}).find(MediaRef("", f"/content/images/{asked}"))

    assert found.file is not None
    assert found.file.key == place


def test_what_was_shown_goes_before_the_original_which_may_say_where_it_was_taken(tmp_path):
    for name in ("a.jpg", "a_o.jpg"):
        Picture.new("RGB", (8, 8)).save(tmp_path / name)

    found = Uploads(GhostUploads(tmp_path), {}).find(MediaRef("", "/content/images/a_o.jpg"))

    assert found.file is not None
    assert found.file.key == "a.jpg"


def test_no_path_leads_out_of_the_folder(tmp_path):
    Picture.new("RGB", (8, 8)).save(tmp_path / "secret.jpg")
    inside = tmp_path / "images"
    inside.mkdir()

    found = Uploads(GhostUploads(inside), {}).find(MediaRef("", "/content/images/../../../secret.jpg"))

    assert found.file is None


def test_the_folder_beside_the_export_is_found_by_itself(tmp_path):
    assert uploads_of(tmp_path / "export.json", None).folder is None
    (tmp_path / "content/images").mkdir(parents=True)
    assert uploads_of(tmp_path / "export.json", None).folder == tmp_path / "content/images"
    assert uploads_of(tmp_path / "export.json", tmp_path).folder == tmp_path
