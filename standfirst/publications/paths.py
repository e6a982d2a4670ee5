"""Where readers find sections and topics."""

from standfirst.addresses.paths import SlugPaths

SECTION_PATHS = SlugPaths("section")
TOPIC_PATHS = SlugPaths("topic")
