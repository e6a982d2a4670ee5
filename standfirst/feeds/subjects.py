"""What a feed is of: each of these finds, by the arguments of its address, an archive that readers may browse."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from standfirst.archives import cachekeys
from standfirst.archives.addressed import (
    contributor_addressed,
    role_addressed,
    section_addressed,
    topic_addressed,
)
from standfirst.archives.archive import Archive
from standfirst.archives.profiles import work_title
from standfirst.contributors.cachekeys import name as present_name
from standfirst.pagecache.recording import shows
from standfirst.publications.cachekeys import shelf_key, shelf_page
from standfirst.publications.models import Section, Topic
from standfirst.text.markup import plain_text


@dataclass(frozen=True, slots=True)
class Subject:
    """An archive, with what it is called and said to be; both empty for everything, which is called as the magazine is.

    `page` is the address of the page that shows it to readers.
    """

    archive: Archive
    page: str
    title: str = ""
    description: str = ""


def everything() -> Subject:
    archive = Archive.of_everything()
    return Subject(archive, archive.path)


def by_contributor(slug: str, role: str = "") -> Subject:
    """A contributor's articles, be there any or not, or their other work in a role, if there is any."""
    person = contributor_addressed(slug)
    within = role_addressed(role) if role else None
    archive = Archive.by(person, within)
    if within is not None and not archive.count:
        shows(cachekeys.entries(archive.key))
        raise Http404(_("There is no such work here."))
    shows(present_name(person.pk))
    return Subject(archive, person.path, work_title(person, within))


def in_section(slug: str) -> Subject:
    shelf = section_addressed(slug)
    return _on_shelf(shelf, Archive.in_section(shelf))


def on_topic(slug: str) -> Subject:
    shelf = topic_addressed(slug)
    return _on_shelf(shelf, Archive.on_topic(shelf))


def _on_shelf(shelf: Section | Topic, archive: Archive) -> Subject:
    shows(shelf_page(shelf_key(shelf)))
    return Subject(archive, archive.path, shelf.name, plain_text(shelf.description))
