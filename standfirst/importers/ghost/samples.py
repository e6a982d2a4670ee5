"""Recognises the articles that Ghost itself put on every new site, so that nobody publishes them by accident."""

from standfirst.importers.ghost.people import is_sample_user
from standfirst.importers.ghost.reader import GhostPost, Survey

# By the account “Ghost”, on sites made before version 4.
_BY_GHOST = frozenset(
    [
        "admin-settings",
        "advanced-markdown",
        "apps-integrations",
        "coming-soon",
        "design",
        "free-or-premium",
        "get-in-touch",
        "going-live",
        "grow",
        "integrations",
        "managing-users",
        "organising-content",
        "portal",
        "private-sites",
        "publishing-options",
        "sell",
        "setup",
        "the-editor",
        "themes",
        "using-tags",
        "welcome",
        "welcome-short",
        "welcome-to-ghost",
        "write",
    ]
)
# By the owner of the site, since then: the slug and words that stand in it only as it came.
_BY_OWNER = {
    "about": "is an independent publication launched in",
    "coming-soon": "a brand new site by",
    "contact": "this is an example page",
    "contribute": "this is an example page",
    "privacy": "this is an example page",
}


def is_sample(post: GhostPost, found: Survey) -> bool:
    """Whether a post is one of Ghost's own, as it came."""
    authors = [found.users[number] for number in post.authors]
    if post.slug in _BY_GHOST and authors and all(map(is_sample_user, authors)):
        return True
    words = _BY_OWNER.get(post.slug)
    return words is not None and words in f"{post.plaintext} {post.html}".casefold()
