"""An import of a Ghost site that is killed and run again ends as one that was not."""

import shutil

import pytest
from PIL import Image as Picture

from tests.importers.test_killed import contents, importing
from tests.made import a_publication

from .exports import by, filed, lexical, node, post, tag, text, user, write


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    images = folder / "content/images"
    images.mkdir(parents=True)
    for number in range(5):
        Picture.new("RGB", (8 + number, 8), (number * 40, 0, 0)).save(images / f"p{number}.jpg")
    posts = [
        post(
            number,
            f"Title {number}",
            slug=f"post-{number}",
            lexical=lexical(
                node("paragraph", text(f"Words {number}.")),
                {
                    "type": "image",
                    "src": f"__GHOST_URL__/content/images/p{number % 5}.jpg",
                    "alt": "A picture",
                },
            ),
            status="draft" if number % 17 == 0 else "published",
            visibility="paid" if number % 19 == 0 else "public",
        )
        for number in range(1, 91)
    ]
    posts += [
        post(200, "Soon", status="scheduled", published_at="2100-01-01 00:00:00"),
        post(300, "About", type="page"),
    ]
    tags = [tag(f"t{number}", f"Tag {number}", f"tag-{number}") for number in range(9)]
    (folder / "redirects.yaml").write_text("301:\n  /older/: /post-3/\n", encoding="utf-8")
    path = write(
        folder,
        *posts,
        users=[user("1"), user("2", "Bea Moor", "bea")],
        tags=tags,
        posts_tags=[row for n in range(1, 91) for row in filed(n, f"t{n % 9}", f"t{n % 4}")],
        posts_authors=[row for n in range(1, 91) for row in by(n, *("12" if n % 3 else "2"))],
    )
    return path, images


@pytest.fixture(scope="module")
def empty_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("homes") / "empty"
    a_publication(home, tmp_path_factory)
    return home


@pytest.fixture(scope="module")
def clean(empty_home, archive, tmp_path_factory):
    home = tmp_path_factory.mktemp("homes") / "clean"
    shutil.copytree(empty_home, home)
    done = importing(home, archive, 0)
    assert done.returncode == 0, done.stderr
    return contents(home), int(done.stdout)


@pytest.mark.parametrize("where", [0.1, 0.5, 0.9, 0.99])
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
