"""The sample magazine shows what Standfirst is for: everything in it counts, and an archive is worth browsing."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from standfirst.articles.actions import found_article_index
from standfirst.articles.models import ArticlePage, Correction
from standfirst.bodies.blocks import BodyBlock
from standfirst.bylines.models import Credit
from standfirst.cli.demo_content.making import make_magazine
from standfirst.config import publication_file
from standfirst.contributors.models import Contributor
from standfirst.publications.actions import found_publication
from tests.cli.conftest import Run


@pytest.mark.django_db
def test_the_sample_has_everything_a_magazine_has(client: Client, settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    found_article_index(found_publication(name="The Lantern", address="http://testserver"))
    editor = get_user_model().objects.create_superuser("editor")

    prolific = make_magazine(by=editor)

    articles = ArticlePage.objects.published()
    assert articles.count() >= 60
    years = {article.first_published_at.year for article in articles}
    assert max(years) - min(years) >= 14
    assert all(article.standfirst for article in articles)
    # One contributor has archive pages, and the heading counts what there is.
    credited = articles.filter(credits__contributor=prolific).distinct().count()
    assert credited >= 45
    page = client.get(f"/author/{prolific.slug}/").content.decode()
    assert f"{credited} Articles by:" in page
    assert client.get(f"/author/{prolific.slug}/page/1/").status_code == 200
    # Namesakes, co-authors, other roles, every kind of contributor, names of other scripts.
    assert Contributor.objects.filter(display_name="James Marsh").values("slug").distinct().count() == 2
    assert articles.filter(credits__role__code="author").distinct().count() > 60
    roles = {"author", "translator", "photographer", "illustrator", "interviewer", "editor", "organisation"}
    assert set(Credit.objects.values_list("role__code", flat=True)) == roles
    assert {"organisation", "collective", "pseudonym"} <= set(
        Contributor.objects.values_list("kind", flat=True)
    )
    # Every kind of block that an editor can make.
    kinds = {block.block_type for article in articles for block in article.body}
    assert kinds == set(BodyBlock().child_blocks) - {"image", "html", "unknown"}
    assert Correction.objects.count() == 1
    # And something on the desk that no reader sees.
    assert ArticlePage.objects.filter(is_public=False).count() == 2

    for contributor in Contributor.objects.all():
        assert client.get(f"/author/{contributor.slug}/").status_code == 200
    for article in articles:
        assert client.get(article.url).status_code == 200


def test_a_demo_is_made_whole_and_not_over_anything(standfirst: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    result = standfirst("demo", tmp_path, "--no-serve")

    assert result.returncode == 2
    assert "is not a publication and not empty" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_demo_at_another_port_says_so_in_its_addresses(
    made: tuple[Path, str], standfirst: Run, tmp_path: Path
) -> None:
    home = shutil.copytree(made[0], tmp_path / "demo")

    result = standfirst("demo", home, "--port", "8410", "--no-serve")

    assert result.returncode == 0, result.stderr
    assert "Log in at http://localhost:8410/admin/ as editor with the password lantern-light" in result.stdout
    publication = publication_file.read(home)
    assert (publication.address, publication.server.port) == ("http://localhost:8410", 8410)
    with sqlite3.connect(home / "standfirst.sqlite3") as rows:
        assert rows.execute("SELECT hostname, port FROM wagtailcore_site").fetchall() == [("localhost", 8410)]

    again = standfirst("demo", home, "--no-serve")
    assert "http://localhost:8410/admin/" in again.stdout
    assert publication_file.read(home) == publication
