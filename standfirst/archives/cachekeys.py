"""Surrogate keys of archives. Each archive has one for its own address, and one for each of its archive pages."""


def archive(*, contributor: int | None, role: int | None, section: int | None, topic: int | None) -> str:
    """The name of an archive, which its other keys begin with."""
    if contributor is not None:
        return f"contributor:{contributor}:credits" + (f":role:{role}" if role else "")
    if section is not None:
        return f"section:{section}:articles"
    return "articles" if topic is None else f"topic:{topic}:articles"


def newest(archive: str) -> str:
    """What an archive's own address shows: its count, its newest entries, its years."""
    # A contributor's other work stands on the same page as their articles.
    return archive.partition(":role:")[0]


def entries(archive: str) -> str:
    """The newest entries of an archive and how it is cut, for what shows neither its years nor anything beside it."""
    return f"{archive}:newest"


def page(archive: str, number: int) -> str:
    """One archive page, or that there is none of this number yet."""
    return f"{archive}:page:{number}"


def pages(archive: str) -> str:
    """All pages of an archive, for a change that moves too many of them to be named."""
    return f"{archive}:pages"
