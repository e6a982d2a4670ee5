"""Identifiers of people in authority files and in the fediverse, checked and in their canonical spelling.

ORCID and ISNI end in a check character, ISO/IEC 7064 MOD 11-2
(https://support.orcid.org/hc/en-us/articles/360006897674, ISO 27729 for ISNI). VIAF and Wikidata have none.
"""

import re


class InvalidIdentifier(ValueError):
    """An identifier that cannot be right; the message says what to look for."""


PATTERNS = {
    "orcid": re.compile(r"(?:https?://(?:www\.)?orcid\.org/)?(\d{4}-?\d{4}-?\d{4}-?\d{3}[\dX])/?"),
    "isni": re.compile(
        r"(?:https?://(?:www\.)?isni\.org/(?:isni/)?|ISNI:?)?(\d{4}-?\d{4}-?\d{4}-?\d{3}[\dX])/?"
    ),
    "viaf": re.compile(
        r"(?:https?://(?:www\.)?viaf\.org/(?:[a-z]{2}/)?viaf/|VIAF:?)?([1-9]\d{1,21})(?:/.*)?"
    ),
    "wikidata": re.compile(r"(?:https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d{0,11})"),
}
MENDS = {
    "orcid": "an ORCID is 16 characters, as in 0000-0002-1825-0097",
    "isni": "an ISNI is 16 characters, as in 0000 0001 2146 438X",
    "viaf": "a VIAF identifier is a number, as in 102333412",
    "wikidata": "a Wikidata identifier is Q and a number, as in Q42",
}


def normalise_identifier(scheme: str, value: str) -> str:
    """The identifier in canonical spelling: ORCID with hyphens, ISNI without, VIAF digits, Wikidata `Q42`.

    `scheme` is orcid, isni, viaf or wikidata; `value` may be pasted as an address or with spaces.
    Raises InvalidIdentifier if it has not the scheme's form or its check character is wrong.
    """
    if scheme not in PATTERNS:
        raise InvalidIdentifier(
            f"“{scheme}” is not an authority known here; use orcid, isni, viaf or wikidata."
        )
    compact = re.sub(r"\s+", "", value)
    found = PATTERNS[scheme].fullmatch(_with_capitals(compact))
    # `\d` knows other digits than 0-9; no authority does.
    if found is None or not compact.isascii():
        raise InvalidIdentifier(f"“{value}” cannot be right: {MENDS[scheme]}.")
    identifier = found.group(1).replace("-", "")
    if scheme not in ("orcid", "isni"):
        return identifier
    if check_character(identifier[:-1]) != identifier[-1]:
        raise InvalidIdentifier(f"“{value}” has a wrong check character; compare it with its source.")
    return "-".join(identifier[i : i + 4] for i in range(0, 16, 4)) if scheme == "orcid" else identifier


# A name at a server, as `acct:` has it (RFC 7565) and Mastodon writes it; the address of a profile is often pasted.
HANDLE = re.compile(r"@?([a-z0-9_](?:[a-z0-9_.-]{0,62}[a-z0-9_])?)@([^\s@/]+)", re.I | re.ASCII)
PROFILE = re.compile(r"https?://([^\s@/]+)/(?:@|users/)([^\s@/]+)/?", re.I)
HOST = re.compile(
    r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*(?::\d{2,5})?",
    re.ASCII,
)


def normalise_handle(value: str) -> str:
    """Somebody's name in the fediverse as `@name@server`; empty for an empty one. The server is written in small letters.

    `value` may lack the first @, or be the address of a profile. Raises InvalidIdentifier if it can't be such a name.
    """
    value = value.strip()
    if not value:
        return ""
    if profile := PROFILE.fullmatch(value):
        value = f"{profile.group(2)}@{profile.group(1)}"
    if handle := HANDLE.fullmatch(value):
        try:
            host = handle.group(2).lower().encode("idna").decode("ascii")
        except UnicodeError:
            host = ""
        if HOST.fullmatch(host):
            return f"@{handle.group(1)}@{host}"
    raise InvalidIdentifier(
        f"“{value}” cannot be right: write it as @name@server, as in @ada@social.example."
    )


def handle_url(handle: str) -> str:
    """Where a canonical `@name@server` leads; empty for an empty one."""
    name, _, host = handle.removeprefix("@").partition("@")
    return f"https://{host}/@{name}" if host else ""


def check_character(digits: str) -> str:
    """The check character of a string of digits by ISO/IEC 7064 MOD 11-2: a digit, or X for ten."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return "X" if check == 10 else str(check)


def identifier_url(scheme: str, value: str) -> str:
    """Where a canonical identifier leads."""
    return {
        "orcid": "https://orcid.org/",
        "isni": "https://isni.org/isni/",
        "viaf": "https://viaf.org/viaf/",
        "wikidata": "https://www.wikidata.org/wiki/",
    }[scheme] + value


def _with_capitals(value: str) -> str:
    """The check character x and Wikidata's q are often typed small; addresses must stay as they are."""
    head, slash, tail = value.rpartition("/")
    return head + slash + tail.upper() if not tail.startswith("http") else value
