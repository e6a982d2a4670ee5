"""What the addresses that belong to no room answer."""

import os
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client

from standfirst.serving import health


@pytest.fixture
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    for folder in ("images", "original_images", "documents"):
        (tmp_path / "media" / folder).mkdir(parents=True)
    return settings.MEDIA_ROOT


@pytest.mark.django_db
def test_health_is_ok_when_every_part_is(client: Client, settings, tmp_path: Path) -> None:
    settings.HEARTBEAT = tmp_path / "heartbeat"
    settings.HEARTBEAT.touch()

    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "disk": "ok", "scheduler": "ok"}
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_scheduler_that_gives_no_sign_is_unwell(client: Client, settings, tmp_path: Path) -> None:
    settings.HEARTBEAT = tmp_path / "heartbeat"
    settings.HEARTBEAT.touch()
    os.utime(settings.HEARTBEAT, (0, 0))

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["status"] == "unwell"
    assert response.json()["scheduler"].startswith("silent for ")


@pytest.mark.django_db
def test_where_something_else_runs_the_web_processes_the_scheduler_is_not_here(
    client: Client, settings, tmp_path: Path
) -> None:
    settings.HEARTBEAT = tmp_path / "none"

    assert client.get("/healthz").json()["scheduler"] == "not here"


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_unwell(client: Client) -> None:
    def silent(*_: object) -> None:
        raise OperationalError("gone")

    with connection.execute_wrapper(silent):
        response = client.get("/healthz")

    assert (response.status_code, response.json()["database"]) == (503, "does not answer")


@pytest.mark.django_db
def test_a_full_disk_is_unwell(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 10**18)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["disk"].endswith(" MB free")


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
