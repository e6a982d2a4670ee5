"""Writes about what was imported that are no import's."""

from collections.abc import Mapping

from django.contrib.auth.models import AbstractBaseUser
from wagtail.log_actions import log

from standfirst.database.turns import in_turn
from standfirst.importers.ledger import as_stored, remembered_rules
from standfirst.importers.models import ImportSource
from standfirst.importers.queries import uses_of
from standfirst.importers.reading.archive import Rules
from standfirst.importers.reading.fields import AUTO, stated


@in_turn()
def settle_fields(source: ImportSource, uses: Mapping[str, str], *, by: AbstractBaseUser | None) -> bool:
    """Say what fields of a site are, for its next import; `auto` takes back what was said. Says whether anything changed.

    Nothing that was imported changes now: what an article would be with it, only its archive can tell. Raises ImportRefused
    for what a field of this site can't be.
    """
    said = Rules(stated((f"{name}={use or AUTO}" for name, use in uses.items()), uses_of(source)))
    source = ImportSource.objects.select_for_update().get(pk=source.pk)
    before = as_stored(remembered_rules(source))
    source.rules = as_stored(said.over(remembered_rules(source)))
    if source.rules == before:
        return False
    source.save(update_fields=["rules"])
    log(instance=source, action="wagtail.edit", user=by)
    return True
