"""An import that is killed and run again ends as one that was not."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image as Picture

from tests.made import a_publication

from .exports import author, category, guest, picture, post, use, write

ROOT = Path(__file__).parent.parent.parent

# When a row was made, and names drawn by lot: they differ between two runs of anything.
_INHERENT = {
    "created_at",
    "updated_at",
    "timestamp",
    "translation_key",
    "uuid",
    "last_login",
    # Of the search: what has ids in it, or follows from the order of arrival.
    "place",
    "keys",
    "key",
    "words",
    "password",
    "date_joined",
    "latest_revision_created_at",
    "asked_at",
}
# Numbers are given in the order of writing; what was rolled back has used some up.
_NUMBERS = ("id", "_id", "seq")
# The search's words, in tables of FTS5; `standfirst check` compares them with the articles.
_OF_FTS5 = ("search_words", "search_heads")


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    uploads = folder / "uploads"
    (uploads / "2015").mkdir(parents=True)
    for number in range(6):
        Picture.new("RGB", (8 + number, 8), (number * 40, 0, 0)).save(uploads / f"2015/p{number}.jpg")
    parts = [author("ada", "Ada Quill"), author("bea.moor", "bea", number=2), category("news", "News")]
    parts += [picture(500 + number, f"2015/p{number}.jpg", alt=f"Picture {number}") for number in range(6)]
    for number in range(1, 131):
        parts.append(
            post(
                number,
                f"Title {number}",
                f'Words {number}.\n\n<img class="wp-image-{500 + number % 6}" src="/x.jpg">\n\nMore.',
                creator="bea.moor" if number % 3 else "ada",
                slug=f"same-{number % 50}",
                status="draft" if number % 17 == 0 else "publish",
                terms=(use("category", "news", "News"), use("post_tag", f"t{number % 9}", f"T{number % 9}")),
                meta=(("_thumbnail_id", str(500 + number % 6)),) if number % 10 == 0 else (),
            )
        )
    parts.append(post(200, "Soon", status="future", date="2100-01-01 00:00:00"))
    parts += [
        post(300, "About", kind="page", slug="about"),
        post(301, "Staff", kind="page", slug="staff", parent=300),
    ]
    parts.append(guest(400, "bea-moor", "Bea Moor"))
    return write(folder, *parts), uploads


@pytest.fixture(scope="module")
def empty_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("homes") / "empty"
    a_publication(home, tmp_path_factory)
    return home


def standfirst(home, *arguments):
    # Only what a child needs: the settings of this test session are not its settings.
    environment = {
        name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")
    }
    environment |= {"STANDFIRST_HOME": str(home), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )


def importing(home, archive, step):
    export, uploads = archive
    return standfirst(home, "-m", "tests.importers.importing", str(export), str(uploads), str(step))


def contents(home):
    """What the publication holds, without what differs between two runs of anything."""
    database = sqlite3.connect(home / "standfirst.sqlite3")
    tables = {}
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in names:
        if table.startswith(("sqlite_", "django_", "auth_", "wagtailsearch_indexentry_fts", *_OF_FTS5)):
            continue
        columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
        kept = [
            c
            for c in columns
            if c not in _INHERENT and not c.endswith(_NUMBERS) and c not in ("content", "data")
        ]
        if kept:
            chosen = ", ".join(f'"{column}"' for column in kept)
            tables[table] = sorted(map(repr, database.execute(f'SELECT {chosen} FROM "{table}"')))
        tables[f"{table}: rows"] = database.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()
    media = home / "media"
    tables["files"] = sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())
    credited = """
        SELECT page.title, contributor.display_name, credit.printed_name, credit.sort_order, listing.published_at
        FROM bylines_credit credit
        JOIN wagtailcore_page page ON page.id = credit.article_id
        JOIN contributors_contributor contributor ON contributor.id = credit.contributor_id
        LEFT JOIN articles_listing listing
            ON listing.article_id = credit.article_id AND listing.contributor_id = credit.contributor_id
    """
    tables["who is credited and listed where"] = sorted(map(repr, database.execute(credited)))
    return tables


@pytest.fixture(scope="module")
def clean(empty_home, archive, tmp_path_factory):
    home = tmp_path_factory.mktemp("homes") / "clean"
    shutil.copytree(empty_home, home)
    done = importing(home, archive, 0)
    assert done.returncode == 0, done.stderr
    return contents(home), int(done.stdout)


@pytest.mark.parametrize("where", [0.05, 0.3, 0.5, 0.75, 0.99])
def test_killed_anywhere_and_run_again_it_ends_the_same(empty_home, archive, clean, tmp_path, where):
    expected, writes = clean
    home = tmp_path / "home"
    shutil.copytree(empty_home, home)

    killed = importing(home, archive, max(1, int(writes * where)))
    assert killed.returncode == -9
    again = importing(home, archive, 0)

    assert again.returncode == 0, again.stderr
    found = contents(home)
    assert {name for name in expected if found[name] != expected[name]} == set()


def test_killed_twice_it_still_ends_the_same(empty_home, archive, clean, tmp_path):
    expected, writes = clean
    home = tmp_path / "home"
    shutil.copytree(empty_home, home)

    for share in (0.4, 0.3):
        assert importing(home, archive, int(writes * share)).returncode == -9
    assert importing(home, archive, 0).returncode == 0

    assert contents(home) == expected
