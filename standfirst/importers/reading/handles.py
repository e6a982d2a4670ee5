"""Logins, slugs and e-mail addresses: how they are compared, and the names that can be made of them.

They are for matching. Public names are never made of an address; a name that has to be made out of a login, for want of
any other, says so (`DraftContributor.is_name_derived`).
"""

import re
from functools import lru_cache

EMAIL = re.compile(r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+")
SLUG_LIKE = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*\Z")


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A login, slug or e-mail address with its domain, dots, dashes and case dropped."""
    local = name.partition("@")[0] if EMAIL.fullmatch(name.strip()) else name
    return "".join(character for character in local.casefold() if character.isalnum())


def words_of(login: str) -> str:
    """A name made out of a login, a slug or an address's part before the @: "john.chagaris" → "John Chagaris"."""
    local = login.strip().partition("@")[0].strip(" <>()\"'")
    words = [word for word in re.split(r"[\s._+-]+", local) if word]
    return " ".join(word if any(letter.isupper() for letter in word) else word.capitalize() for word in words)


def public_name(stated: str) -> str:
    """A stated name without any e-mail address in it; empty if nothing is left."""
    return (
        re.sub(r"[\s<>(\[]*" + EMAIL.pattern + r"[\s>)\]]*", " ", stated).strip()
        if "@" in stated
        else stated.strip()
    )


def host_of(url: str) -> str:
    """The part of an address that tells a reader where it leads, for a link's label."""
    return re.sub(r"\Ahttps?://(?:www\.)?", "", url).partition("/")[0][:100]
