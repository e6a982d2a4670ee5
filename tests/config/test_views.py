"""What the addresses that belong to no room answer."""

from pathlib import Path

import pytest
from django.test import Client


@pytest.fixture
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    for folder in ("images", "original_images", "documents"):
        (tmp_path / "media" / folder).mkdir(parents=True)
    return settings.MEDIA_ROOT


@pytest.mark.django_db
def test_health_is_ok_when_the_database_answers(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_an_image_is_served_to_readers_for_good_and_can_run_nothing(client: Client, media: Path) -> None:
    (media / "images" / "cover.svg").write_text("<svg/>")

    response = client.get("/media/images/cover.svg")

    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    assert "immutable" in response["Cache-Control"]
    assert "sandbox" in response["Content-Security-Policy"]
    again = client.get("/media/images/cover.svg", headers={"If-Modified-Since": response["Last-Modified"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "address",
    [
        "original_images/cover.jpg",
        "documents/secret.pdf",
        "images/missing.jpg",
        "images/../documents/secret.pdf",
        "images/../../standfirst.toml",
        "images//etc/passwd",
        "images/%00",
        "images/",
        "",
    ],
)
@pytest.mark.django_db
def test_nothing_but_images_made_for_readers_is_served(client: Client, media: Path, address: str) -> None:
    (media / "original_images" / "cover.jpg").write_bytes(b"jpg")
    (media / "documents" / "secret.pdf").write_bytes(b"pdf")
    (media.parent / "standfirst.toml").write_text("secret")

    assert client.get(f"/media/{address}").status_code == 404


@pytest.mark.django_db
def test_an_editor_sees_originals(admin_client: Client, media: Path) -> None:
    (media / "original_images" / "cover.jpg").write_bytes(b"jpg")

    response = admin_client.get("/media/original_images/cover.jpg")

    assert response.status_code == 200
    assert response["Cache-Control"].startswith("private")


@pytest.mark.django_db
def test_public_pages_allow_no_script_and_the_editors_pages_only_their_own(client: Client) -> None:
    public = client.get("/nothing-here/")["Content-Security-Policy"]
    editors = client.get("/admin/login/")["Content-Security-Policy"]

    assert public.startswith("default-src 'none'")
    assert "unsafe" not in public
    assert "http" not in editors
