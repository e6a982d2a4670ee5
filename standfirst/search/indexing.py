"""The one writer of the index. What it holds is what readers may have, as of the same transaction."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from django.db.transaction import on_commit

from standfirst.articles.models import ArticlePage, Correction
from standfirst.articles.pieces import Piece
from standfirst.bodies.text import body_text
from standfirst.bylines.models import Credit
from standfirst.database.batches import batched
from standfirst.database.turns import in_turn
from standfirst.text.markup import plain_text
from standfirst.text.stems import stem_of
from standfirst.text.tokens import LONGEST, VERSION, stream, token_of, written_words

from .engines import engine
from .entries import Credited, Entry, Fields, keys_of, minute_of, names_of
from .models import Document, State, Stream, Word

# What of an article is searched, besides what belongs to it.
COLUMNS = (
    "pk",
    "title",
    "standfirst",
    "kicker",
    "listing_headline",
    "listing_standfirst",
    "lead_image_caption",
    "first_published_at",
    "section_id",
    "body",
)
# Shorter ones have no forms, and longer ones are none of a language.
WORD_LENGTHS = range(2, 30)
NOTHING = Fields(body="", headline="", standfirst="", names="", keys="")
# What stands between two spaces, as far as its words are known to be noted; kept while many articles are stored.
_noted: ContextVar[set[str] | None] = ContextVar("noted", default=None)
MOST_NOTED = 200_000


@contextmanager
def many_are_stored() -> Iterator[None]:
    """Remembers, while an import runs, which words were noted for the articles before: the next bring the same."""
    token = _noted.set(set())
    try:
        yield
    finally:
        _noted.reset(token)


def enter_pieces(pieces: Iterable[Piece]) -> None:
    """Let what was stored be found as it is now: new, otherwise, or not at all any more."""
    pieces = [piece for piece in pieces if piece.page.pk]
    public = [piece for piece in pieces if piece.page.is_public and piece.page.live]
    corrections = _corrections([piece.page.pk for piece in public])
    texts = {piece.page.pk: Text.of_page(piece.page, corrections.get(piece.page.pk, ())) for piece in public}
    credits = {piece.page.pk: _credited(piece.credits) for piece in public}
    topics = {piece.page.pk: piece.topics for piece in public}
    _make_so([piece.page.pk for piece in pieces], texts, credits, topics)


def enter_stored(articles: Collection[int]) -> None:
    """The same of articles by id, read anew."""
    texts, credits, topics = read(articles)
    _make_so(articles, texts, credits, topics)


@in_turn(savepoint=False)
def enter_credits(articles: Collection[int]) -> None:
    """Let these articles be found by their credits as they are now; their texts are as they were and are not read."""
    documents = {row.article_id: row for row in Document.objects.filter(article__in=articles)}
    public = ArticlePage.objects.published().filter(pk__in=articles).order_by()
    placed = {
        pk: (at, section) for pk, at, section in public.values_list("pk", "first_published_at", "section_id")
    }
    if missing := [article for article in articles if (article in placed) != (article in documents)]:
        enter_stored(missing)
    there = [article for article in placed if article in documents]
    credits, topics = _credits_of(there), _topics_of(there)
    for some in batched(sorted(there, key=lambda article: documents[article].place)):
        old = _entries([documents[article] for article in some])
        new = []
        for entry in old:
            at, section = placed[entry.article]
            own = credits.get(entry.article, [])
            keys = keys_of(
                published_at=at, section=section, topics=topics.get(entry.article, ()), credits=own
            )
            was = entry.fields
            fields = Fields(was.body, was.headline, was.standfirst, names_of(own), keys)
            new.append(Entry(entry.place, entry.article, fields))
        _replace(old, new)
        _learn(credit.printed_name for article in some for credit in credits.get(article, ()))


@in_turn(savepoint=False)
def make_empty(*, is_whole: bool) -> State:
    """Take everything out of the index, whatever state it is in, and note by which language and rules it is made."""
    engine().empty()
    Word.objects.all().delete()
    State.objects.all().delete()
    return State.objects.create(language=settings.LANGUAGE_CODE, version=VERSION, is_whole=is_whole)


@in_turn(savepoint=False)
def is_whole_now(made: State) -> bool:
    """Note that the index is made to its end; False if another has begun to make it since."""
    return State.objects.filter(pk=made.pk).update(is_whole=True) == 1


class Text:
    """The words of an article as they are written, by where they stand."""

    __slots__ = ("body", "headline", "published_at", "section", "standfirst")

    def __init__(self, row: Any, body: str, notes: Iterable[str]) -> None:
        self.headline = row.title
        others = (row.standfirst, row.kicker, row.listing_headline, row.listing_standfirst)
        self.standfirst = "\n".join(filter(None, others))
        self.body = "\n".join(filter(None, (body, plain_text(row.lead_image_caption), *notes)))
        self.published_at: datetime = row.first_published_at
        self.section: int | None = row.section_id

    @classmethod
    def of_page(cls, page: Any, notes: Iterable[str]) -> "Text":
        return cls(page, page.body_text, notes)


def read(
    articles: Collection[int],
) -> tuple[dict[int, Text], dict[int, list[Credited]], dict[int, set[int]]]:
    """What is searched of those of these articles that readers may have, by id: texts, credits, topics."""
    corrections = _corrections(articles)
    rows = ArticlePage.objects.published().filter(pk__in=list(articles)).order_by()
    texts = {
        row.pk: Text(row, body_text(row.body.raw_data), corrections.get(row.pk, ()))
        for row in rows.values_list(*COLUMNS, named=True)
    }
    return texts, _credits_of(texts), _topics_of(texts)


def fields_of(text: Text, credits: Sequence[Credited], topics: Iterable[int]) -> Fields:
    """What is indexed of an article."""
    return Fields(
        body=stream(text.body),
        headline=stream(text.headline),
        standfirst=stream(text.standfirst),
        names=names_of(credits),
        keys=keys_of(published_at=text.published_at, section=text.section, topics=topics, credits=credits),
    )


@in_turn(savepoint=False)
def _make_so(
    articles: Collection[int],
    texts: dict[int, Text],
    credits: dict[int, list[Credited]],
    topics: dict[int, Any],
) -> None:
    old = _entries([row for some in batched(articles) for row in Document.objects.filter(article__in=some)])
    places = {entry.article: entry.place for entry in old}
    # In the order in which they appeared: places of one minute are given out in it.
    new = sorted((text.published_at, article) for article, text in texts.items())
    minutes = {article: minute_of(at) for at, article in new}
    moved = [
        (minutes[pk], pk)
        for _at, pk in new
        if pk not in places or not engine().is_of_minute(places[pk], minutes[pk])
    ]
    places |= dict(zip((article for _minute, article in moved), engine().places_for(moved), strict=True))
    entries = [
        Entry(places[pk], pk, fields_of(texts[pk], credits.get(pk, []), topics.get(pk, ())))
        for _at, pk in new
    ]
    _replace(old, entries)
    known = {entry.article: entry.fields for entry in old}
    written = (
        text
        for entry in entries
        for text in _written_anew(
            texts[entry.article],
            credits.get(entry.article, ()),
            entry.fields,
            known.get(entry.article, NOTHING),
        )
    )
    _learn(written, known=old)


def _replace(old: Sequence[Entry], new: Sequence[Entry]) -> None:
    """Write what differs, and nothing else."""
    same = set(old) & set(new)
    if gone := [entry for entry in old if entry not in same]:
        engine().remove(gone)
    if come := [entry for entry in new if entry not in same]:
        engine().enter(come)


def _entries(documents: Sequence[Document]) -> list[Entry]:
    """The entries of documents, as they were entered. One of which that is not known goes; the index is then not whole."""
    streams = {
        place: Fields.unpacked(bytes(words))
        for some in batched([row.place for row in documents])
        for place, words in Stream.objects.filter(place__in=some).values_list("place", "words")
    }
    if lost := [row.place for row in documents if row.place not in streams]:
        # Nobody can say any more which words are to go. Publishing goes on, and `standfirst check` says what to do.
        Document.objects.filter(place__in=lost).delete()
        State.objects.update(is_whole=False)
    return [Entry(row.place, row.article_id, streams[row.place]) for row in documents if row.place in streams]


def _learn(texts: Iterable[str], known: Collection[Entry] = ()) -> None:
    """Note the words of these texts that are new, with their stems; those of what was indexed already are not."""
    chunks: set[str] = set()
    for text in texts:
        chunks.update(text.split())
    noted = _noted.get()
    if noted is not None:
        chunks -= noted
        if len(noted) < MOST_NOTED:
            # Longer ones do not come again. And what is rolled back was not noted.
            on_commit(partial(noted.update, [chunk for chunk in chunks if len(chunk) <= LONGEST]))
    if not chunks:
        return
    if known:
        learnt = {token for entry in known for text in entry.fields.texts for token in text.split()}
        chunks = {chunk for chunk in chunks if not learnt.issuperset(stream(chunk).split())}
    words: dict[str, str] = {}
    for chunk in chunks:
        words.update(_with_forms(chunk) if len(chunk) <= LONGEST else _with_forms.__wrapped__(chunk))
    # In one order: two writers who note the same words in different ones would wait for each other for ever.
    new = sorted(engine().unknown_words(list(words)))
    Word.objects.bulk_create(
        (Word(word=token, stem=stem_of(words[token], settings.LANGUAGE_CODE)) for token in new),
        batch_size=1000,
        ignore_conflicts=True,
    )


@lru_cache(maxsize=20_000)
def _with_forms(chunk: str) -> tuple[tuple[str, str], ...]:
    """The words between two spaces that have forms, each with its token before it. The same come again and again."""
    found = ((token_of(word), word) for word in written_words(chunk))
    return tuple((token, word) for token, word in found if len(token) in WORD_LENGTHS)


def _written_anew(text: Text, credits: Iterable[Credited], fields: Fields, known: Fields) -> Iterator[str]:
    """What is written where an article's fields are otherwise than they were known."""
    names = " ".join(credit.printed_name for credit in credits)
    written = (text.body, text.headline, text.standfirst, names)
    return (one for one, now, was in zip(written, fields.texts, known.texts, strict=True) if now != was)


def _credited(credits: Iterable[Any]) -> list[Credited]:
    return [Credited(credit.contributor_id, credit.role_id, credit.printed_name) for credit in credits]


def _credits_of(articles: Iterable[int]) -> dict[int, list[Credited]]:
    found: dict[int, list[Credited]] = {}
    for some in batched(articles):
        rows = Credit.objects.filter(article__in=some).order_by("sort_order", "pk")
        for article, *credit in rows.values_list("article_id", "contributor_id", "role_id", "printed_name"):
            found.setdefault(article, []).append(Credited(*credit))
    return found


def _topics_of(articles: Iterable[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for some in batched(articles):
        rows = ArticlePage.topics.through.objects.filter(articlepage__in=some)
        for article, topic in rows.values_list("articlepage_id", "topic_id"):
            found.setdefault(article, set()).add(topic)
    return found


def _corrections(articles: Iterable[int]) -> dict[int, list[str]]:
    """The words of what was put right in articles. An import brings none, and asks once for many."""
    found: dict[int, list[str]] = {}
    for some in batched(articles):
        rows = Correction.objects.filter(article__in=some).order_by("dated", "pk")
        for article, text in rows.values_list("article_id", "text"):
            found.setdefault(article, []).append(plain_text(text))
    return found
