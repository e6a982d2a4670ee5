"""Where readers find articles."""

# All that are public, newest first.
EVERYTHING = "/articles/"


def path_at(address: str | None) -> str:
    """The path of an article's address (`2024/05/slow-river`); empty if it has none yet."""
    return f"/{address}/" if address else ""


def cite_path(address: str, kind: str) -> str:
    """Where an article is cited for programs: `kind` is one of `api.works`, such as `bib`."""
    return f"{path_at(address)}cite.{kind}"
