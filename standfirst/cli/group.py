"""The list of commands, known without loading any of them, so that `standfirst --help` answers at once."""

import difflib
import importlib
import os
from typing import Any

import click

from standfirst.cli.errors import Refusal
from standfirst.config.opening import said_plainly
from standfirst.config.publication_file import HOME_VARIABLE

# In the order one meets them. The module has the command's name, with a _ where Python wants one.
COMMANDS = {
    "demo": "Make a sample magazine and serve it.",
    "init": "Make a new publication in a directory.",
    "serve": "Serve the publication: its site, its back office and its scheduled articles.",
    "import": "Bring in an archive from another system.",
    "bylines": "Read bylines and compare names in a file of your own.",
    "review": "Go through doubtful bylines and probable duplicates.",
    "cache": "See what is kept, fill it, or clear it.",
    "search": "Make the readers' search anew, or ask it.",
    "check": "Prove that counts, credits and addresses are right.",
    "manage": "Run one of Django's own commands.",
}


class CommandList(click.Group):
    """A group that loads a command when it is called, and turns our errors into one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module_name = f"standfirst.cli.{name}" + ("_" if name == "import" else "")
        try:
            command: click.Command = importlib.import_module(module_name).command
        except ModuleNotFoundError as error:
            if error.name != module_name:
                raise
            raise Refusal(f"`standfirst {name}` is not in this version.") from None
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            likely = difflib.get_close_matches(args[0], COMMANDS, n=1)
            if not likely or "did you mean" in error.message.lower():
                raise
            raise click.UsageError(f"{error.message} Did you mean '{likely[0]}'?", ctx) from None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Exception as error:
            if sentence := said_plainly(error):
                raise Refusal(sentence) from None
            raise


@click.group(
    cls=CommandList, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option(
    "--home",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help=f"The publication's directory. Otherwise {HOME_VARIABLE} names it, or it is the one you stand in.",
)
@click.version_option(package_name="standfirst", message="Standfirst %(version)s")
def cli(home: str | None) -> None:
    """Standfirst publishes magazines.

    A publication lives in one directory: its settings (standfirst.toml), its database, its media and its theme.
    To look around, run `standfirst demo`. To begin your own:

    \b
        standfirst init lantern
        standfirst --home lantern serve
    """
    if home:
        os.environ[HOME_VARIABLE] = os.path.abspath(os.path.expanduser(home))
