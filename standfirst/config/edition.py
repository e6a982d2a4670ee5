"""What every page depends on besides the database, as one short name."""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

from standfirst.config.publication_file import PublicationFile

PACKAGES = ("django", "wagtail", "jinja2")
# What shapes a page: our own code, and the theme with the publication's files before it. Faces shape share images.
KINDS = ("*.py", "*.html", "*.css", "*.mo", "*.ttf", "*.otf", "*.woff2", "icon.svg")


def state_of_file(path: Path) -> tuple[int, int]:
    """What differs once a file has changed; of one that can't be read, such as a link to nothing, nothing."""
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_size, status.st_mtime_ns)


def edition_of(publication: PublicationFile, package: Path) -> str:
    """A name that differs whenever the software, the theme or the publication's file would print pages differently.

    Pages are kept under it: two versions that run side by side for a moment never send each other's.
    """
    facts: list[object] = [version(name) for name in PACKAGES]
    facts += [publication.name, publication.address, publication.language, publication.time_zone]
    # The keys go with a kept page as the cache outside wants them: one for another cache it could never forget.
    facts.append(publication.purge.kind)
    facts += [publication.crawlers.search, publication.crawlers.training]
    facts += [publication.feeds.content, publication.feeds.hub]
    for root in (package, publication.theme):
        for kind in KINDS:
            for path in sorted(root.rglob(kind)):
                facts.append((str(path.relative_to(root)), *state_of_file(path)))
    return hashlib.blake2b(json.dumps(facts).encode(), digest_size=6).hexdigest()
