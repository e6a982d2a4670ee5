"""The A to Z of contributors."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from django.db.models import Exists, OuterRef
from django.utils.translation import ngettext

from standfirst.articles.models import Listing
from standfirst.bylines.models import Role
from standfirst.contributors import cachekeys
from standfirst.contributors.models import Contributor
from standfirst.contributors.paths import EVERYBODY
from standfirst.contributors.querysets import ContributorQuerySet
from standfirst.pagecache.recording import shows

from .people import counts_by_role
from .profiles import most_work
from .rows import Letter, LetterGroup, Listed

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ#"
OTHER = "other"  # how `#`, everything that is no letter, is spelled in an address
ON_ONE_PAGE = 400


def a_to_z(letter: str = "") -> tuple[tuple[Letter, ...], tuple[LetterGroup, ...]] | None:
    """The letters, and the people under the one asked for; under all of them if they fit on one page.

    `letter` is as in the address: small, or "other". None if it is not one, or nobody is under it.
    """
    shows(cachekeys.under(_letter_at(letter)) if letter else cachekeys.EVERYBODY)
    known = with_work()
    wanted = _letter_at(letter)
    if letter and (wanted not in LETTERS or len(wanted) != 1 or letter != _address_of(wanted)):
        return None
    everybody = [] if letter else list(known.alphabetical()[: ON_ONE_PAGE + 1])
    all_on_one = not letter and len(everybody) <= ON_ONE_PAGE
    if all_on_one:
        used = {_filed_under(person.letter) for person in everybody}
        people = everybody
    else:
        used = set(known.order_by().values_list("letter", flat=True).distinct())
        wanted = wanted or min(used & set(LETTERS), key=LETTERS.index, default="#")
        people = list(known.filter(letter=wanted).alphabetical())
    if letter and not people:
        return None
    shows(cachekeys.LETTERS)
    strip = tuple(
        Letter(
            shown,
            f"#letter-{_address_of(shown)}" if all_on_one else path_of_letter(_address_of(shown)),
            is_current=shown == wanted and not all_on_one,
            is_empty=shown not in used,
        )
        for shown in LETTERS
    )
    return strip, _grouped(people)


def path_of_letter(letter: str) -> str:
    """The address of those under a letter, spelled as in it; of everybody without one."""
    return f"{EVERYBODY}{letter}/" if letter else EVERYBODY


def with_work() -> ContributorQuerySet[Contributor]:
    """Listed contributors with anything public."""
    return Contributor.objects.listed().filter(Exists(Listing.objects.filter(contributor=OuterRef("pk"))))


def _letter_at(address: str) -> str:
    return "#" if address == OTHER else address.upper()


def _address_of(letter: str) -> str:
    return OTHER if letter == "#" else letter.lower()


def _filed_under(letter: str) -> str:
    """The letter under which somebody is shown, whatever the table says: `standfirst check` names who is filed wrongly."""
    return letter if letter in set(LETTERS) else "#"


def _grouped(people: Sequence[Contributor]) -> tuple[LetterGroup, ...]:
    roles = list(Role.objects.all())
    counts = counts_by_role(people)
    listed = [
        (_filed_under(person.letter), _listed(person, counts.get(person.pk, {}), roles)) for person in people
    ]
    # Filed by letter first: the order of the alphabet is not always that of the sort keys (`#` comes last).
    listed.sort(key=lambda pair: LETTERS.index(pair[0]))
    return tuple(
        LetterGroup(letter, tuple(entry for _letter, entry in group))
        for letter, group in groupby(listed, key=lambda pair: pair[0])
    )


def _listed(person: Contributor, counts: Mapping[int | None, int], roles: Iterable[Role]) -> Listed:
    count = articles = counts.get(None, 0)
    label = ngettext("%(count)s article", "%(count)s articles", articles) % {"count": f"{articles:,}"}
    if not articles:
        count, label = most_work(
            (counts[role.pk], role.counted(counts[role.pk])) for role in roles if role.pk in counts
        )
    return Listed(
        person.display_name,
        person.sort_name,
        person.path,
        person.note,
        count,
        label,
        has_articles=bool(articles),
    )
