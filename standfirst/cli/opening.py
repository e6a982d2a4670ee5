"""How a command gets the publication it works on."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

import click

from standfirst.cli.errors import Refusal
from standfirst.config.opening import open_publication
from standfirst.config.publication_file import PublicationFile

P = ParamSpec("P")
R = TypeVar("R")


def on_a_publication(function: Callable[Concatenate[PublicationFile, P], R]) -> Callable[P, R]:
    """For commands that work on a publication: adds `--home`, and hands them the opened publication first."""

    @home_option
    @functools.wraps(function)
    def opened(*args: P.args, **kwargs: P.kwargs) -> R:
        home = kwargs.pop("home", None)
        publication = open_publication(home if isinstance(home, str) else None)
        # Here, not above: Django is ready now, and `--help` does without it.
        from standfirst.config.database_state import former

        if sentence := former():
            raise Refusal(sentence)
        return function(publication, *args, **kwargs)

    return opened


home_option = click.option(
    "--home", metavar="DIR", type=click.Path(file_okay=False), help="The publication's directory."
)
