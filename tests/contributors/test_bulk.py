"""Contributors stored many at once are as if each had been created."""

import pytest
from wagtail.models import ModelLogEntry
from wagtail.search.models import IndexEntry

from standfirst.contributors.actions import create_contributor
from standfirst.contributors.bulk import NewContributor, store_contributors
from standfirst.contributors.models import Alias, Contributor, ContributorSlug

pytestmark = pytest.mark.django_db


def as_stored(contributor):
    row = Contributor.objects.filter(pk=contributor.pk).values().get()
    entry = (
        IndexEntry.objects.filter(object_id=str(contributor.pk)).values("title", "body", "autocomplete").get()
    )
    log = ModelLogEntry.objects.filter(object_id=str(contributor.pk)).values("action", "label", "user").get()
    return {name: value for name, value in row.items() if name not in ("id", "slug")}, entry, log


def test_what_is_stored_is_what_creating_one_stores():
    created = create_contributor(display_name="Ada  de Quill", biography="<p>Rivers.</p>", by=None)
    stored = Contributor(display_name="Ada  de Quill", biography="<p>Rivers.</p>")

    store_contributors([NewContributor(stored)], by=None)

    assert as_stored(stored) == as_stored(created)


def test_slugs_are_nobodys_elses_within_the_batch_or_before():
    create_contributor(display_name="Ada Quill", by=None)
    new = [NewContributor(Contributor(display_name=name)) for name in ("Ada Quill", "Ada Quill", "李", "李")]
    new.append(NewContributor(Contributor(display_name="Ben Ode", slug="ada-quill")))

    store_contributors(new, by=None)

    slugs = [item.contributor.slug for item in new]
    assert len({*slugs, "ada-quill"}) == 6
    assert [ContributorSlug.objects.get(pk=slug).owner for slug in slugs] == [
        item.contributor for item in new
    ]


def test_links_and_aliases_come_along_once_each():
    new = NewContributor(
        Contributor(display_name="Ada Quill"),
        (("river.example", "https://river.example"),),
        ("A. Quill", "A. Quill"),
    )

    store_contributors([new], by=None)

    assert [link.url for link in new.contributor.links.all()] == ["https://river.example"]
    [alias] = Alias.objects.filter(contributor=new.contributor)
    assert (alias.name, alias.matching_form, alias.is_public) == ("A. Quill", "a quill", False)
