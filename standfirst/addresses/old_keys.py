"""How WordPress addresses a thing on its front page. Pure Python: the settings name them too."""

# https://developer.wordpress.org/reference/classes/wp/#public_query_vars
OLD_KEYS = frozenset({"p", "page_id", "attachment_id", "author", "cat", "tag", "feed", "m"})
