"""The contributors a change is about, as they are in the database now, and held until it is made."""

from django.utils.translation import gettext as _

from standfirst.contributors.models import Contributor

from .errors import CannotChange


def held(*contributors: Contributor) -> list[Contributor]:
    """The same contributors as stored at this moment; nobody else changes them until the transaction ends."""
    # In the order of their ids: two changes taking them in different orders would wait for each other for ever.
    rows = Contributor.objects.select_for_update(of=("self",)).order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=[one.pk for one in contributors])}
    return [found[one.pk] for one in contributors]


def refresh(*contributors: Contributor) -> None:
    """Make what callers hold what is stored now."""
    for one in contributors:
        one.refresh_from_db()


def refuse_unless_present(contributor: Contributor) -> None:
    """Raises CannotChange for somebody who was merged away, and for an unassigned place."""
    if contributor.merged_into is not None:
        raise CannotChange(
            _("%(name)s was merged into %(kept)s: change them instead, or undo the merge.")
            % {"name": contributor, "kept": contributor.merged_into}
        )
    if contributor.is_unassigned_place:
        raise CannotChange(_("These credits are nobody's yet: first say whose they are."))
