"""A fabricated magazine, “The Lantern”, as frozen rows: enough of everything to see each template at its hardest."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from standfirst.archives.rows import (
    ContributorProfile,
    Letter,
    LetterGroup,
    Listed,
    RoleWork,
    SectionFront,
    by_year,
)
from standfirst.articles.rows import (
    ArchiveEntry,
    ContributorNote,
    CorrectionNote,
    More,
    PrintedArticle,
)
from standfirst.bodies.feed_links import FeedLink
from standfirst.bodies.rows import Link, Picture
from standfirst.bylines.wording import BylinePart, FootCredit
from standfirst.cards.context import Sharing
from standfirst.publications.rows import PublicationRow, Target
from standfirst.search.rows import Choice, Facet, FoundEntry, Lead, Results
from standfirst.theme.jinja2 import environment

THEME = Path(__file__).resolve().parents[2] / "standfirst/theme"

HOSTILE = """<script>alert("x")</script>&amp;'"><img src=x onerror=alert(1)>"""

SECTIONS = {
    name: Link(name, f"/section/{name.lower()}/") for name in ("Harbours", "Labour", "Letters", "Music")
}


@cache
def templates() -> Environment:
    """The shipped templates, refusing to print what they were not given."""
    return environment(loader=FileSystemLoader(THEME / "templates"), undefined=StrictUndefined)


def rendered(template: str, context: dict[str, Any]) -> str:
    return templates().get_template(template).render(context)


def person(name: str) -> Link:
    return Link(name, f"/author/{name.lower().replace(' ', '-')}/")


NINE = tuple(
    person(name)
    for name in (
        "Ottoline Brand", "Kofi Asante-Mensah", "Marguerite de la Fontaine-Duval", "王小波文", "Ines Ferreira",
        "ليلى العامري", "Þórdís Eiríksdóttir", "Wolf von Hohenstaufen", "The Editors",
    )
)  # fmt: skip


def picture(name: str, width: int = 1600, height: int = 1067, **words: Any) -> Picture:
    return Picture(f"/media/{name}.png", width, height, f"/media/{name}.png {width}w", **words)


def publication(**changes: Any) -> PublicationRow:
    return PublicationRow(
        **{
            "name": "The Lantern",
            "tagline": "A quarterly of ports, weather and ordinary work",
            "description": "Reporting and essays from the coast.",
            "masthead": None,
            "theme_css_url": "/theme/1b5e8c.css",
            "drop_capitals": False,
            "navigation": (
                *(Target(link.text, link.url) for link in SECTIONS.values()),
                Target("About", "/about/"),
            ),
            "footer": Markup(
                "<p>The Lantern is owned by the people who make it. "
                '<a href="/about/">Who we are</a>, and how to send us your work.</p>'
            ),
            "social": (Target("Mastodon", "https://social.example/@lantern"),),
            "language": "en-gb",
            "direction": "ltr",
        }
        | changes
    )


def entry(headline: str, day: tuple[int, int, int], standfirst: str = "", **more: Any) -> ArchiveEntry:
    return ArchiveEntry(
        headline=headline,
        url=f"/{day[0]}/{day[1]:02d}/{headline.lower().replace(' ', '-')[:40]}/",
        standfirst=standfirst,
        **{
            "kicker": "",
            "published_at": datetime(*day, 9, 30, tzinfo=UTC),
            "section": SECTIONS["Harbours"],
            "contributors": (),
        }
        | more,
    )


ENTRIES = (
    entry(
        "What the Night Ferry Carries",
        (2024, 11, 18),
        "Forty lorries, nine drivers and one cook cross the strait each evening. None of them is on the timetable.",
    ),
    entry(
        "A Lighthouse Keeper’s Arithmetic",
        (2024, 9, 2),
        "Automation was meant to save money. Thirty years of ledgers, kept in a biscuit tin, say otherwise.",
        contributors=(person("Ottoline Brand"),),
        section=SECTIONS["Labour"],
    ),
    entry("Fog", (2024, 3, 29), section=None),
    entry(
        "“We Were Told the Sea Wall Would Hold”: Eleven Winters, Three Inquiries and the Long, Unfinished "
        "Argument over Who Pays for the Coast",
        (2023, 12, 8),
        "The village of Saltmarsh End has been promised a wall since before most of its residents were born. "
        "The plans fill a room; the sand, every spring, fills the road.",
        contributors=NINE,
        section=SECTIONS["Letters"],
    ),
    entry(
        "The Union Hall Has a Piano",
        (2023, 5, 1),
        "How a dockers’ choir outlived its dock.",
        section=SECTIONS["Music"],
        also=("photographs", "illustrations"),
    ),
    entry(
        "Salt",
        (2023, 1, 14),
        "It is cheap, it is everywhere, and someone still has to shovel it.",
        contributors=(person("Kofi Asante-Mensah"), person("Ines Ferreira")),
    ),
    entry(
        "Nobody Drives to the Fish Market Any More",
        (2021, 10, 30),
        "The auction went online in a week. The ice machine did not.",
        section=SECTIONS["Labour"],
    ),
)

TRANSLATIONS = (
    entry("The Cooper’s Last Barrel", (2022, 6, 3), "", contributors=(person("Ines Ferreira"),)),
    entry("Six Ways to Tie Up a Boat", (2022, 2, 11), "", contributors=(person("王小波文"),)),
    entry("A Dictionary of Tides, in Four Languages and One Dialect That Nobody Writes Down", (2019, 7, 20)),
)


def head(title: str, path: str, **changes: Any) -> dict[str, Any]:
    """What every public page is given."""
    return {
        "publication": publication(),
        "page_title": title,
        "description": "What this page is about, in a sentence.",
        "canonical_url": f"https://lantern.example{path}",
        "robots": "",
        "json_ld": Markup('{"@context": "https://schema.org"}'),
        "feeds": (
            FeedLink(f"{title} · The Lantern (Atom)", f"{path}feed.atom", "Atom", title),
            FeedLink(f"{title} · The Lantern (JSON)", f"{path}feed.json", "JSON", title),
            FeedLink(f"{title}: Translations · The Lantern", f"{path}translator/feed.atom"),
        ),
        "sharing": Sharing(publication()),
    } | changes


def profile(**changes: Any) -> ContributorProfile:
    return ContributorProfile(
        **{
            "display_name": "Maren Oakes",
            "heading": "31 Articles by:",
            "note": "Maren Oakes writes about ports.",
            "biography": Markup(
                "<p>Maren Oakes has reported from harbours for <em>The Lantern</em> since 2009. She was a deckhand, a "
                'ship’s chandler and, briefly, a <a href="https://piano.example/">piano tuner</a>, and lives where '
                "the road ends.</p>"
            ),
            "portrait": picture(
                "portrait", 800, 1000, alt="Maren Oakes on a slipway", credit="Ottoline Brand"
            ),
            "links": (
                Link("Website", "https://oakes.example/"),
                Link("Mastodon", "https://social.example/@maren"),
            ),
            "identifiers": (Link("ORCID 0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"),),
            "aliases": ("M. E. Oakes",),
            "id": 3,
        }
        | changes
    )


def _introduced(entries: Iterable[ArchiveEntry]) -> Iterator[ArchiveEntry]:
    """Entries of a contributor's own archive: they name the others."""
    return (replace(entry, introduction="With" if entry.contributors else "") for entry in entries)


def contributor_page(**changes: Any) -> dict[str, Any]:
    return (
        head("Maren Oakes", "/author/maren-oakes/")
        | {
            "contributor": profile(),
            "years": by_year(_introduced(ENTRIES)),
            "year_links": tuple(
                Link(str(year), f"/author/maren-oakes/page/1/#y{year}") for year in range(2024, 2008, -1)
            ),
            "older": Link("Older articles", "/author/maren-oakes/page/1/"),
            "works": (
                Link("CSV", "/author/maren-oakes/works.csv"),
                Link("BibTeX", "/author/maren-oakes/works.bib"),
            ),
            "other_work": (
                RoleWork(
                    code="translator",
                    label="Translations",
                    heading="Translations (3)",
                    count=3,
                    counted="3 Translations",
                    years=by_year(_introduced(TRANSLATIONS)),
                    older=Link("Older", "/author/maren-oakes/translator/page/1/"),
                ),
            ),
            "empty": False,
        }
        | changes
    )


def block(name: str, **value: Any) -> str:
    return rendered(f"blocks/{name}.html", {"value": value})


BLOCKS: dict[str, dict[str, Any]] = {
    "paragraph": {
        "html": Markup(
            "<p>The night ferry leaves when the tide says so, which is not what the timetable says. Forty lorries go "
            "aboard in the dark, bumper to bumper, and the drivers climb the <em>four</em> flights to the canteen, "
            "where the cook has been awake since Tuesday.</p><p>In 1987 there were <strong>three sailings</strong> a "
            'day.<sup class="note-mark"><a href="#note-1" id="note-mark-1" role="doc-noteref">1</a></sup> Now there '
            'is one, and the <a href="https://harbour.example/report">harbour company’s report</a> calls it '
            "“a consolidation of the offer”. The drivers call it the Tuesday boat, even on Thursdays.</p>"
        )
    },
    "heading": {"text": "What the ledger says", "level": "h2"},
    "pull_quote": {"text": "The sea does not read the timetable, and neither do we", "attribution": "The cook"},
    "list": {
        "html": Markup(
            "<ul><li>Rope, tarred</li><li>Rope, not tarred<ol><li>thin</li><li>thick</li></ol></li>"
            "<li>Code beside it<pre><code>ferry --timetable --winter --from=the-north-bank --to=the-south-bank --before=eight-in-the-morning"
            " --and-back-again --however-high-the-river</code></pre></li></ul>"
        )
    },
    "quotation": {
        "html": Markup(
            "<p>I have carried pianos, and I have carried salt. Salt complains less.</p>"
            '<p>But it weighs more.<sup class="note-mark"><a href="#note-2" id="note-mark-2" role="doc-noteref">2</a></sup></p>'
        ),
        "attribution": "Per Lindqvist, docker",
        "source_url": "https://archive.example/lindqvist",
    },
    "image": {
        "picture": picture(
            "quay",
            alt="Lorries queue on a quay at night",
            caption=Markup("The queue at half past ten. <em>No one</em> has switched off an engine."),
            credit="Photograph: Ines Ferreira",
        )
    },
    "gallery": {
        "pictures": [
            picture("boats", 900, 1200, alt="Two boats"),
            picture("rope", 900, 1200, alt="A coil of rope", caption=Markup("Rope, tarred."), credit="K. Asante-Mensah"),
        ],
        "caption": Markup("Things left on the slipway."),
    },
    "embed": {
        "url": "https://video.example/watch/4711",
        "title": "The choir rehearses, 2019",
        "caption": "Eleven minutes.",
        "site": "video.example",
    },
    "table": {
        "caption": "Sailings a day",
        "head": ["", "1987", "2007", "2024"],
        "rows": [["Passenger", "3", "2", "0"], ["Freight", "2", "2", "1"]],
        "first_column_is_header": True,
    },
    "divider": {},
    "code": {"language": "python", "code": 'def tide(hour: int) -> float:\n    return 2.1 * cos(hour / 12.42 * tau)  # "metres" & <guesses>'},
    "verse": {"text": "The boat comes in,\n    the boat goes out,\nand what it carries\n        nobody says."},
    "html": {"html": Markup("<p>Kept from an older system, with its <u>own</u> ways.</p>")},
    "unknown": {"text": "Listen to the episode that goes with this article."},
    "footnotes": {
        "notes": [
            {"number": 1, "is_mentioned": True, "html": Markup("Harbour Board, <em>Annual Return</em>, 1988, p. 14.")},
            {"number": 2, "is_mentioned": True, "html": Markup("The biscuit tin is in the author’s possession.")},
        ]
    },
}  # fmt: skip


def body() -> Markup:
    """Every block once, between paragraphs."""
    parts = [block("paragraph", **BLOCKS["paragraph"])]
    for name in list(BLOCKS)[1:]:
        parts.append(block(name, **BLOCKS[name]))
        if name not in ("heading", "list", "unknown", "html", "footnotes"):
            plain = Markup(
                "<p>Nobody on the quay is in a hurry. The paperwork is done under one lamp, on the bonnet of a van, "
                "by a woman who has done it for twenty-six years and who knows each driver by the sound of his gears.</p>"
                "<p>She writes in pencil. Ink runs.</p>"
            )
            parts.append(block("paragraph", html=plain))
    return Markup("".join(parts))


def article(**changes: Any) -> PrintedArticle:
    return PrintedArticle(
        **{
            "id": 7,
            "modified_at": datetime(2024, 11, 9, 9, 30, tzinfo=UTC),
            "authors": (person("Maren Oakes"), Link("The Night Desk", "")),
            "handles": ("@maren@social.example",),
            "headline": "What the Night Ferry Carries",
            "url": "/2024/11/what-the-night-ferry-carries/",
            "standfirst": "Forty lorries, nine drivers and one cook cross the strait each evening. None of them is on "
            "the timetable, and all of them are keeping the island supplied.",
            "kicker": "The strait",
            "byline": (
                BylinePart("By "),
                BylinePart("Maren Oakes", "/author/maren-oakes/"),
                BylinePart(" and "),
                BylinePart("Kofi Asante-Mensah", "/author/kofi-asante-mensah/"),
                BylinePart(", translated by "),
                BylinePart("Ines Ferreira"),
            ),
            "foot": (FootCredit("Photographs", (BylinePart("Ines Ferreira", "/author/ines-ferreira/"),)),),
            "published_at": datetime(2024, 11, 18, 9, 30, tzinfo=UTC),
            "updated_at": datetime(2024, 11, 20, 8, 0, tzinfo=UTC),
            "printed_on": date(2024, 12, 1),
            "section": SECTIONS["Harbours"],
            "topics": (Link("Ferries", "/topic/ferries/"), Link("Night work", "/topic/night-work/")),
            "cited_as": (
                Link("BibTeX", "/2024/11/what-the-night-ferry-carries/cite.bib"),
                Link("RIS", "/2024/11/what-the-night-ferry-carries/cite.ris"),
            ),
            "lead_image": picture(
                "ferry",
                1600,
                900,
                alt="A ferry at its berth, lit from inside",
                caption=Markup("The <em>Constance</em> at her berth, forty minutes late."),
                credit="Photograph: Ines Ferreira",
            ),
            "body": body(),
            "corrections": (
                CorrectionNote(
                    "Correction",
                    date(2024, 11, 20),
                    Markup(
                        "<p>An earlier version gave the cook’s years of service as sixteen. They are twenty-six.</p>"
                    ),
                ),
            ),
            "notes": (
                ContributorNote(
                    "Maren Oakes", "/author/maren-oakes/", Markup("writes about ports for The Lantern.")
                ),
                ContributorNote("Kofi Asante-Mensah", "", Markup("is a chandler.")),
            ),
            "more": (More("More by Maren Oakes", "/author/maren-oakes/", ENTRIES[1:5]),),
        }
        | changes
    )


def article_page(**changes: Any) -> dict[str, Any]:
    shown = article(**changes)
    return head(shown.headline, shown.url) | {"article": shown}


def front_page(**changes: Any) -> dict[str, Any]:
    named = [
        entry(e.headline, (e.year, e.published_at.month, e.published_at.day), e.standfirst, section=e.section,
              contributors=e.contributors or (person("Maren Oakes"),))
        for e in ENTRIES
    ]  # fmt: skip
    lead = entry(
        "The Harbour That Would Not Close",
        (2024, 11, 25),
        "Every plan since 1961 has ended with the port shut and the cranes sold. The cranes are still here, and so is "
        "everyone who was told to leave.",
        contributors=(person("Maren Oakes"), person("Ottoline Brand")),
        picture=picture("harbour", alt="Cranes over an empty basin"),
    )
    return (
        head("", "/")
        | {
            "lead": lead,
            "entries": tuple(named),
            "sections": (
                SectionFront(SECTIONS["Labour"], tuple(named[:4])),
                SectionFront(SECTIONS["Music"], tuple(named[4:6])),
            ),
        }
        | changes
    )


def letters() -> dict[str, Any]:
    people = {
        "A": ("ليلى العامري", "Kofi Asante-Mensah"),
        "B": ("Ottoline Brand",),
        "D": ("Marguerite de la Fontaine-Duval",),
        "E": ("The Editors", "Þórdís Eiríksdóttir"),
        "O": ("Maren Oakes",),
        "W": ("王小波文",),
    }
    return head("Contributors", "/authors/") | {
        "letters": tuple(
            Letter(
                letter, f"/authors/{letter.lower()}/", is_current=letter == "B", is_empty=letter not in people
            )
            for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        ),
        "groups": tuple(
            LetterGroup(
                letter,
                tuple(
                    Listed(
                        name,
                        name,
                        person(name).url,
                        "Writes about rope." if place == 0 else "",
                        count,
                        label,
                        has_articles=True,
                    )
                    for place, name in enumerate(names)
                    for count, label in [(1, "1 article") if place else (31, "31 articles")]
                ),
            )
            for letter, names in people.items()
        ),
    }


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Every specimen: its name, its template and what the template is given."""
    plain = {"portrait": None, "biography": Markup(""), "links": (), "identifiers": (), "aliases": ()}
    listing = {
        "heading": "Harbours",
        "kind_label": "Section",
        "introduction": Markup("<p>Ports, piers and what is moored to them.</p>"),
        "years": by_year(front_page()["entries"]),
        "year_links": (),
        "older": Link("Older articles", "/section/harbours/page/4/"),
    }
    results = Results(
        count="1,204 articles",
        people=NINE[:3],
        leads=(Lead("Topic", Link("Ferries", "/topic/ferries/")),),
        entries=tuple(
            FoundEntry(
                entry,
                Markup("The <mark>ferry</mark> that {}").format(entry.headline),
                Markup(escape(entry.standfirst)),
                Markup("Nobody had seen the <mark>ferry</mark> since the ice came."),
            )
            for entry in ENTRIES
        ),
        narrowed=(Link("in:harbours", "/search/?q=ferry"),),
        facets=(
            Facet("Contributor", tuple(Choice(Link(one.text, "/search/?q=ferry"), "12") for one in NINE)),
            Facet("Year", (Choice(Link("2024", "/search/?q=ferry+year%3A2024"), "3"),)),
        ),
        orders=(Link("Best first", ""), Link("Newest first", "/search/?q=ferry&sort=newest")),
    )
    search = {"query": "ferry in:harbours", "results": results, "older": None, "newer": None}
    return {
        "front": ("front.html", front_page()),
        "front-without-pictures": ("front.html", front_page(lead=ENTRIES[1], entries=ENTRIES[:2], sections=())),
        "front-empty": ("front.html", front_page(lead=None, entries=(), sections=())),
        "article": ("article.html", article_page()),
        "article-plain": (
            "article.html",
            article_page(
                headline=ENTRIES[3].headline,
                standfirst="",
                kicker="",
                byline=tuple(
                    part for who in NINE for part in (BylinePart(who.text, who.url), BylinePart(", "))
                )[:-1],
                foot=(),
                updated_at=None,
                printed_on=None,
                section=None,
                topics=(),
                lead_image=None,
                corrections=(),
                notes=(),
                more=(),
            ),
        ),
        "article-unsigned": (
            "article.html",
            article_page(byline=(), published_at=None, notes=()) | {"publication": publication(drop_capitals=True)},
        ),
        "contributor": ("contributor.html", contributor_page()),
        "contributor-plain": (
            "contributor.html",
            contributor_page(
                contributor=profile(
                    display_name="Marguerite Wilhelmina de la Fontaine-Duval von Hohenstaufen",
                    heading="1 Article by:",
                    **plain,
                ),
                years=by_year(ENTRIES[:1]),
                year_links=(),
                older=None,
                other_work=(),
            ),
        ),
        "contributor-empty": (
            "contributor.html",
            contributor_page(
                contributor=profile(display_name="王小波文", heading="No articles yet by:", **plain),
                years=(), year_links=(), older=None, other_work=(), empty=True,
            ),
        ),
        "contributor-right-to-left": (
            "contributor.html",
            contributor_page(contributor=profile(display_name="ليلى العامري"))
            | {"publication": publication(language="ar", direction="rtl", name="الفانوس")},
        ),
        "archive-page": (
            "archive_page.html",
            head("Maren Oakes, archive page 3", "/author/maren-oakes/page/3/")
            | {
                "heading": "Maren Oakes",
                "kind_label": "Articles by",
                "number": 3,
                "back": Link("Maren Oakes", "/author/maren-oakes/"),
                "years": by_year(ENTRIES),
                "older": Link("Older articles", "/author/maren-oakes/page/2/"),
                "newer": Link("Newer articles", "/author/maren-oakes/page/4/"),
            },
        ),
        "section": ("listing.html", head("Harbours", "/section/harbours/") | listing),
        "everything": (
            "listing.html",
            head("All articles", "/articles/")
            | listing
            | {"heading": "All articles", "kind_label": "", "introduction": Markup(""), "years": ()},
        ),
        "contributors": ("contributors.html", letters()),
        "search": ("search.html", head("Search", "/search/", robots="noindex") | search),
        "search-nothing": (
            "search.html",
            head("Search", "/search/", robots="noindex") | search | {"query": HOSTILE, "results": Results()},
        ),
        "page": (
            "page.html",
            head("About", "/about/")
            | {"title": "About The Lantern", "standfirst": "Who makes it, and why by lamplight.", "body": body()},
        ),
        "not-found": (
            "error.html",
            head("Not found", "", canonical_url="", robots="noindex", feeds=())
            | {
                "status": 404,
                "heading": "Not found",
                "message": "There is nothing at this address. Perhaps it was mistyped.",
                "show_search": True,
            },
        ),
    }  # fmt: skip
