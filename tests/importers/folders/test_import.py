"""A folder of texts as somebody imports it: what comes of each generator's, twice, and from its archive."""

import pytest

from standfirst.articles.models import ArticlePage
from standfirst.contributors.models import Contributor
from standfirst.importers.errors import ImportRefused
from standfirst.importers.formats import FORMATS
from standfirst.importers.models import ImportedRecord
from standfirst.importers.reading.format import Offered
from standfirst.importers.run import import_archive
from standfirst.publications.models import PublicationPage
from tests.importers.dumps import dump

from .sites import archived, drafts, opened, picture, post, site

JEKYLL = {
    "_config.yml": "title: The Lantern\nurl: https://lantern.example\nbaseurl: /mag\npermalink: /:year/:title/\ntimezone: Europe/Vienna\n",
    "_data/authors.yml": "ada:\n  name: Ada Quill\n",
    "_posts/2014-03-05-a-day.md": post(
        "A day", author="ada", tags="river floods", category="News", redirect_from="/old/a"
    ),
    "_posts/2014-03-06-hidden.md": post("Hidden", published="false"),
    "_drafts/later.md": post("Later"),
    "about.md": post("About us", layout="page"),
    "index.html": "---\nlayout: home\n---\n{% for post in site.posts %}{{ post.title }}{% endfor %}",
    "assets/main.css": "body {}",
    "README.md": "# Read me",
    "_layouts/default.html": "<html></html>",
}
HUGO = {
    "hugo.toml": 'baseURL = "https://lantern.example/"\ntitle = "The Lantern"\n[permalinks]\nblog = "/:year/:month/:slug/"\n',
    "content/blog/flood/index.md": "+++\ntitle = 'The flood'\ndate = 2014-03-05T10:00:00+01:00\nslug = 'the-flood'\nauthors = ['Ada Quill']\naliases = ['/flood.html']\n+++\n\n![Water](water.png)\n",
    "content/blog/flood/index.es.md": "+++\ntitle = 'La inundación'\ndate = 2014-03-05\nslug = 'the-flood'\n+++\nAgua.\n",
    "content/blog/flood/water.png": picture(),
    "content/blog/_index.md": "+++\ntitle = 'Blog'\n+++\n",
    "content/about.md": "+++\ntitle = 'About'\n+++\nWe.\n",
}
PELICAN = {
    "pelicanconf.py": "import os\nSITENAME = 'The Lantern'\nSITEURL = 'https://lantern.example'\nARTICLE_URL = 'posts/{date:%Y}/{slug}/'\nAUTHOR = 'Ada Quill'\nos.remove('/')\n",
    "content/day.md": "Title: A Day at Sea\nDate: 2014-03-05 10:14\nAuthors: Post, Ben; Finch, Cleo\nCategory: News\nTags: a, b\n\nWords.\n",
    "content/plain.rst": "A plain one\n###########\n\n:date: 2014-03-06\n\nWords.\n",
    "content/pages/about.md": "Title: About\n\nWe.\n",
}
NIKOLA = {
    "conf.py": "BLOG_TITLE = 'The Lantern'\nSITE_URL = 'https://lantern.example/'\nPOSTS = (('posts/*.md', 'blog', 'post.tmpl'),)\n",
    "posts/day.md": "<!--\n.. title: A day\n.. slug: a-day\n.. date: 2014-03-05 10:00:00 UTC+01:00\n.. tags: river, sea\n.. author: Ada Quill\n-->\n\nWords.\n",
}
ELEVENTY = {
    ".eleventy.js": "module.exports = {};",
    "src/posts/2014-03-05-day.md": post(
        "A day",
        author="Ada Quill",
        tags="[posts, river]",
        permalink="/{{ page.date | date: '%Y/%m' }}/{{ page.fileSlug }}/",
    ),
}
ZOLA = {
    "config.toml": 'base_url = "https://lantern.example"\ntitle = "The Lantern"\n',
    "content/news/day.md": '+++\ntitle = "A day"\npath = "2014/03/05/day"\naliases = ["2014/03/05/day.html"]\n[taxonomies]\ntags = ["river"]\n[extra]\nauthor = "Ada Quill"\n+++\nWords.\n',
}
BOOK = {
    "book.toml": '[book]\ntitle = "The Lantern"\n',
    "src/SUMMARY.md": "# Summary\n\n# 2021\n\n- [March](./chapter_3/toc.md)\n  - [A day](./chapter_3/day.md)\n",
    "src/chapter_3/toc.md": "# March\n\n- [A day](./day.md)\n- [B](./b.md)\n- [C](./c.md)\n",
    "src/chapter_3/day.md": "# A day\n\n作者：张三\n\nWords.\n",
}
PLAIN = {"2014-03-05 A day.md": "# A day at sea\n\n#### Contributed by Ada Quill\n\nWords.\n"}

SITES = {
    "Jekyll": (JEKYLL, "A day", "2014-03-04T23:00", ["/mag/2014/a-day/", "/mag/old/a"]),
    "Hugo": (HUGO, "The flood", "2014-03-05T09:00", ["/2014/03/the-flood/", "/flood.html"]),
    "Pelican": (PELICAN, "A Day at Sea", "2014-03-05T10:14", ["/posts/2014/a-day-at-sea/"]),
    "Nikola": (NIKOLA, "A day", "2014-03-05T09:00", ["/blog/a-day/", "/blog/a-day.html"]),
    "Eleventy": (ELEVENTY, "A day", "2014-03-05T00:00", ["/2014/03/day/"]),
    "Zola": (ZOLA, "A day", "2014-03-05T00:00", ["/2014/03/05/day", "/2014/03/05/day.html"]),
    "mdBook": (BOOK, "A day", "2021-03-01T00:00", ["/chapter_3/day.html"]),
    "Folder": (PLAIN, "A day at sea", "2014-03-05T00:00", []),
}


@pytest.mark.parametrize("generator", SITES)
def test_each_generator_is_recognised_and_its_dates_and_addresses_kept(tmp_path, generator):
    files, headline, moment, paths = SITES[generator]
    folder = site(tmp_path / "m", files)

    archive = opened(folder)
    draft = next(draft for draft in archive.drafts(processes=1) if draft.headline == headline)

    assert archive.system == generator
    assert f"{draft.published_at:%Y-%m-%dT%H:%M}" == moment
    assert list(draft.old_paths) == paths
    assert len(draft.credits) >= 1


@pytest.mark.parametrize("generator", SITES)
def test_every_file_is_accounted_for_and_a_second_import_changes_nothing(bring, tmp_path, generator):
    folder = site(tmp_path / "m", SITES[generator][0])

    report = bring(folder)
    before = dump()
    again = bring(folder)

    assert report.created["articles"] >= 1
    assert again.created == again.updated == {}
    assert dump() == before


def test_a_jekyll_site_comes_with_its_pages_and_without_its_furniture(bring, tmp_path):
    report = bring(site(tmp_path / "m", JEKYLL))

    article = ArticlePage.objects.get(title="A day")
    assert [credit.contributor.display_name for credit in article.credits.all()] == ["Ada Quill"]
    assert (article.section.name, {topic.name for topic in article.topics.all()}) == (
        "News",
        {"river", "floods"},
    )
    assert not ArticlePage.objects.get(title="Hidden").live
    assert not ArticlePage.objects.get(title="Later").live
    assert PublicationPage.objects.get(title="About us").live
    assert {left.reason: left.count for left in report.left_out if left.kind == "other"} == {
        "is a template of the old site": 1,
        "is about the folder, and no text of the publication": 1,
        "is data or a setting of the old site": 1,
        "lists authors, and was read as that": 1,
        "is of a kind that is not imported": 1,
        "is a folder of the old site's templates and programs": 1,
    }


def test_old_addresses_lead_to_the_articles(bring, client, tmp_path):
    bring(site(tmp_path / "m", JEKYLL))

    for old in ("/mag/2014/a-day/", "/mag/old/a"):
        answer = client.get(old)
        assert (answer.status_code, answer["Location"]) == (301, "/2014/03/a-day/")


def test_a_picture_beside_the_text_is_stored(bring, tmp_path):
    report = bring(site(tmp_path / "m", HUGO))

    article = ArticlePage.objects.get(title="The flood")
    assert [block.block_type for block in article.body] == ["image"]
    assert (report.media["created"], report.media["missing"]) == (1, 0)


def test_a_translation_is_an_article_of_its_own_and_noted(tmp_path):
    found = drafts(site(tmp_path / "m", HUGO))

    assert (found["La inundación"].slug, found["The flood"].slug) == ("the-flood-es", "the-flood")
    assert "is another text in another language" in found["La inundación"].notes


@pytest.mark.parametrize("name", ["lantern.tar.gz", "lantern.zip"])
def test_an_archive_of_a_folder_is_imported_as_the_folder_is(bring, tmp_path, name):
    report = bring(archived(tmp_path / name, JEKYLL))

    assert report.created["articles"] == 3
    assert Contributor.objects.filter(display_name="Ada Quill").exists()


def test_the_author_of_the_configuration_signs_what_nobody_else_does(tmp_path):
    folder = site(tmp_path / "m", PELICAN)
    archive = opened(folder)
    known = {person.key: person.display_name for person in archive.contributors}

    found = {draft.headline: draft for draft in archive.drafts(processes=1)}

    assert [known[credit.contributor_key] for credit in found["A plain one"].credits] == ["Ada Quill"]
    assert "names no author; the one of the configuration was taken" in found["A plain one"].notes


def test_without_a_configuration_the_addresses_are_learned_from_the_texts(tmp_path):
    links = " ".join(f"[x](/journal/2014/03/0{n}/p-{n}/)" for n in (1, 2, 3))
    files = {
        f"_posts/2014-03-0{n}-p-{n}.md": post(f"P{n}", links if n == 4 else "Words") for n in (1, 2, 3, 4)
    }

    found = drafts(site(tmp_path / "m", files))

    assert found["P4"].old_paths == ("/journal/2014/03/04/p-4/",)


NO_DATE = "has no date, so it is a draft here"


def test_a_text_without_a_date_is_a_draft_and_one_of_the_future_is_scheduled(tmp_path):
    files = {
        "a.md": post("Undated"),
        "b.md": post("Later", date="2030-01-01"),
        "c.md": post("Shy", date="2014-01-01", draft="true"),
    }

    found = drafts(site(tmp_path / "m", files))

    assert {name: draft.publicity.value for name, draft in found.items()} == {
        "Undated": "draft",
        "Later": "scheduled",
        "Shy": "draft",
    }
    assert NO_DATE in found["Undated"].notes
    assert found["Shy"].old_paths == ()


REFUSED = {
    "two sites": (
        {"a/_config.yml": "title: A", "a/x.md": "A", "b/hugo.toml": "", "b/x.md": "B"},
        "holds 2 sites",
    ),
    "nothing to read": ({"_config.yml": "title: A", "a.css": ""}, "holds no"),
    "only furniture": ({"_config.yml": "title: A", "README.md": "# Hi"}, "no text that could be an article"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_folder_that_cannot_be_imported_gets_one_clear_sentence(magazine, tmp_path, what):
    files, sentence = REFUSED[what]

    with pytest.raises(ImportRefused, match=sentence) as refused:
        import_archive(site(tmp_path / "m", files), processes=1)

    assert str(refused.value).endswith(".")
    assert not ArticlePage.objects.exists()


def test_a_folder_of_other_things_is_none_of_these(tmp_path):
    folder = site(tmp_path / "m", {"a.html": "<html></html>", "b.html": "<html></html>", "readme.md": "# Hi"})

    assert FORMATS[-1].recognises(Offered(folder)) is False


def test_no_e_mail_address_of_an_author_becomes_public(bring, tmp_path):
    files = {**JEKYLL, "_data/authors.yml": "ada:\n  name: Ada Quill\n  email: ada@secret.example\n"}

    bring(site(tmp_path / "m", files))

    public = dump(skip={"importers_importedrecord"})
    assert "secret.example" not in repr(public)


def test_addresses_that_are_none_cost_only_themselves(tmp_path):
    files = {
        "_config.yml": "title: L\nurl: 'http://[0]/blog'\n",
        "_posts/2014-03-04-a.md": post(
            "The Ferry", permalink="'http://[::1/ferry/'", redirect_from="'http://[0]/old/'"
        ),
    }

    assert drafts(site(tmp_path, files)).keys() == {"The Ferry"}


def test_a_text_about_a_story_elsewhere_leads_there(tmp_path):
    files = {
        "content/news/a.md": post("A", "", date="2014-03-04", source_url="https://other.example/a?b=1&c=2"),
        "content/news/b.md": post(
            "B", date="2014-03-04", external_url="https://other.example/b", source="The Other"
        ),
        "content/news/c.md": post("C", date="2014-03-04", link="https://lantern.example/c"),
        "content/news/d-template.md": post("D", "", date="2014-03-04", via="https://other.example/d"),
        "content/news/e.md": post(
            "E", "[Here](https://other.example/e)", date="2014-03-04", source_url="https://other.example/e"
        ),
    }
    found = drafts(site(tmp_path, {"hugo.toml": 'baseURL = "https://lantern.example/"\n', **files}))

    ends = {name: draft.body[-1].value if draft.body else "" for name, draft in found.items()}
    assert ends == {
        "A": '<p><a href="https://other.example/a?b=1&amp;c=2">other.example</a></p>',
        "B": '<p><a href="https://other.example/b">The Other</a></p>',
        "C": "<p>Words.</p>",
        "D": '<p><a href="https://other.example/d">other.example</a></p>',
        "E": '<p><a href="https://other.example/e">Here</a></p>',
    }


def test_the_report_shows_of_fields_nobody_reads_no_address_of_mail(bring, tmp_path):
    said = "ada@lantern.example, at night"
    files = {"hugo.toml": HUGO["hugo.toml"], "content/posts/a.md": post("A", date="2014-03-04", desk=said)}

    report = bring(site(tmp_path / "m", files))

    assert [(field.name, field.example) for field in report.unread] == [("desk", "…, at night")]
    assert ImportedRecord.objects.filter(raw__fields__desk=said).exists()


def test_a_deck_marked_in_the_text_is_its_standfirst_in_words(tmp_path):
    text = (
        "# A day\n\n#### Contributed by Ada Quill\n#### Publication date: May 8, 2023\n\n<!--- deck start --->\n\n**Rain** fell on\n"
        "`us` & [them](x.md).\n\n<!--- deck end --->\n\nIt rained.\n"
    )

    draft = drafts(site(tmp_path, {"day.md": text}))["A day"]

    assert draft.standfirst == "Rain fell on us & them."
    assert " ".join(draft.words).split() == ["It", "rained."]


HUGO_TEXT = {
    "content/posts/sea/Tides-And-Time/index.md": post(
        "Tides",
        date="2021-08-17",
        resources='[{name: "map", src: "map.png"}, {name: "featuredImage", src: "tide.png"}]',
    ),
    "content/posts/sea/Tides-And-Time/map.png": picture(),
    "content/posts/sea/Tides-And-Time/tide.png": picture(),
}
CHOSEN = [
    ("/:sections[1:]/:filename", "/sea/tides-and-time"),
    ("/:sections[0]/:filename/", "/posts/tides-and-time/"),
    ("/:sections[last]/:filename/", "/sea/tides-and-time/"),
    ("/:sections[:last]/:filename/", "/posts/tides-and-time/"),
    ("/:sections/:filename/", "/posts/sea/tides-and-time/"),
]


@pytest.mark.parametrize(("pattern", "path"), CHOSEN)
def test_an_address_has_those_folders_that_its_pattern_chooses(tmp_path, pattern, path):
    config = f'baseURL = "https://lantern.example/"\n[permalinks]\nposts = "{pattern}"\n'

    draft = drafts(site(tmp_path, {"hugo.toml": config, **HUGO_TEXT}))["Tides"]

    assert draft.old_paths[0].rstrip("/") == path.rstrip("/")


def test_a_pattern_nobody_knows_makes_no_address(tmp_path):
    config = 'baseURL = "https://lantern.example/"\n[permalinks]\nposts = "/:somethingnew/:filename/"\n'

    assert drafts(site(tmp_path, {"hugo.toml": config, **HUGO_TEXT}))["Tides"].old_paths == ()


def test_the_resource_that_is_named_as_one_is_the_lead_picture(tmp_path):
    draft = drafts(site(tmp_path, {"hugo.toml": 'title = "The Lantern"\n', **HUGO_TEXT}))["Tides"]

    assert draft.lead_image.source_id == "content/posts/sea/Tides-And-Time/tide.png"
