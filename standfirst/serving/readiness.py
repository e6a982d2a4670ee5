"""What must be so before a publication can be served: its tables up to date. (Its static files: `config.collecting`.)"""

from pathlib import Path

from django.core.management import call_command

from standfirst.config.database_state import database_state, not_this_version


def not_ready(home: Path, *, may_migrate: bool) -> str:
    """One sentence, with its mend, if the tables are not those of this version; "" if they are, or have been brought up.

    `may_migrate` lets it bring up ours that are behind: an empty database and somebody else's are left alone all the same.
    """
    said = not_this_version(home)
    if said and may_migrate and (state := database_state()).is_ours and not state.unknown:
        call_command("migrate", interactive=False, verbosity=0)
        return ""
    return said
