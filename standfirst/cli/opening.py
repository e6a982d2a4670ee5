"""Opening a publication: what every command that works on one does first."""

import functools
import importlib.util
import os
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

import click

from standfirst.cli.errors import Refusal
from standfirst.config import publication_file
from standfirst.config.publication_file import HOME_VARIABLE, PublicationFile

P = ParamSpec("P")
R = TypeVar("R")


def open_publication(home: str | None = None) -> PublicationFile:
    """Read the publication's file, and make Django ready to work on it."""
    publication = publication_file.read(publication_file.find_home(home))
    publication_file.read_secret(publication.home)
    if publication.database.engine == "postgresql" and importlib.util.find_spec("psycopg") is None:
        raise Refusal(
            f"{publication.path}: database is PostgreSQL, and its driver is missing: "
            "run `pip install 'standfirst[postgresql]'`."
        )
    os.environ[HOME_VARIABLE] = str(publication.home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "standfirst.config.settings"
    import django

    django.setup()
    return publication


def on_a_publication(function: Callable[Concatenate[PublicationFile, P], R]) -> Callable[P, R]:
    """For commands that work on a publication: adds `--home`, and hands them the opened publication first."""

    @click.option(
        "--home", metavar="DIR", type=click.Path(file_okay=False), help="The publication's directory."
    )
    @functools.wraps(function)
    def opened(*args: P.args, **kwargs: P.kwargs) -> R:
        home = kwargs.pop("home", None)
        return function(open_publication(home if isinstance(home, str) else None), *args, **kwargs)

    return opened
