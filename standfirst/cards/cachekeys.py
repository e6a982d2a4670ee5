"""Surrogate keys of share images and icons. What they show of articles and people is announced by those rooms."""

# The publication's icons and its manifest, which show nothing but the publication.
ICONS = "icons"
