"""`standfirst cache` says what is kept, fills it and clears it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.made import a_publication
from tests.pagecache.outside import Says, Service, service

LATER = """
from datetime import timedelta
from django.utils import timezone
from standfirst.pagecache.models import PendingPurge
PendingPurge.objects.update(created_at=timezone.now() - timedelta(minutes=6))
"""
ADD = """
from standfirst.articles.actions import create_article
from standfirst.contributors.actions import create_contributor
from standfirst.publications.actions import save_section, save_topic
from standfirst.publications.models import Section, Topic
ada = create_contributor(display_name="Ada Quill", by=None)
section, topic = save_section(Section(name="Rivers"), by=None), save_topic(Topic(name="Floods"), by=None)
for number in range(3):
    create_article(headline=f"Article {number}", by=None, credits=[(ada, "author")], section=section, publish=True)
"""


@pytest.fixture(scope="module")
def outside() -> Iterator[Service]:
    with service(Says(headers={"X-Purged": "0"})) as running:
        yield running


@pytest.fixture(scope="module")
def home(standfirst: Run, outside: Service, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication with three articles and a cache outside."""
    home = tmp_path_factory.mktemp("publications") / "lantern"
    a_publication(home, tmp_path_factory)
    with (home / "standfirst.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[purge]\nkind = "varnish"\nurls = ["{outside.url}"]\n')
    added = standfirst("--home", home, "manage", "shell", "-c", ADD)
    assert added.returncode == 0, added.stderr
    assert standfirst("--home", home, "cache", "clear").returncode == 0
    return home


@pytest.fixture
def cache(standfirst: Run, home: Path, outside: Service):
    outside.heard.clear()

    def run(*arguments: object):
        return standfirst("--home", home, "cache", *arguments)

    return run


def test_what_is_kept_is_filled_shown_and_cleared(cache, outside: Service) -> None:
    warmed = cache("warm", "--articles", 2)
    assert warmed.returncode == 0, warmed.stderr
    # Front page, articles, authors, a section, a topic, a contributor, and two of three articles.
    assert "8 pages: 8 rendered, 0 kept already." in warmed.stdout
    assert "8 pages: 0 rendered, 8 kept already." in cache("warm", "--articles", 2).stdout

    said = json.loads(cache("status", "--json").stdout)
    assert (said["pages"], said["by_status"], said["outdated"]) == (8, {"200": 8}, 0)
    assert 0 < said["bytes"] < said["limit"] == 512_000_000

    cleared = cache("clear")
    assert cleared.returncode == 0
    assert "Every kept page is forgotten.\nVarnish has been told." in cleared.stdout
    assert [heard.headers["xkey-purge"] for heard in outside.heard] == ["publication"]
    shown = cache("status").stdout
    assert "Kept pages   0" in shown
    assert "Outdated     8" in shown
    assert "Varnish has been told of every change" in shown


def test_a_cache_outside_that_can_not_be_told_is_said_to_be_stuck(
    cache, standfirst: Run, home: Path, outside: Service
) -> None:
    outside.usually = Says(503)
    try:
        cleared = cache("clear")
        assert cleared.returncode == 1
        assert "could not be told yet: Varnish at 127.0.0.1" in cleared.stdout
        soon = cache("status")
        standfirst("--home", home, "manage", "shell", "-c", LATER)
        later = cache("status")
        for_programs = cache("status", "--json")
    finally:
        outside.usually = Says(headers={"X-Purged": "0"})

    assert soon.returncode == 0
    # This clearing; and, on a slow day, the one before, which is told again after fifteen seconds.
    assert re.search(r"(1 change waits|2 changes wait) to be told to Varnish", soon.stdout)
    assert "answered 503" in soon.stdout
    assert later.returncode == 1
    assert "Stuck: readers behind Varnish may be seeing old pages." in later.stdout
    assert for_programs.returncode == 1
    assert json.loads(for_programs.stdout)["outside"]["is_stuck"] is True


def test_a_publication_without_its_token_costs_one_sentence(
    standfirst: Run, home: Path, tmp_path: Path
) -> None:
    for name in ("secret.key", "standfirst.toml"):
        (tmp_path / name).write_bytes((home / name).read_bytes())
    text = (tmp_path / "standfirst.toml").read_text().partition("[purge]")[0]
    (tmp_path / "standfirst.toml").write_text(text + '[purge]\nkind = "fastly"\nservice = "x"\n')

    result = standfirst("--home", tmp_path, "cache", "status")

    assert result.returncode == 2
    assert "purge.token is missing" in result.stderr
    assert result.stderr.count("\n") == 1
