"""Where readers find articles."""

# All that are public, newest first.
EVERYTHING = "/articles/"


def path_at(address: str | None) -> str:
    """The path of an article's address (`2024/05/slow-river`); empty if it has none yet."""
    return f"/{address}/" if address else ""
