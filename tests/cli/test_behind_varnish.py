"""The whole of it: `standfirst serve` behind Varnish, and an editor's change seen by readers through both."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_serve import answers, eventually, free_port
from tests.made import environment
from tests.pagecache.varnish import Front, varnish

PUBLISH = """
from standfirst.articles.actions import create_article
from standfirst.contributors.actions import create_contributor
ada = create_contributor(display_name="Ada Quill", by=None)
create_article(headline="The slow river", by=None, credits=[(ada, "author")], publish=True)
"""
RENAME = """
from django.db import transaction
from standfirst.articles.models import ArticlePage
with transaction.atomic():
    article = ArticlePage.objects.get()
    article.title = "The quick river"
    article.save_revision().publish()
"""


@pytest.fixture(scope="module")
def behind(standfirst: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Front, Path]]:
    """A publication, and what readers reach."""
    place = tmp_path_factory.mktemp("behind-varnish")
    port, home = free_port(), place / "lantern"
    with varnish(port, place) as front:
        made = standfirst("init", home, "--address", f"http://127.0.0.1:{front.port}")
        assert made.returncode == 0, made.stderr
        with (home / "standfirst.toml").open("a", encoding="utf-8") as file:
            file.write(f'\n[purge]\nkind = "varnish"\nurls = ["{front.url}"]\n')
        serving = subprocess.Popen(
            [sys.executable, "-m", "standfirst", "--home", str(home), "serve", "--port", str(port)],
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            eventually(lambda: answers(port), "an answer", 60)
            yield front, home
        finally:
            serving.terminate()
            serving.wait(20)


def test_readers_behind_varnish_see_a_change_and_are_else_answered_by_it(
    behind: tuple[Front, Path], standfirst: Run
) -> None:
    front, home = behind

    def waiting() -> int:
        said = standfirst("--home", home, "cache", "status", "--json").stdout
        return int(json.loads(said)["outside"]["waiting"])

    def is_kept(path: str) -> bool:
        return front.get(path).was_kept

    eventually(lambda: waiting() == 0, "that another edition's pages are forgotten")
    eventually(lambda: is_kept("/"), "the front page in Varnish")
    assert "The slow river" not in front.get("/").body
    assert front.get("/author/ada-quill/").status == 404

    assert standfirst("--home", home, "manage", "shell", "-c", PUBLISH).returncode == 0
    eventually(lambda: "The slow river" in front.get("/").body, "a new article on the front page")
    eventually(lambda: front.get("/author/ada-quill/").status == 200, "a new contributor's page")
    assert "1 Article by:" in front.get("/author/ada-quill/").body

    eventually(lambda: is_kept("/") and is_kept("/author/ada-quill/"), "both in Varnish")
    assert standfirst("--home", home, "manage", "shell", "-c", RENAME).returncode == 0
    for path in ("/", "/author/ada-quill/"):
        eventually(lambda path=path: "The quick river" in front.get(path).body, f"the new headline on {path}")
    assert waiting() == 0


def test_static_files_are_kept_and_the_back_office_and_searches_are_not(behind: tuple[Front, Path]) -> None:
    front, _ = behind
    style = re.search(r'href="(/static/[^"]+\.css)"', front.get("/").body)
    assert style is not None

    eventually(lambda: front.get(style[1]).was_kept, "the style in Varnish")
    for path in ("/admin/login/", "/search/?q=river", "/healthz"):
        assert not any(front.get(path).was_kept for _ in range(3)), path
    assert "private" in front.get("/search/?q=river").headers["cache-control"]
