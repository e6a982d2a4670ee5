"""What the old site made no page of does not become a live article here."""

import re

import pytest

from standfirst.importers.folders.unbuilt import as_ignored
from standfirst.importers.reading.records import Publicity

from .sites import archived, opened, post, site

KEPT = post("Kept", date="2014-03-04", author="Ada Quill")
OUT = post("Out", date="2014-03-04", author="Ada Quill")


def live(folder):
    """The headlines of live articles; everything that is none has a reason in the report."""
    archive = opened(folder)
    drafts = list(archive.drafts(processes=1))
    told = {note for draft in drafts for note in draft.notes if note.endswith("so it is a draft here")}
    left = {one.reason for one in archive.left_out() if "no page of the old site" in one.reason}
    is_said = told or left or any(draft.source_status == "draft" for draft in drafts)
    return {draft.headline for draft in drafts if draft.publicity is Publicity.LIVE}, bool(is_said)


JEKYLL = "title: L\nplugins: []\n"
HUGO = 'baseURL = "https://lantern.example/"\n'
ELEVENTY = {".eleventy.js": "module.exports = {};"}
PELICAN = "SITENAME = 'L'\nPATH = 'content'\n"
CASES = {
    "Jekyll, a collection without output": {
        "_config.yml": f"{JEKYLL}collections:\n  notes:\n    output: false\n  essays:\n    output: true\n",
        "_notes/kept.md": KEPT,
        "_essays/out.md": OUT,
    },
    "Jekyll, a collection that does not say": {
        "_config.yml": f"{JEKYLL}collections: [notes]\n",
        "_notes/kept.md": KEPT,
        "_posts/2014-03-04-out.md": OUT,
    },
    "Jekyll, exclude": {
        "_config.yml": f"{JEKYLL}exclude: [internal, _posts/2014-03-05-*.md]\n",
        "internal/kept.md": KEPT,
        "_posts/2014-03-05-kept.md": KEPT,
        "_posts/2014-03-04-out.md": OUT,
    },
    "Jekyll, a folder nobody declared": {
        "_config.yml": f"{JEKYLL}include: [_columns]\n",
        "_private_things/kept.md": KEPT,
        "_columns/out.md": OUT,
    },
    "Jekyll, names": {
        "_config.yml": JEKYLL,
        "_posts/_2014-03-04-kept.md": KEPT,
        "_posts/.2014-03-04-kept.md": KEPT,
        "_posts/2014-03-04-out.md": OUT,
    },
    "Jekyll, a default by a pattern": {
        "_config.yml": f"{JEKYLL}defaults:\n  - scope: {{path: '_posts/*/later'}}\n    values: {{draft: true}}\n",
        "_posts/news/later/2014-03-04-kept.md": KEPT,
        "_posts/2014-03-04-out.md": OUT,
    },
    "Hugo, a cascade for everything": {
        "hugo.toml": f"{HUGO}[cascade]\ndraft = true\n",
        "content/a/kept.md": KEPT,
        "content/a/out.md": post("Out", date="2014-03-04", draft="false"),
    },
    "Hugo, a cascade for some": {
        "hugo.toml": f'{HUGO}[[cascade]]\ndraft = true\n[cascade.target]\npath = "/later/**"\n',
        "content/later/deep/kept.md": KEPT,
        "content/latest/out.md": OUT,
    },
    "Hugo, an end for a folder": {
        "hugo.toml": HUGO,
        "content/a/_index.md": "---\ncascade:\n  expiryDate: 2020-01-01\n---\n",
        "content/a/kept.md": KEPT,
        "content/b/out.md": OUT,
    },
    "Hugo, a target of a folder": {
        "hugo.toml": HUGO,
        "content/a/_index.md": "---\ncascade:\n  - draft: true\n    target: {path: '/a/{x,y}/**'}\n---\n",
        "content/a/x/kept.md": KEPT,
        "content/a/out.md": OUT,
    },
    "Hugo, ignoreFiles": {
        "hugo.toml": f"ignoreFiles = ['\\.secret\\.md$', 'content/later/']\n{HUGO}",
        "content/a/one.secret.md": KEPT,
        "content/later/kept.md": KEPT,
        "content/a/out.md": OUT,
    },
    "Eleventy, data of a file": {
        **ELEVENTY,
        "posts/kept.md": KEPT,
        "posts/kept.11tydata.json": '{"draft": true}',
        "posts/two.md": KEPT,
        "posts/two.json": '{"permalink": false}',
        "posts/out.md": OUT,
    },
    "Eleventy, a program of data": {
        **ELEVENTY,
        "posts/later/kept.md": KEPT,
        "posts/later/later.11tydata.js": "module.exports = { draft: true, layout: 'post' }",
        "posts/out.md": OUT,
    },
    "Eleventy, ignored": {
        ".eleventyignore": "# not yet\nposts/later\n*.note.md\n",
        ".eleventy.js": "module.exports = (c) => { c.ignores.add('posts/old/**') }",
        "posts/later/kept.md": KEPT,
        "posts/kept.note.md": KEPT,
        "posts/old/deep/kept.md": KEPT,
        "posts/out.md": OUT,
    },
    "Pelican, DEFAULT_METADATA": {
        "pelicanconf.py": f"{PELICAN}DEFAULT_METADATA = {{'status': 'draft'}}\n",
        "publishconf.py": "SITEURL = 'https://lantern.example'\n",
        "content/kept.md": KEPT,
        "content/out.md": post("Out", date="2014-03-04", status="published"),
    },
    "Pelican, excludes": {
        "pelicanconf.py": f"{PELICAN}ARTICLE_EXCLUDES = ['later']\nIGNORE_FILES = ['note*']\n",
        "content/later/kept.md": KEPT,
        "content/notes.md": KEPT,
        "content/out.md": OUT,
    },
    "MkDocs": {
        "mkdocs.yml": "site_name: L\ndraft_docs: |\n  later/\nexclude_docs: |\n  /notes/*.md\n",
        "docs/blog/later/kept.md": KEPT,
        "docs/notes/kept.md": KEPT,
        "docs/blog/out.md": OUT,
    },
    "Zola": {
        "config.toml": 'base_url = "https://lantern.example"\nignored_content = ["b/one.md"]\n',
        "content/b/one.md": '+++\ntitle = "Kept"\ndate = 2014-03-04\n+++\nWords.\n',
        "content/b/two.md": '+++\ntitle = "Kept"\ndate = 2014-03-04\nrender = false\n+++\nWords.\n',
        "content/later/_index.md": '+++\ntitle = "Later"\ndraft = true\n+++\n',
        "content/later/kept.md": '+++\ntitle = "Kept"\ndate = 2014-03-04\n+++\nWords.\n',
        "content/b/out.md": '+++\ntitle = "Out"\ndate = 2014-03-04\n+++\nWords.\n',
    },
    "Hexo": {
        "_config.yml": "title: L\nnew_post_name: :title.md\npublic_dir: public\nexclude:\n  - '_posts/later/*'\n",
        "source/_posts/later/kept.md": KEPT,
        "source/_discarded/kept.md": KEPT,
        "source/_posts/out.md": OUT,
    },
    "Docusaurus": {
        "docusaurus.config.js": "module.exports = { title: 'L' }",
        "blog/_partial.md": KEPT,
        "blog/2014-03-04-out.md": OUT,
    },
    "a plain folder": {"news/.kept.md": KEPT, "news/~$kept.md": KEPT, "news/out.md": OUT},
}


@pytest.mark.parametrize("case", CASES)
def test_what_was_never_built_is_no_live_article_and_the_report_says_why(case, tmp_path):
    assert live(site(tmp_path / "m", CASES[case])) == ({"Out"}, True)


def test_what_an_archive_ignores_is_ignored_too(tmp_path):
    assert live(archived(tmp_path / "m.tar.gz", CASES["Eleventy, ignored"])) == ({"Out"}, True)


@pytest.mark.parametrize(
    ("pattern", "path", "is_held"),
    [
        ("later", "a/later/b.md", True),
        ("later/", "later/b.md", True),
        ("/later", "a/later/b.md", False),
        ("a/later", "a/later/b.md", True),
        ("*.note.md", "a/b.note.md", True),
        ("a/*.md", "a/b/c.md", False),
        ("a/**/c.md", "a/c.md", True),
        ("a/**", "a/b/c.md", True),
        ("[!a]*.md", "b.md", True),
        ("[!a]*.md", "a.md", False),
        ("later", "latest/b.md", False),
    ],
)
def test_patterns_are_read_as_gitignore_has_them(pattern, path, is_held):
    assert (re.search(as_ignored(pattern), path) is not None) is is_held


@pytest.mark.parametrize("line", ["", "# a remark", "!kept.md"])
def test_a_line_that_names_nothing_ignores_nothing(line):
    assert as_ignored(line) == ""
