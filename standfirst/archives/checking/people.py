"""Who is who: names are filed by what they say, and nobody who was merged away is credited."""

from datetime import datetime

from django.db.models import Exists, Model, OuterRef

from standfirst.articles.models import Listing
from standfirst.bylines.models import Credit
from standfirst.contributors.models import Alias, Contributor, NameKey, known_names
from standfirst.text.name_keys import stored_keys
from standfirst.text.names import matching_form

from .finding import Check, Found

DERIVED = ("sort_name", "sort_key", "letter", "matching_form")
BATCH = 400
LONGEST = Alias._meta.get_field("matching_form").max_length


def out_of_date_names(now: datetime) -> Found:
    """Names are filed by rules that a database does not know: this one reads every contributor."""
    people = Contributor.objects.order_by("pk").only("kind", "display_name", *DERIVED)
    for person in people.iterator(chunk_size=2000):
        stored = {name: getattr(person, name) for name in DERIVED}
        person.file_under_names()
        stale = [name for name in DERIVED if stored[name] != getattr(person, name)]
        if stale:
            columns = ", ".join(name.replace("_", " ") for name in stale)
            yield (
                f"contributor:{person.pk}",
                f"{person.display_name} (contributor {person.pk}) is filed by an old name: {columns}.",
            )
    aliases = Alias.objects.order_by("pk").values_list("contributor_id", "name", "matching_form")
    for contributor, name, stored_form in aliases.iterator(chunk_size=2000):
        if stored_form != matching_form(name)[:LONGEST]:
            yield (
                f"contributor:{contributor}",
                f"The alias {name} of contributor {contributor} is matched by an old name.",
            )


def not_found_by_their_names(now: datetime) -> Found:
    """Whoever may be meant by a name is looked up by keys made of it. A name that is filed wrong is said above."""
    people = Contributor.objects.present().order_by("pk").values_list("pk", "display_name", "matching_form")
    last = 0
    while some := list(people.filter(pk__gt=last)[:BATCH]):
        last = some[-1][0]
        numbers = [pk for pk, _name, _form in some]
        aliases = Alias.objects.filter(contributor__in=numbers).values_list(
            "contributor_id", "name", "matching_form"
        )
        stored: dict[int, set[str]] = {pk: set() for pk in numbers}
        for pk, key in NameKey.objects.filter(contributor__in=numbers).values_list("contributor_id", "key"):
            stored[pk].add(key)
        filed_wrong = {pk for pk, name, form in (*some, *aliases) if form != matching_form(name)[:LONGEST]}
        theirs: dict[int, set[str]] = {pk: set() for pk in numbers if pk not in filed_wrong}
        for pk, name in known_names(theirs):
            theirs[pk] |= (keys := stored_keys(name))
            if not keys <= stored[pk]:
                yield f"contributor:{pk}", f"{name} (contributor {pk}) is not found by this name."
        for pk, name, _form in some:
            if pk in theirs and stored[pk] > theirs[pk]:
                yield f"contributor:{pk}", f"{name} (contributor {pk}) is found by a name that is not theirs."


def credited_after_a_merge(now: datetime) -> Found:
    """Credits, and places in archives, that are still somebody's who was merged away."""
    tables: tuple[tuple[type[Model], str], ...] = ((Credit, "credits"), (Listing, "is listed as work of"))
    for model, said in tables:
        rows = (
            model._default_manager.filter(contributor__merged_into__isnull=False)
            .order_by("article_id", "pk")
            .values_list("article_id", "article__title", "contributor__display_name")
        )
        for article, title, name in rows.iterator():
            yield (
                f"article:{article}",
                f"“{title}” (article {article}) {said} {name}, who was merged into somebody else.",
            )


def merged_in_a_ring(now: datetime) -> Found:
    """Whoever was merged away is somebody who is here, in the end."""
    into = dict(
        Contributor.objects.filter(merged_into__isnull=False)
        .order_by("pk")
        .values_list("pk", "merged_into_id")
    )
    for number in into:
        seen, end = set(), number
        while end in into and end not in seen:
            seen.add(end)
            end = into[end]
        if end in seen:
            yield (
                f"contributor:{number}",
                f"Contributor {number} was merged into themselves, by way of others.",
            )


def published_and_unknown(now: datetime) -> Found:
    """Whoever is listed has a page: their name on the article leads there."""
    listed = Listing.objects.filter(contributor=OuterRef("pk"))
    unknown = Contributor.objects.filter(Exists(listed), is_public=False).order_by("pk")
    for number, name in unknown.values_list("pk", "display_name").iterator():
        yield f"contributor:{number}", f"{name} (contributor {number}) is published, and has no page."


CHECKS = (
    Check(
        "published-without-a-page",
        "Contributors who are published and have no page",
        "Open the contributor in the back office, tick “Has a page” (under Here) and save.",
        published_and_unknown,
    ),
    Check(
        "credited-after-a-merge",
        "Credits of contributors who were merged away",
        "Open the article in the back office and publish it again: it credits who they were merged into.",
        credited_after_a_merge,
    ),
    Check(
        "merged-in-a-ring",
        "Contributors merged into themselves",
        "Undo one of the merges in the journal.",
        merged_in_a_ring,
    ),
    Check(
        "filed-by-an-old-name",
        "Filed by an old name",
        "Open the contributor in the back office and save.",
        out_of_date_names,
    ),
    Check(
        "not-found-by-a-name",
        "Not found by a name of theirs",
        "Open the contributor in the back office and save.",
        not_found_by_their_names,
    ),
)
