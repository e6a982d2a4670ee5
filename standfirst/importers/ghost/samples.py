"""Recognises the articles that Ghost itself put on every new site, so that nobody publishes them by accident."""

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


# The id of the account that Ghost's own sample articles were by, the same on every site.
_ACCOUNT = "5951f5fca366002ebd5dbef7"


def is_sample_account(number: str, name: str, slug: str) -> bool:
    """Whether this is the account that Ghost itself made for its sample articles."""
    return name.casefold() == "ghost" and (number == _ACCOUNT or slug == "ghost")


def is_sample_slug(slug: str) -> bool:
    """Whether an article by that account is a sample, and no text of the publication."""
    return slug in _BY_GHOST


def is_as_it_came(slug: str, words: str) -> bool:
    """Whether an article by anybody is one of Ghost's own that nobody has changed."""
    return slug in _BY_OWNER and _BY_OWNER[slug] in words.casefold()
