"""Surrogate keys. The rooms declare their own beside their models (`cachekeys.py`); this one is everybody's."""

# Shown by every page. A change of it is a change of every page, at the cost of one row.
EVERYTHING = "publication"
LONGEST = 120
# Begins the name of the key that remembers which edition is served. No page shows it.
EDITION = "edition:"
