"""By what words contributors, sections and topics are called, for the search.

Articles have the keys of those they are by and on (`entries.keys_of`), and no names but those that are printed with them. So a
rename, a new alias, another name of a section costs what it changes here, whatever has been published, and everything is
found by it at once.
"""

from collections.abc import Iterable, Sequence

from standfirst.contributors.models import Alias, Contributor, known_names
from standfirst.database.batches import batched
from standfirst.publications.models import Section, Shelf, Topic
from standfirst.text.tokens import tokens

from .models import Name

SHELVES: dict[str, type[Shelf]] = {"s": Section, "t": Topic}
# (token, key) and whether it may be shown
Names = dict[tuple[str, str], bool]


def keep_people(people: Iterable[Contributor]) -> None:
    """Let contributors be found by the names they have now. Whoever is nobody any more is found by none."""
    for some in batched(people):
        _keep({person_key(person.pk) for person in some}, _names_of_people(some))


def keep_shelves(shelves: Iterable[Shelf]) -> None:
    """Let sections and topics be found by the names they have now."""
    for some in batched(shelves):
        named = {shelf_key(shelf): shelf.name for shelf in some}
        _keep(set(named), _names_of_shelves(named))


def forget(deleted: Contributor | Shelf) -> None:
    """Let nothing be found by the name of what is there no more."""
    key = person_key(deleted.pk) if isinstance(deleted, Contributor) else shelf_key(deleted)
    Name.objects.filter(key=key).delete()


def wanted_names() -> Iterable[tuple[set[str], Names]]:
    """What there should be, some keys at a time."""
    for some in batched(Contributor.objects.order_by("pk").iterator()):
        yield {person_key(person.pk) for person in some}, _names_of_people(some)
    for letter, model in SHELVES.items():
        for shelves in batched(model._default_manager.order_by("pk").values_list("pk", "name")):
            named = {f"{letter}{pk}": name for pk, name in shelves}
            yield set(named), _names_of_shelves(named)


def keep_all() -> None:
    """Let everything be found by the names it has now."""
    for keys, names in wanted_names():
        _keep(keys, names)


def person_key(contributor: int) -> str:
    return f"c{contributor}"


def shelf_key(shelf: Shelf) -> str:
    return f"{'s' if isinstance(shelf, Section) else 't'}{shelf.pk}"


def _names_of_people(people: Sequence[Contributor]) -> Names:
    present = {one.pk: one for one in people if not (one.is_merged or one.is_unassigned_place)}
    shown = {(pk, one.display_name) for pk, one in present.items()}
    shown |= set(
        Alias.objects.filter(contributor__in=present, is_public=True).values_list("contributor_id", "name")
    )
    names: Names = {}
    for pk, name in known_names(present):
        for token in tokens(name):
            place = (token, person_key(pk))
            names[place] = names.get(place, False) or (pk, name) in shown
    return names


def _names_of_shelves(named: dict[str, str]) -> Names:
    return {(token, key): True for key, name in named.items() for token in tokens(name)}


def _keep(keys: set[str], wanted: Names) -> None:
    rows = Name.objects.filter(key__in=keys).values_list("pk", "token", "key", "is_shown")
    stored = {((token, key), is_shown): pk for pk, token, key, is_shown in rows}
    new = wanted.items() - stored.keys()
    if gone := [pk for row, pk in stored.items() if row not in wanted.items()]:
        Name.objects.filter(pk__in=gone).delete()
    if new:
        Name.objects.bulk_create(
            Name(token=token, key=key, is_shown=shown) for (token, key), shown in sorted(new)
        )
