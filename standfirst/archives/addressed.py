"""What is at an address that readers browse. No list is built without something resolved to build it from.

Each of these finds what has a slug, or had it, and notes what that depends on; raises Http404 where there is nothing
that readers may know of, and `Withdrawn`. Compare the slug found with the one asked for to tell a former address.
"""

import re
from typing import TypeVar

from django.http import Http404
from django.utils.translation import gettext as _

from standfirst.addresses import cachekeys as addresses
from standfirst.addresses.paths import SlugPaths
from standfirst.bylines.models import Role
from standfirst.contributors import cachekeys as contributor_keys
from standfirst.contributors.models import Contributor
from standfirst.contributors.paths import CONTRIBUTOR_PATHS
from standfirst.contributors.queries import contributor_at
from standfirst.pagecache.recording import shows
from standfirst.publications.cachekeys import shelf_key
from standfirst.publications.models import Section, Topic
from standfirst.publications.paths import SECTION_PATHS, TOPIC_PATHS
from standfirst.publications.queries import section_at, topic_at

from .errors import Withdrawn

ShelfType = TypeVar("ShelfType", Section, Topic)
_PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


def contributor_addressed(slug: str) -> Contributor:
    """The contributor at `/author/<slug>/`."""
    person = contributor_at(slug)
    if person is None:
        shows(addresses.address(CONTRIBUTOR_PATHS.of(slug)))
        raise Http404(_("There is no contributor at this address."))
    shows(contributor_keys.contributor(person.pk))
    if person.slug != slug:
        # Through a merge, perhaps: should it be undone, the address is another's again.
        shows(addresses.address(CONTRIBUTOR_PATHS.of(slug)))
    if person.is_withdrawn:
        raise Withdrawn
    return person


def role_addressed(code: str) -> Role:
    """The role under whose code a contributor's other work is; authorship has no address of its own."""
    role = Role.objects.filter(code=code, is_authorship=False).first()
    if role is None:
        raise Http404(_("There is no such work here."))
    return role


def section_addressed(slug: str) -> Section:
    """The section at `/section/<slug>/`."""
    return _shelf(SECTION_PATHS, slug, section_at(slug))


def topic_addressed(slug: str) -> Topic:
    """The topic at `/topic/<slug>/`."""
    return _shelf(TOPIC_PATHS, slug, topic_at(slug))


def page_number(text: str) -> int:
    """The number of an archive page as an address spells it: no sign, no leading zero, no other digits. 0 for none."""
    return int(text) if _PAGE_NUMBER.fullmatch(text) else 0


def _shelf(paths: SlugPaths, slug: str, shelf: ShelfType | None) -> ShelfType:
    if shelf is None:
        shows(addresses.address(paths.of(slug)))
        raise Http404(_("There is nothing at this address."))
    shows(shelf_key(shelf))
    return shelf
