"""Proof that the index holds what readers may have, and nothing else: what `standfirst check` asks."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from standfirst.articles.models import ArticlePage
from standfirst.database.batches import batched
from standfirst.text.tokens import VERSION

from .engines import engine
from .indexing import fields_of, read
from .models import Document, Name, State, Stream
from .names import wanted_names

# A subject and a sentence of each thing that is wrong.
Found = Iterator[tuple[str, str]]
BATCH = 200


def not_in_index(now: datetime) -> Found:
    """Public articles that are not found, or are found by other words than theirs; and what is found and is not public."""
    for articles in batched(
        ArticlePage.objects.published().order_by("pk").values_list("pk", flat=True), BATCH
    ):
        texts, credits, topics = read(articles)
        documents = {row.article_id: row for row in Document.objects.filter(article__in=articles)}
        places = [row.place for row in documents.values()]
        streams = {
            place: bytes(words)
            for place, words in Stream.objects.filter(place__in=places).values_list("place", "words")
        }
        for article, text in texts.items():
            document = documents.get(article)
            if document is None:
                yield _of(article, text.headline, "is not found by the search")
                continue
            wanted = fields_of(text, credits.get(article, []), topics.get(article, ()))
            is_same = streams.get(document.place) == wanted.packed()
            if not is_same or (document.headline, document.keys) != (wanted.headline, wanted.narrowing):
                yield _of(article, text.headline, "is found by other words than it has")
    public = ArticlePage.objects.published().order_by().values("pk")
    hidden = Document.objects.exclude(article__in=public).order_by("article_id")
    for article, title in hidden.values_list("article_id", "article__title").iterator():
        yield _of(article, title, "is found by the search, and is not public")
    left = Stream.objects.exclude(place__in=Document.objects.values("place")).count()
    if left:
        yield "search", f"The search index has words that are no article’s, at {left} places."
    for place in engine().unwritten():
        article, title = Document.objects.values_list("article_id", "article__title").get(place=place)
        yield _of(article, title, "is not found by the search: its words are missing from the index")


def wrong_names(now: datetime) -> Found:
    """Contributors, sections and topics that are not found by their names, or are by others."""
    left = set(Name.objects.values_list("key", flat=True).distinct())
    for keys, wanted in wanted_names():
        rows = Name.objects.filter(key__in=keys).values_list("token", "key", "is_shown")
        stored = {((token, key), is_shown) for token, key, is_shown in rows}
        for key in sorted({key for (_token, key), _shown in stored ^ set(wanted.items())}):
            yield _subject(key), f"{_subject(key)} is not found by its name, or is by another."
        left -= keys
    for key in sorted(left):
        yield _subject(key), f"{_subject(key)} is found by its name, and is not there."


def not_whole(now: datetime) -> Found:
    """An index that is not made to its end, or by another language or other rules than those of today."""
    state = State.objects.order_by("pk").first()
    if state is None or not state.is_whole:
        yield "search", "The search index has not been made to its end."
    elif (state.language, state.version) != (settings.LANGUAGE_CODE, VERSION):
        yield (
            "search",
            f"The search index was made for the language {state.language}, by rules {state.version}: "
            f"it is {settings.LANGUAGE_CODE} now, and {VERSION}.",
        )


def _of(article: int, title: str, what: str) -> tuple[str, str]:
    return f"article:{article}", f"“{title}” (article {article}) {what}."


def _subject(key: str) -> str:
    kinds = {"c": "contributor", "s": "section", "t": "topic"}
    return f"{kinds[key[0]]}:{key[1:]}"
