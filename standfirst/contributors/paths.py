"""Where readers find contributors."""

from standfirst.addresses.paths import SlugPaths

CONTRIBUTOR_PATHS = SlugPaths("author")
# All of them, A to Z.
EVERYBODY = "/authors/"


def lasting_path(pk: int) -> str:
    """An address that is a contributor's for good, whatever they are called: programs know them by it, and it leads to their page."""
    return f"/id/contributor/{pk}/"
