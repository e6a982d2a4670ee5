"""What the fields of a folder's texts hold.

Some have names that every generator and magazine shares. Any other is weighed over the whole folder: it is the byline where
what it holds are people that are known here, a standfirst where it holds a sentence or two that nothing else says. What was
concluded is told, with its reason, and an editor's word (`--field people=byline`) goes before it. What nobody reads is counted.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from standfirst.bylines.reading import is_given_name, read_byline
from standfirst.importers.folders import bylines, dates
from standfirst.importers.folders.matter import Value, truth
from standfirst.importers.folders.settings import text
from standfirst.importers.reading.fields import ROLES
from standfirst.importers.reading.handles import SLUG_LIKE, folded
from standfirst.importers.reading.states import SURE, claim_of
from standfirst.text.names import matching_form
from standfirst.text.urls import parts_of

DATE_FIELDS = (
    "date", "pubdate", "pub_date", "publishdate", "publish_date", "published_at", "publishedat", "published",
    "publication_date", "datetime", "posted", "created", "created_at", "createdat",
)  # fmt: skip
CHANGE_FIELDS = (
    "updated", "modified", "lastmod", "last_modified_at", "updated_at", "last_updated", "updatedat", "last_modified",
)  # fmt: skip
LINE_FIELDS = (
    "standfirst", "deck", "dek", "excerpt", "summary", "lead", "lede", "description", "descritpion", "subtitle",
    "abstract", "teaser",
)  # fmt: skip
SECTION_FIELDS = ("category", "categories", "section", "sections", "track")
TOPIC_FIELDS = ("tags", "tag", "topics", "topic", "labels", "series")
LEAD_FIELDS = (
    "lead_image", "image", "cover", "cover_image", "coverimage", "featured_image", "feature_image", "featuredimage",
    "featured", "hero_image", "heroimage", "hero", "banner", "thumbnail", "thumb", "header", "og_image", "images", "img",
)  # fmt: skip
ALT_FIELDS = (
    "image_alt", "alt", "cover_alt", "image-alt", "hero_alt", "feature_image_alt", "alt_text", "imagealt",
)  # fmt: skip
CAPTION_FIELDS = (
    "image_figcaption", "image_caption", "caption", "cover_caption", "image-caption", "feature_image_caption",
)  # fmt: skip
CREDIT_FIELDS = ("image_credit", "photo_credit", "image-credit", "credit")
ADDRESS_FIELDS = ("permalink", "url", "path", "save_as", "slug", "basename")
FORMER_FIELDS = ("aliases", "alias", "redirect_from", "redirects", "old_url", "old_urls", "previousurl")
# Pictures and other files of a text, with names: https://gohugo.io/content-management/page-resources/
RESOURCES = "resources"
_READ = frozenset(
    (
        *DATE_FIELDS, *CHANGE_FIELDS, *LINE_FIELDS, *SECTION_FIELDS, *TOPIC_FIELDS, *LEAD_FIELDS, *ALT_FIELDS,
        *CAPTION_FIELDS, *CREDIT_FIELDS, *ADDRESS_FIELDS, *FORMER_FIELDS, *bylines.FIELDS, "title", "headline", "layout",
        "type", "post_type", "draft", "status", "publish", "hidden", "private", "guid", "params", "extra", "taxonomies",
        "pagination", RESOURCES,
    )
)  # fmt: skip
_SIGNS = re.compile(
    r"author|writ|byline|people|person|contribut|autor|auteur|redac|redak|verfass|journalist|reporter|scribe|signed|(?:said|told|words|text|story)_by\Z"
)
_SAYS = re.compile(
    r"preview|lede|blurb|intro|dek|strap|hook|ingress|chap[eo]|vorspann|entrad|subhead|subtit|abstract|synopsis|standfirst|tagline"
)
# Sentences beside a text that are about something else than the text.
_SAYS_ELSE = re.compile(
    r"alt|caption|credit|image|img|photo|picture|seo|meta|og[_:-]|twitter|keyword|licen|copyright|note|correction|quote|tweet|"
    r"social|footer|disclaimer|comment|question|answer|prompt|location|button|title|bio|license|cta"
)
_LEADS_AWAY = re.compile(r"source|external|original|link|story|(?:\A|_)via|elsewhere|(?:\A|_)ref(?:\Z|_)")
_NO_NAME = re.compile(r"https?:|[/<>{}\[\]|=]|\.\w{2,4}\Z")
_MOST_SHOWN = 80


@dataclass(slots=True)
class Known:
    """The people a folder has records of, by their ids and by their names."""

    ids: Collection[str] = ()
    folds: Collection[str] = ()
    names: Collection[str] = ()  # as names are compared

    def holds(self, raw: str) -> bool:
        return raw in self.ids or folded(raw) in self.folds or matching_form(raw) in self.names


@dataclass(frozen=True, slots=True)
class Fields:
    """What a folder's own fields are read as, beside those that have shared names."""

    bylines: Mapping[str, str] = field(default_factory=dict)  # with the role each says, if it says one
    standfirsts: tuple[str, ...] = ()
    links: tuple[str, ...] = ()  # whose address is of a story elsewhere
    moved: Mapping[str, str] = field(default_factory=dict)  # to the shared name of what an editor said it is
    ignored: frozenset[str] = frozenset()
    conclusions: tuple[str, ...] = ()

    def applied(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """A text's flattened fields, by the names that are read."""
        found = {name: value for name, value in values.items() if name not in self.ignored}
        for name, shared in self.moved.items():
            if name in found:
                found[shared] = found.pop(name)
        own = next((name for name in self.standfirsts if text(values.get(name))), "")
        if own and not any(text(found.get(name)) for name in LINE_FIELDS):
            found["standfirst"] = values[own]
        return found

    def link(self, values: Mapping[str, Value]) -> str:
        """The address of the story elsewhere that a text tells of, if it states one."""
        return next((found for name in self.links if (found := address_of(text(values.get(name))))), "")

    def unread(self, values: Mapping[str, Value]) -> dict[str, str]:
        """The flattened fields of a text that no words of it are made of, with what they hold."""
        found = {name: shown(value) for name, value in values.items() if not self._reads(name)}
        return {name: words for name, words in found.items() if words}

    def _reads(self, name: str) -> bool:
        own = (*self.bylines, *self.standfirsts, *self.moved)
        is_read = name in _READ or claim_of(name) in SURE
        return name in own or (is_read and name not in self.ignored)


def flattened(values: Mapping[str, Value]) -> dict[str, Value]:
    """A text's fields by their names in small letters, those that its generator keeps apart among them."""
    lower = {str(key).lower(): value for key, value in values.items()}
    for name in ("taxonomies", "params", "extra"):
        if isinstance(more := lower.get(name), dict):
            lower = {str(key).lower(): value for key, value in more.items()} | lower
    return lower


def weigh(
    samples: Sequence[Mapping[str, Value]], known: Known, rules: Mapping[str, str] | None = None
) -> Fields:
    """What the fields of these texts hold. `samples` are flattened; what `rules` say of a field is not weighed."""
    rules = rules or {}
    fields = _ruled(rules)
    own = [name for name in _names(samples) if name not in _READ and name not in rules]
    entries = [bylines.in_matter(values, fields.bylines) for values in samples]
    signed = [any(not entry.role for entry in some) for some in entries]
    here = {matching_form(entry.raw) for some in entries for entry in some if " " in entry.raw}
    known = Known(known.ids, known.folds, {*known.names, *here})
    whys = {name: _holds_a_byline(name, samples, signed, known) for name in own}
    signing = {name: "" for name, why in whys.items() if why}
    said = [any(text(values.get(one)) for one in LINE_FIELDS) for values in samples]
    standfirsts = [name for name in own if name not in signing and _holds_standfirsts(name, samples, said)]
    links = [name for name in own if name not in signing and _holds_links(name, samples)]
    return replace(
        fields,
        bylines={**fields.bylines, **signing},
        standfirsts=tuple(standfirsts),
        links=(*fields.links, *links),
        conclusions=(
            *(f"“{name}” is read as the byline: {why}" for name, why in whys.items() if why),
            *(
                f"“{name}” is read as the standfirst: it holds a sentence or two, another in each text"
                for name in standfirsts
            ),
            *(f"“{name}” is read as the address of a story elsewhere" for name in links),
        ),
    )


def _ruled(rules: Mapping[str, str]) -> Fields:
    shared = {
        "standfirst": "standfirst",
        "headline": "title",
        "date": "date",
        "section": "category",
        "topics": "tags",
    }
    return Fields(
        bylines={
            name: "" if use == "byline" else use for name, use in rules.items() if use in ("byline", *ROLES)
        },
        links=tuple(name for name, use in rules.items() if use == "link"),
        moved={name: shared[use] for name, use in rules.items() if use in shared},
        ignored=frozenset(name for name, use in rules.items() if use == "nothing"),
    )


def _names(samples: Sequence[Mapping[str, Value]]) -> list[str]:
    return [name for name, _ in Counter(name for values in samples for name in values).most_common(200)]


# ------------------------------------------------------------------------------------------------------------ bylines


def people_named(name: str, samples: Sequence[Mapping[str, Value]]) -> Counter[str]:
    """What a field holds, if it may be names or ids of people; else nothing."""
    raws = Counter(
        entry.raw or entry.person
        for values in samples
        if name in values
        for entry in bylines.entries_of(values[name], name)
    )
    plain = {raw: count for raw, count in raws.items() if _may_name(raw)}
    return Counter(plain) if len(plain) * 10 >= len(raws) * 9 else Counter()


def _may_name(raw: str) -> bool:
    return (
        1 < len(raw) <= _MOST_SHOWN
        and any(letter.isalpha() for letter in raw)
        and truth(raw) is None
        and not _NO_NAME.search(raw)
        and dates.parse(raw) is None
    )


def _holds_a_byline(
    name: str, samples: Sequence[Mapping[str, Value]], signed: Sequence[bool], known: Known
) -> str:
    """Why a field is the byline; empty if it is not, or nobody can tell."""
    raws = people_named(name, samples)
    has = [number for number, values in enumerate(samples) if name in values]
    # Whom a text names beside its byline is no author of it.
    if not raws or sum(signed[number] for number in has) * 5 > len(has):
        return ""
    here = sum(known.holds(raw) for raw in raws)
    if here * 2 > len(raws) or (here and here * 2 == len(raws) and _SIGNS.search(name)):
        return f"{here:,} of the {len(raws):,} it names are known here"
    persons = sum(map(_is_person, raws))
    given = sum(is_given_name(raw.split()[0]) for raw in raws if " " in raw)
    if persons * 5 >= len(raws) * 4 and (
        _SIGNS.search(name) or (len(raws) > 2 and given * 2 >= len(raws) and len(has) * 2 >= len(samples))
    ):
        return f"{persons:,} of the {len(raws):,} it holds are names of people"
    slugs = sum(SLUG_LIKE.fullmatch(raw) is not None for raw in raws)
    if _SIGNS.search(name) and slugs * 5 >= len(raws) * 4:
        return f"{slugs:,} of the {len(raws):,} it holds are written as ids"
    return ""


def _is_person(raw: str) -> bool:
    read = read_byline(raw, field="author")
    return " " in raw and bool(read.credits) and all(credit.kind == "person" for credit in read.credits)


def are_people(names: Collection[str]) -> bool:
    """Whether these are names of people, for the most part, and not of subjects."""
    persons = sum(_is_person(name) and read_byline(name, field="author").is_sure for name in names)
    given = sum(is_given_name(name.split()[0]) for name in names if " " in name)
    return bool(names) and persons * 4 >= len(names) * 3 and given * 3 >= len(names)


# ---------------------------------------------------------------------------------------------- standfirsts and links


def _holds_standfirsts(
    name: str, samples: Sequence[Mapping[str, Value]], has_another: Sequence[bool]
) -> bool:
    has = [number for number, values in enumerate(samples) if text(values.get(name))]
    said = [text(samples[number].get(name)) for number in has]
    if not said or _SAYS_ELSE.search(name) or sum(has_another[number] for number in has) * 5 > len(has):
        return False
    words = sorted(len(one.split()) for one in said)
    # Languages that write without spaces say as much in fewer words.
    is_prose = words[len(words) // 2] >= 3 or sorted(map(len, said))[len(said) // 2] >= 12
    is_plain = not any(_NO_NAME.search(one) and " " not in one for one in said)
    is_short = sum(len(one) <= 1200 for one in said) * 10 >= len(said) * 9
    is_its_own = len(set(said)) * 5 >= len(said) * 4 and not any(
        one == text(samples[number].get("title")) for one, number in zip(said, has, strict=True)
    )
    if not (is_prose and is_plain and is_short and is_its_own):
        return False
    ends = sum(one[-1] in '.!?…。！？”"»' for one in said)
    return bool(_SAYS.search(name)) or (
        len(said) > 2 and words[len(words) // 2] >= 6 and ends * 2 >= len(said)
    )


def _holds_links(name: str, samples: Sequence[Mapping[str, Value]]) -> bool:
    said = [text(values.get(name)) for values in samples if text(values.get(name))]
    return (
        bool(said)
        and _LEADS_AWAY.search(name) is not None
        and sum(bool(address_of(one)) for one in said) * 5 >= len(said) * 4
    )


def address_of(words: str) -> str:
    """An address on the web, if these words are one."""
    if not re.fullmatch(r"https?://\S+", words):
        return ""
    return words if parts_of(words).netloc else ""


# ------------------------------------------------------------------------------------------------------------- unread


def shown(value: Value) -> str:
    """A value as an editor reads it, in one line."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {words}" for key, item in value.items() if (words := shown(item)))[:20_000]
    if isinstance(value, list):
        return "; ".join(words for item in value if (words := shown(item)))[:20_000]
    words = text(value)
    return "" if words in ("[]", "{}") else words[:20_000]
