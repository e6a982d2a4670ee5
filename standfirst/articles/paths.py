"""Where readers find articles."""

# All that are public, newest first.
EVERYTHING = "/articles/"


def path_at(address: str | None) -> str:
    """The path of an article's address (`2024/05/slow-river`); empty if it has none yet."""
    return f"/{address}/" if address else ""


# What articles and archives are cited as: how each ends, and what it is called.
CITED_AS = {"bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON"}


def cite_path(address: str | None, kind: str) -> str:
    """Where an article is to be had as a reference of one of these kinds; empty if it has no address yet."""
    return f"{path_at(address)}cite.{kind}" if address else ""
