"""How the command line says no."""

import click


class Refusal(click.ClickException):
    """One clear sentence about what is wrong and how to mend it; exit status 2, never a traceback."""

    exit_code = 2
