"""What an editor says that the fields of an archive are, for formats whose records have fields of their own."""

from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from standfirst.bylines.reading import Role
from standfirst.importers.errors import ImportRefused

# What a field may be told to be, beside a role.
USES = ("byline", "standfirst", "headline", "date", "section", "topics", "link", "nothing")
ROLES: tuple[str, ...] = get_args(Role)
# Said of a field to take back what was said of it before: the import tells by itself again.
AUTO = "auto"


def stated(rules: Iterable[str], uses: Sequence[str] = USES) -> dict[str, str]:
    """What an editor said that fields are: `people=byline`, by their names in small letters.

    `uses` are those a format has for a field, beside roles. Raises ImportRefused for what is no such rule.
    """
    found: dict[str, str] = {}
    for rule in rules:
        name, equals, use = (part.strip() for part in rule.rpartition("="))
        if not (name and equals) or use not in (*uses, *ROLES, AUTO):
            raise ImportRefused(
                f"--field takes the name of a field and what it is, such as people=byline; “{rule}” is not of that kind. "
                f"A field is one of {', '.join(uses)}, a role ({', '.join(ROLES)}), or {AUTO} (the import tells by itself "
                "again); nothing was imported."
            )
        found[name.lower()] = use
    return found


def settled(before: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """What fields are, once this is said of some of them."""
    return {name: use for name, use in {**before, **said}.items() if use != AUTO}
