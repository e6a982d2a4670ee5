"""`standfirst init`: a new publication."""

import secrets
from pathlib import Path

import click

from standfirst.cli.errors import Refusal
from standfirst.config import publication_file
from standfirst.config.opening import open_publication
from standfirst.config.publication_directory import new_database_file, new_directory, publication_text
from standfirst.config.publication_file import PublicationFile


@click.command()
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--name", help="What the magazine is called. Otherwise its directory's name.")
@click.option(
    "--address",
    default="http://localhost:8000",
    show_default=True,
    help="Where readers will find it. A port of this machine is also what `serve` listens on.",
)
@click.option("--language", default="en-gb", show_default=True, help="The language it is written in.")
@click.option("--time-zone", default="", help="The zone its dates are in. Otherwise this machine's.")
@click.option(
    "--database",
    default="sqlite:///standfirst.sqlite3",
    show_default=True,
    help="Or postgresql://user:password@host:5432/name, an empty database.",
)
@click.option("--user", default="editor", show_default=True, help="The name of the first account.")
@click.option("--email", default="", help="The first account's mail address.")
@click.option(
    "--ask-password", is_flag=True, help="Ask for the first account's password, rather than make one up."
)
def command(
    directory: Path,
    name: str | None,
    address: str,
    language: str,
    time_zone: str,
    database: str,
    user: str,
    email: str,
    ask_password: bool,
) -> None:
    """Make a new publication in DIR, which must be empty or not there yet.

    It gets its settings (standfirst.toml), a secret, its database, folders for media and theme, an empty front
    page, and an account for you. Nothing has to be answered: every setting can be changed in the file later.
    """
    home = directory.expanduser().resolve()
    name = name or home.name.replace("-", " ").replace("_", " ").title() or "Untitled"
    text = publication_text(
        name=name, address=address, language=language, time_zone=time_zone, database=database
    )
    with new_directory(home, text):
        password = (
            click.prompt("Password of the first account", hide_input=True, confirmation_prompt=True)
            if ask_password
            else secrets.token_urlsafe(12)
        )
        click.echo(f"Making {name} in {home} …")
        set_up(home, user=user, email=email, password=password)

    click.echo(f"Done. Serve it with:  standfirst --home {click.format_filename(str(directory))} serve")
    click.echo(f"Log in at {address}/admin/ as {user}", nl=ask_password)
    if not ask_password:
        click.echo(f" with the password {password}")
        click.echo(
            "(It is shown this once and kept nowhere. `standfirst manage changepassword` sets another.)"
        )


def set_up(home: Path, *, user: str, email: str, password: str) -> None:
    """Make the tables, the front page and the first account of the publication in `home`."""
    database = publication_file.read(home).database
    path = Path(database.name)
    is_new_file = database.engine == "sqlite" and not path.exists()
    if is_new_file:
        new_database_file(path)
    elif database.engine == "sqlite" and (not path.is_file() or path.stat().st_size):
        # Not even looked into: that alone would leave a trace in it.
        raise Refusal(
            f"{path} is there already: name a file that is not, so that nothing in it is mixed or lost."
        )
    try:
        _fill(open_publication(str(home)), user=user, email=email, password=password)
    except BaseException:
        if is_new_file:  # It may lie outside the directory, which is emptied.
            for end in ("", "-wal", "-shm"):
                Path(f"{path}{end}").unlink(missing_ok=True)
        raise


def _fill(publication: PublicationFile, *, user: str, email: str, password: str) -> None:
    from django.contrib.auth import get_user_model
    from django.core.exceptions import ValidationError
    from django.core.management import call_command

    from standfirst.articles.actions import found_article_index
    from standfirst.backoffice.actions import let_editors_work
    from standfirst.config.database_state import must_be_empty
    from standfirst.publications.actions import found_publication

    try:
        get_user_model()(username=user, email=email).clean_fields(exclude={"password"})
    except ValidationError as error:
        raise Refusal(f"The first account can't be made: {' '.join(error.messages)}") from None
    must_be_empty()
    call_command("migrate", verbosity=0, interactive=False)
    let_editors_work()
    found_article_index(found_publication(name=publication.name, address=publication.address))
    get_user_model().objects.create_superuser(user, email=email, password=password)
