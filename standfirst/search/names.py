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


def keep_shelf(shelf: Shelf) -> None:
    """Let a section or topic be found by the name it has now."""
    key = shelf_key(shelf)
    _keep({key}, {(token, key): True for token in tokens(shelf.name)})


def forget_shelf(shelf: Shelf) -> None:
    Name.objects.filter(key=shelf_key(shelf)).delete()


def wanted_names() -> Iterable[tuple[set[str], Names]]:
    """What there should be, some keys at a time."""
    for some in batched(Contributor.objects.order_by("pk").iterator()):
        yield {person_key(person.pk) for person in some}, _names_of_people(some)
    for letter, model in SHELVES.items():
        for shelves in batched(model._default_manager.order_by("pk").values_list("pk", "name")):
            names = {(token, f"{letter}{pk}"): True for pk, name in shelves for token in tokens(name)}
            yield {f"{letter}{pk}" for pk, _name in shelves}, names


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
