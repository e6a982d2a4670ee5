"""The first reading of a folder: what it is, who is in it, what its texts are filed under."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

from standfirst.importers.errors import NotAnArchive
from standfirst.importers.folders import addresses
from standfirst.importers.folders.addresses import Facts
from standfirst.importers.folders.books import contents_of
from standfirst.importers.folders.bylines import FIELDS, NEAREST, RawEntry, is_placeholder, is_unfinished
from standfirst.importers.folders.configurations import read_settings
from standfirst.importers.folders.documents import (
    PAGE_LAYOUTS,
    Document,
    Surroundings,
    read_document,
    resources,
    stem_name,
    traits_in_matter,
    translations,
)
from standfirst.importers.folders.fields import Known, flattened, people_named
from standfirst.importers.folders.fields import weigh as weigh_fields
from standfirst.importers.folders.kinds import weigh as weigh_kinds
from standfirst.importers.folders.markup import inline, to_html
from standfirst.importers.folders.matter import Matter, Value, split
from standfirst.importers.folders.notebook import Notebook
from standfirst.importers.folders.profiles import (
    Profiles,
    data_files,
    folders_of_people,
    is_profile,
    is_profile_path,
    lists_of_people,
    profile_of,
    read_data,
)
from standfirst.importers.folders.settings import PLAIN, Settings, signs_of, text
from standfirst.importers.folders.standing import said_for_all
from standfirst.importers.folders.tree import IGNORES, Tree, language_of
from standfirst.importers.folders.unbuilt import unbuilt_in
from standfirst.importers.reading.archive import Rules
from standfirst.importers.reading.fences import fenced
from standfirst.importers.reading.handles import SLUG_LIKE, folded
from standfirst.importers.reading.people import Bylines, ParsedByline
from standfirst.importers.reading.records import ParsedSite, Refused, UnreadField
from standfirst.importers.reading.workers import read_in_parts
from standfirst.text.names import matching_form
from standfirst.text.slugs import slug_for

SAMPLE = 1000
MOST_NAMED = 50
MOST_SHOWN = 80


@dataclass(slots=True)
class Findings:
    """What the first reading found. Plain and picklable; it does not grow with the length of the texts."""

    tree: Tree
    around: Surroundings
    rules: Rules = field(default_factory=Rules)  # an editor's word on this site
    parts: int = 0  # of the notebook
    articles: int = 0
    pages: int = 0
    categories: Counter[str] = field(default_factory=Counter)  # by slug
    tags: Counter[str] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)  # of categories and tags, by key
    stated_names: dict[str, str] = field(default_factory=dict)  # by pages of their own
    left_out: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    left_counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    whys: Counter[str] = field(default_factory=Counter)  # articles that something spoke against
    profiles: Profiles = field(default_factory=Profiles)
    ids: frozenset[str] = frozenset()  # bylines that are ids of people, not names
    bylines: Bylines = field(default_factory=Bylines)
    learned: tuple[str, ...] = ()
    refused: list[Refused] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    placeholders: int = 0
    conclusions: list[str] = field(default_factory=list)  # from what was weighed, and why
    unread: dict[str, UnreadField] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        return self.around.settings

    @property
    def site(self) -> ParsedSite:
        settings = self.settings
        return ParsedSite(
            title=settings.title or self.tree.name,
            address=settings.address if "://" in settings.address else "",
            language=settings.language,
        )

    @property
    def files(self) -> int:
        return sum(self.left_counts.values())

    def leave_out(self, kind: str, reason: str, record: str, count: int = 1) -> None:
        self.left_counts[kind, reason] += count
        named = self.left_out.setdefault((kind, reason), [])
        if len(named) < MOST_NAMED:
            named.append(record)

    def parsed(self, entry: RawEntry) -> ParsedByline:
        """An entry as the reader of bylines takes it."""
        role = entry.role
        person = entry.person or (entry.raw if entry.raw in self.ids else "")
        links = entry.links or (((entry.raw, entry.url),) if entry.url else ())
        return ParsedByline(entry.raw, entry.field, NEAREST.get(role, role), person=person, links=links)


def survey(
    tree: Tree,
    notebook: Notebook,
    on_files: Callable[[int], None] | None = None,
    rules: Callable[[ParsedSite], Rules] = lambda site: Rules(),
) -> Findings:
    """Reads every text of a folder once, into the notebook. Raises ImportRefused for a folder that is none of these."""
    if not tree.texts:
        raise NotAnArchive(_no_texts(tree))
    signs, samples = _sampled(tree)
    settings = _with_states(tree, read_settings(tree, signs))
    around = Surroundings(
        settings, translated=translations(tree), resources=resources(tree, settings.generator)
    )
    found = Findings(tree, around)
    contents = contents_of(tree, settings.generator)
    found.around = replace(found.around, dates=contents.dates, parts=contents.parts)
    found.warnings += settings.warnings
    found.rules = rules(found.site)
    _weigh(found, samples)
    seen: Counter[tuple[RawEntry, ...]] = Counter()
    links: list[str] = []
    facts: dict[str, Facts] = {}
    learns = not settings.permalinks and settings.generator != "mdBook"
    number = 0
    read = partial(_glance, tree, found.around, notebook, learns=learns)
    for glances in read_in_parts(read, enumerate(tree.parts()), expected=len(tree.texts)):
        found.parts += 1
        for document, dated in glances:
            _take_in(found, document)
            if document.kind in ("article", "page"):
                seen[document.entries] += 1
                if learns and len(facts) < addresses.MOST_LINKS and document.date is not None:
                    known = document.facts()
                    facts.setdefault((known.stated_slug or known.stem).lower(), known)
                if len(links) < addresses.MOST_LINKS:
                    links += dated
        number += len(glances)
        if on_files is not None:
            on_files(number)
    found.learned = addresses.learn(links, facts, settings) if learns else ()
    if not found.articles and not found.pages:
        raise NotAnArchive(f"{tree.name} holds no text that could be an article; nothing was imported.")
    found.names |= {key: name for key, name in found.stated_names.items() if key in found.names}
    found.conclusions += [f"{count:,} articles, because they are {why}" for why, count in found.whys.items()]
    _count_others(found)
    _name_people(found, seen)
    return found


def _no_texts(tree: Tree) -> str:
    languages = Counter(name for path in tree.others if (name := language_of(path)))
    if languages:
        name, count = languages.most_common(1)[0]
        return (
            f"{tree.name} holds {count:,} texts in {name}, which is not read yet; nothing was imported; import the pages "
            "that the old site made of them, as saved pages, or have them made into Markdown first."
        )
    return f"{tree.name} holds no Markdown, reStructuredText or HTML with front matter; nothing was imported."


def _glance(
    tree: Tree, around: Surroundings, notebook: Notebook, part: tuple[int, Sequence[str]], *, learns: bool
) -> list[tuple[Document, list[str]]]:
    """Some texts without their words, and the links with dates in each; may run in a process of its own."""
    number, paths = part
    documents = [read_document(tree, path, around) for path in paths]
    notebook.write(number, documents)
    glances = []
    for document in documents:
        links = list(islice(addresses.dated_links(document.body), 40)) if learns and document.body else []
        if document.kind != "profile":
            document = replace(document, body="", matter=Matter())
        glances.append((document, links))
    return glances


def _with_states(tree: Tree, settings: Settings) -> Settings:
    """The settings with what files of the folder say of the states of others, and of which there is no page."""
    base = f"{settings.base}/" if settings.base else ""
    found = fenced(lambda: list(said_for_all(tree, settings.generator)), kind="other", record=tree.name)
    states = (
        []
        if isinstance(found, Refused)
        else [(folder.removeprefix(base), "", dict(said)) for folder, said in found if said]
    )
    return replace(
        settings,
        defaults=(*settings.defaults, *states),
        unbuilt=(*settings.unbuilt, *unbuilt_in(tree, settings)),
    )


def _sampled(tree: Tree) -> tuple[Counter[str], dict[str, Mapping[str, Value]]]:
    """What a sample of the texts, taken evenly, shows of their generator; and their fields, by path."""
    step = max(1, len(tree.texts) // SAMPLE)
    signs: Counter[str] = Counter()
    fields: dict[str, Mapping[str, Value]] = {}
    for path in tree.texts[::step]:
        try:
            words = tree.read(path)
        except OSError:
            continue
        seen = fenced(partial(_signs_of, path, words), kind="articles", record=path)
        if not isinstance(seen, Refused):
            said, fields[path] = seen
            signs.update(said)
    if step > 1:
        signs = Counter({name: count * step for name, count in signs.items()})
    return signs, fields


def _weigh(found: Findings, samples: Mapping[str, Mapping[str, Value]]) -> None:
    """Settles, from the sample, who is known here, what fields hold and which texts are articles."""
    tree = found.tree
    rules = found.rules
    texts = {path: values for path, values in samples.items() if found.settings.is_input(path)}
    names = [name for name in _unshared(texts.values()) if name not in rules.fields]
    names += [name for name in FIELDS if any(name in values for values in texts.values())]
    held = [frozenset(people_named(name, list(texts.values()))) for name in names]
    held = [raws for raws in held if raws]
    found.around = replace(found.around, people=folders_of_people(tree, held))
    _read_people(found, lists_of_people(tree, held))
    people = found.profiles.people
    known = Known(
        people.keys(),
        {folded(number) for number in people},
        {matching_form(name) for one in people.values() for name in (one.display_name, *one.aliases)},
    )
    texts = {
        path: values
        for path, values in texts.items()
        if stem_name(path) != "_index" and not is_profile(path, values, found.around.people)
    }
    found.around = replace(found.around, fields=weigh_fields(list(texts.values()), known, rules.fields))
    traits = [traits_in_matter(path, values, found.around) for path, values in texts.items()]
    kinds = weigh_kinds(traits, PAGE_LAYOUTS, [*found.settings.inputs, found.settings.base])
    kinds = replace(kinds, articles=rules.articles, pages=rules.pages)
    found.around = replace(found.around, kinds=kinds)
    found.conclusions += found.around.fields.conclusions


def _unshared(texts: Iterable[Mapping[str, Value]]) -> list[str]:
    """The fields that only this folder has."""
    return [name for name, _ in Counter(name for values in texts for name in values).most_common(200)]


def _signs_of(path: str, words: str) -> tuple[list[str], Mapping[str, Value]]:
    matter = split(words, path[path.rfind(".") :].lower())
    return list(signs_of(path, matter.kind, matter.values, matter.body)), flattened(matter.values)


def _rich(words: str) -> str:
    return to_html(words, PLAIN) if "\n" in words else f"<p>{inline(words, PLAIN)}</p>"


def _read_people(found: Findings, lists: Iterable[str]) -> None:
    for path in (*data_files(found.tree), *lists):
        read_data(found.tree, path, found.profiles, _rich)
    profiles = [path for path in found.tree.texts if is_profile_path(path, found.around.people)]
    # A profile in another language comes after the one without: the first gives the name.
    for path in sorted(profiles, key=lambda path: (path in found.around.translated, path)):
        document = read_document(found.tree, path, found.around)
        if document.kind == "profile":
            person = profile_of(path, document.matter, _rich)
            if person is not None:
                found.profiles.add(person, path)


def _take_in(found: Findings, document: Document) -> None:
    path = document.path
    if document.kind == "profile":
        person = profile_of(path, document.matter, _rich)
        if person is None:
            found.leave_out("other", "lies among the authors, and names nobody", path)
        elif is_unfinished(person.display_name):
            found.leave_out("other", "is the profile of an author whose name was never filled in", path)
        else:
            found.leave_out("other", "is an author's profile, and was read as that", path)
        return
    if document.kind == "refused":
        found.refused.append(Refused("articles", document.reason, f"file {path}"))
        return
    if document.kind == "other":
        found.leave_out("other", document.reason, path)
        if path.rpartition("/")[2].startswith("_index") and text(document.values.get("title")):
            found.stated_names |= _name_of_list(path, text(document.values.get("title")))
        return
    for name, words in document.unread.items():
        if name in found.around.fields.links:
            continue
        known = found.unread.get(name) or UnreadField(name[:MOST_SHOWN], 0, words[:MOST_SHOWN])
        found.unread[name] = replace(known, count=known.count + 1)
    if document.kind == "page":
        found.pages += 1
        return
    found.articles += 1
    if document.why:
        found.whys[document.why] += 1
    for kind, counter, names in (
        ("category", found.categories, document.categories),
        ("tag", found.tags, document.tags),
    ):
        for name in names:
            slug = slug_for(name)
            counter[slug] += 1
            found.names.setdefault(f"{kind}:{slug}", name)


def _name_of_list(path: str, title: str) -> dict[str, str]:
    """What a section, category or tag is really called, by the key of it, as its own page says."""
    parts = path.split("/")
    if len(parts) < 2 or path.count(".") > 1:
        return {}
    kind = "tag" if len(parts) > 2 and parts[-3].lower() in ("tags", "topics", "series") else "category"
    return {f"{kind}:{slug_for(parts[-2])}": title}


def _count_others(found: Findings) -> None:
    """Every file that is no text: pictures are counted by themselves, the rest is here."""
    tree = found.tree
    read = set(found.profiles.files)
    for path in tree.data:
        name = path.rpartition("/")[2]
        if path in read:
            reason = "lists authors, and was read as that"
        elif name.endswith((".yml", ".yaml", ".toml", ".json", ".meta", IGNORES)):
            reason = "is data or a setting of the old site"
        else:
            reason = "is a program of the old site"
        found.leave_out("other", reason, path)
    for path in tree.others:
        name = language_of(path)
        reason = f"is in {name}, which is not read yet" if name else "is of a kind that is not imported"
        found.leave_out("other", reason, path)
    for path in tree.closed:
        found.leave_out("other", "is a folder of the old site's templates and programs", path)
    for where in found.profiles.unfinished[:MOST_NAMED]:
        found.warnings.append(f"{where} is the profile of an author whose name was never filled in.")
    for path in found.profiles.damaged:
        found.warnings.append(f"{path} does not parse; it was read line by line.")


def _name_people(found: Findings, seen: Counter[tuple[RawEntry, ...]]) -> None:
    """Tells ids from names, and takes in everybody."""
    people = found.profiles.people
    settings = found.settings
    singles = {entry.raw for entries in seen for entry in entries if entry.field != "body"}
    ids = {raw for raw in singles if raw in people}
    folds = Counter(folded(number) for number in people)
    by_name = {person.display_name.casefold() for person in people.values()}
    handles = {raw for raw in singles if SLUG_LIKE.fullmatch(raw) and "." not in raw}
    ids |= {raw for raw in handles if folds[folded(raw)] == 1 and raw.casefold() not in by_name}
    # Where nearly everybody is written as an id, what looks like one is one, with or without a profile.
    if (len(handles) >= 5 and len(handles) * 10 >= len(singles) * 8) or (
        ids and len(ids) * 2 >= len(singles)
    ):
        ids |= handles
    found.ids = frozenset(ids)
    found.bylines = Bylines(publication=settings.title, language=settings.language)
    for person in people.values():
        found.bylines.profile(person)
    for entries, times in seen.items():
        found.placeholders += sum(map(is_placeholder, entries))
        found.bylines.see([found.parsed(entry) for entry in entries if is_somebody(entry)], times)
    if settings.author and () in seen:
        found.bylines.see([ParsedByline(settings.author, "author")], seen[()])
    found.conclusions += [
        f"“{name}” has one profile and is of two people: both are credited" for name in found.bylines.joint
    ]


def is_somebody(entry: RawEntry) -> bool:
    return not is_placeholder(entry) and not is_unfinished(entry.raw)
