"""Where readers find contributors."""

from standfirst.addresses.paths import SlugPaths

CONTRIBUTOR_PATHS = SlugPaths("author")
# All of them, A to Z.
EVERYBODY = "/authors/"
