"""Surrogate keys of what crawlers read. What sitemaps list is announced by the rooms whose it is."""

# What robots are told: a setting, and nothing else.
ROBOTS = "robots"
