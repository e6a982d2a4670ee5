"""What a folder's configuration says, generator by generator."""

import pytest

from standfirst.importers.errors import ImportRefused
from standfirst.importers.folders.configurations import read_settings
from standfirst.importers.folders.tree import open_tree

from .sites import names, opened, post, site

CONFIGURED = [
    ("MkDocs", {"mkdocs.yml": "site_name: The Lantern\nsite_url: https://lantern.example/\n"}, "docs/a.md"),
    (
        "Docusaurus",
        {
            "docusaurus.config.js": "const theme = {title: 'Other'};\nmodule.exports = {\n  title: 'The Lantern',\n"
            "  url: 'https://lantern.example',\n  themeConfig: {\n    navbar: {\n      title: 'Menu',\n    },\n  },\n};\n"
        },
        "blog/a.md",
    ),
    (
        "Hexo",
        {
            "_config.yml": "title: The Lantern\nurl: https://lantern.example\nsource_dir: source\nnew_post_name: x\n"
        },
        "source/_posts/a.md",
    ),
    (
        "Eleventy",
        {
            "eleventy.config.js": "module.exports = () => ({});",
            "src/_data/site.json": '{"title": "The Lantern", "url": "https://lantern.example"}',
        },
        "src/a.md",
    ),
    (
        "Hugo",
        {
            "config/_default/hugo.toml": 'baseURL = "https://try.example"\ndefaultContentLanguage = "en"\n',
            "config/_default/languages.en.toml": 'title = "The Lantern"\n',
            "config/production/hugo.toml": 'baseURL = "https://lantern.example/"\n',
            "config/staging/hugo.toml": 'baseURL = "https://staging.example/"\n',
        },
        "content/posts/a.md",
    ),
]


@pytest.mark.parametrize(("generator", "files", "text"), CONFIGURED, ids=[one[0] for one in CONFIGURED])
def test_every_generator_says_what_the_publication_is_called_and_where_it_is(
    tmp_path, generator, files, text
):
    folder = site(tmp_path / "m", {**files, text: post(date="2020-01-02", author="The Lantern")})

    archive = opened(folder)

    assert (archive.system, archive.site.title, archive.site.address) == (
        generator, "The Lantern", "https://lantern.example",
    )  # fmt: skip


def test_what_the_publication_signs_itself_is_no_person_and_no_question(tmp_path):
    folder = site(
        tmp_path / "m",
        {
            "mkdocs.yml": "site_name: Lantern\n",
            "docs/posts/a.md": post("A", date="2020-01-02", author="Lantern"),
        },
    )

    archive = opened(folder)
    [draft] = archive.drafts(processes=1)

    assert names(archive, draft) == [("Lantern", "organisation")]
    assert draft.doubts == ()
    assert [person.kind for person in archive.contributors] == ["house_name"]


def test_two_sites_are_still_two(tmp_path):
    folder = site(
        tmp_path / "m",
        {"one/mkdocs.yml": "site_name: One\n", "two/mkdocs.yml": "site_name: Two\n", "one/docs/a.md": post()},
    )
    tree = open_tree(folder)

    with pytest.raises(ImportRefused, match="holds 2 sites"):
        read_settings(tree, {})


def test_pelican_says_a_date_for_what_has_none_and_where_its_texts_are(tmp_path):
    folder = site(
        tmp_path / "m",
        {
            "pelicanconf.py": "PATH = 'content'\nSITENAME = 'The Lantern'\nDEFAULT_DATE = (2012, 3, 2, 14, 1)\n",
            "content/a.md": "Title: A\nAuthor: Ada Quill\n\nWords.\n",
            "drafts-of-mine/b.md": "Title: B\nDate: 2012-01-01\n\nWords.\n",
        },
    )

    archive = opened(folder)
    [draft] = archive.drafts(processes=1)

    assert (draft.headline, f"{draft.published_at:%Y-%m-%d %H:%M}") == ("A", "2012-03-02 14:01")
    assert any("lies outside `content`" in left.reason for left in archive.left_out())


@pytest.mark.parametrize(
    ("ending", "language"), [("adoc", "AsciiDoc"), ("org", "Org"), ("textile", "Textile")]
)
def test_texts_that_nobody_reads_are_refused_by_the_name_of_their_language(tmp_path, ending, language):
    folder = site(tmp_path / "m", {f"a.{ending}": "= A\n\nWords.\n", f"b.{ending}": "= B\n\nWords.\n"})

    with pytest.raises(ImportRefused, match=f"2 texts in {language}, which is not read yet"):
        opened(folder)
