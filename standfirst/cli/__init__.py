"""The `standfirst` command. Each subcommand is a module of its own, loaded only when it is called."""

import sys

from standfirst.cli.group import cli


def main() -> None:
    """Run the command line given to this process."""
    cli(prog_name="standfirst" if not sys.argv[0].endswith("__main__.py") else "python -m standfirst")
