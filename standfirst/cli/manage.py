"""`standfirst manage`: Django's own commands, on this publication."""

import click

from standfirst.cli.opening import on_a_publication
from standfirst.config.publication_file import PublicationFile


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    options_metavar="[--home DIR]",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="COMMAND [ARGUMENTS]...")
@on_a_publication
def command(publication: PublicationFile, arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands.

    \b
    After an upgrade:         standfirst manage migrate
    A further account:        standfirst manage createsuperuser
    A forgotten password:     standfirst manage changepassword NAME
    All there are:            standfirst manage help
    """
    from django.core.management import ManagementUtility

    from standfirst.pagecache.actions import any_write_announced, everything_changed

    utility = ManagementUtility(["standfirst manage", *(arguments or ("help",))])
    if arguments[:1] == ("migrate",):
        # The tables that announcements are written to may be yet to come.
        utility.execute()
        everything_changed()
        return
    with any_write_announced():
        utility.execute()
