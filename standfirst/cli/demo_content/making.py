"""Fills a new publication with the sample magazine, through the same actions as editors and imports use."""

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from itertools import cycle
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from standfirst.articles.actions import create_article
from standfirst.articles.models import Correction
from standfirst.cli.demo_content import pictures
from standfirst.contributors.actions import create_contributor, save_contributor
from standfirst.contributors.models import Alias, AuthorityId, Contributor, ContributorLink
from standfirst.publications.actions import save_section, save_topic
from standfirst.publications.models import (
    FrontPage,
    NavigationItem,
    PublicationPage,
    PublicationSettings,
    Section,
    Topic,
)

PARAGRAPHS_EACH = 4

ABOUT = """<p><i>The Lantern</i> appears when it is ready. It is written by the people whose names are on it, and every one of
them has a page here with everything they did.</p><p>It is a sample: its people, places and events are invented.</p>"""


@transaction.atomic
def make_magazine(
    *, by: AbstractBaseUser, progress: Callable[[str], None] = lambda word: None
) -> Contributor:
    """Fill this publication with the sample, and return the contributor with the longest archive."""
    magazine = _read("lantern.toml")
    progress("sections and contributors")
    sections = {
        row["name"]: save_section(Section(sort_order=order, **row), by=by)
        for order, row in enumerate(magazine["sections"])
    }
    topics = {key: save_topic(Topic(name=name), by=by) for key, name in magazine["topics"].items()}
    contributors = {key: _contributor(key, row, by) for key, row in magazine["contributors"].items()}
    progress("pictures")
    drawn = {name: _image(name, pictures.landscape(name)) for name in pictures.PALETTES}
    _present(magazine["publication"], list(sections.values()))
    progress("articles")
    for article in _articles(sections, topics, contributors, drawn):
        create_article(by=by, publish=True, **article)
    _forthcoming(by, sections, contributors)
    return contributors["orla"]


def _articles(
    sections: Mapping[str, Section],
    topics: Mapping[str, Topic],
    contributors: Mapping[str, Contributor],
    drawn: Mapping[str, AbstractImage],
) -> Iterator[dict[str, Any]]:
    bodies = _read("bodies.toml")
    passages = {topic: cycle(texts) for topic, texts in _read("paragraphs.toml").items()}
    for day, section, topic_keys, credits, headline, standfirst in _read("articles.toml")["articles"]:
        own = bodies.get(headline, {})
        keys = topic_keys.split()
        article: dict[str, Any] = {
            "headline": headline,
            "standfirst": standfirst,
            "section": sections[section],
            "topics": [topics[key] for key in keys],
            "credits": [(contributors[key], role) for key, role in _credits(credits)],
            "published_at": _morning(day),
            "kicker": own.get("kicker", ""),
            "body": _body(own["blocks"], drawn) if "blocks" in own else _passages(keys, passages),
        }
        if "picture" in own:
            article |= {
                "lead_image": drawn[own["picture"]],
                "lead_image_alt": own["alt"],
                "lead_image_caption": own["caption"],
                "lead_image_credit": own["credit"],
            }
        if "correction" in own:
            kind, dated, text = own["correction"]
            article["corrections"] = [Correction(kind=kind, dated=date.fromisoformat(dated), text=text)]
        yield article


def _contributor(key: str, row: dict[str, Any], by: AbstractBaseUser) -> Contributor:
    details = {k: v for k, v in row.items() if k not in ("portrait", "links", "orcid", "aliases")}
    if row.get("portrait"):
        details["portrait"] = _image(row["display_name"], pictures.portrait(key))
        details["portrait_alt"] = f"Drawing of {row['display_name']}, head and shoulders"
        details["portrait_credit"] = "The Lantern"
    contributor = create_contributor(by=by, **details)
    contributor.links = [ContributorLink(label=label, url=url) for label, url in row.get("links", ())]
    contributor.aliases = [
        Alias(name=name, kind=kind, is_public=is_public) for name, kind, is_public in row.get("aliases", ())
    ]
    if "orcid" in row:
        contributor.authority_ids = [AuthorityId(scheme="orcid", value=row["orcid"])]
    return save_contributor(contributor, by=by)


def _present(row: dict[str, str], sections: Sequence[Section]) -> None:
    about = FrontPage.objects.get().add_child(
        instance=PublicationPage(
            title="About", slug="about", body=json.dumps([{"type": "paragraph", "value": ABOUT}])
        )
    )
    publication = PublicationSettings.load()
    publication.name, publication.tagline = row["name"], row["tagline"]
    publication.navigation = [
        *(NavigationItem(section=section, sort_order=order) for order, section in enumerate(sections)),
        NavigationItem(page=about, sort_order=len(sections)),
    ]
    publication.save()


def _forthcoming(
    by: AbstractBaseUser, sections: Mapping[str, Section], contributors: Mapping[str, Contributor]
) -> None:
    """What an editor finds on the desk: a draft, and an article that goes out by itself tomorrow."""
    create_article(
        headline="The Clock That Strikes Nine",
        standfirst="To be written.",
        section=sections["Reviews"],
        credits=[(contributors["zoe"], "author")],
        by=by,
    )
    scheduled = create_article(
        headline="What the Ferryman Says Now",
        standfirst="He has a new rope, an old opinion and, for the first time, a timetable.",
        section=sections["Reportage"],
        credits=[(contributors["orla"], "author")],
        by=by,
    )
    scheduled.go_live_at = timezone.now() + timedelta(days=1)
    scheduled.save_revision(user=by).publish(user=by)


def _credits(text: str) -> Iterator[tuple[str, str]]:
    for credit in text.split(","):
        key, _, role = credit.strip().partition(":")
        yield key, role or "author"


def _body(blocks: Sequence[dict[str, Any]], drawn: Mapping[str, AbstractImage]) -> str:
    return json.dumps(
        [{"type": kind, "value": _value(kind, value, drawn)} for ((kind, value),) in map(dict.items, blocks)]
    )


def _value(kind: str, value: Any, drawn: Mapping[str, AbstractImage]) -> Any:
    match kind:
        case "divider":
            return None
        case "verse" if isinstance(value, str):
            return {"text": value}
        case "gallery":
            images = zip(value["pictures"], value["alts"], strict=True)
            return {
                "images": [
                    {"image": drawn[name].pk, "alt": alt, "caption": "", "credit": ""} for name, alt in images
                ],
                "caption": value["caption"],
            }
    return value


def _passages(topics: Sequence[str], passages: Mapping[str, "cycle[str]"]) -> str:
    sources = cycle([passages[topic] for topic in ("general", *topics)])
    texts = [next(next(sources)) for _ in range(PARAGRAPHS_EACH)]
    return json.dumps([{"type": "paragraph", "value": f"<p>{text}</p>"} for text in texts])


def _image(title: str, contents: bytes) -> AbstractImage:
    image = get_image_model()(title=title, file=ContentFile(contents, name=f"{title.lower()}.jpg"))
    image.save()
    return image


def _morning(day: str) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time(7)))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
