"""Surrogate keys of contributors."""

# The A to Z: who is in it, under which name, and with how many articles.
EVERYBODY = "contributors"
# Which letters of it have anybody.
LETTERS = "contributors:letters"


def contributor(pk: int) -> str:
    """A contributor as others link to them: the address, and whether there is one."""
    return f"contributor:{pk}"


def name(pk: int) -> str:
    """The name a contributor has today. (The names printed with articles are the articles'.)"""
    return f"contributor:{pk}:name"


def handle(pk: int) -> str:
    """The name a contributor has in the fediverse: in the head of their articles, and read by programs alone."""
    return f"contributor:{pk}:handle"


def profile(pk: int) -> str:
    """All that a contributor's own page says of them."""
    return f"contributor:{pk}:profile"


def under(letter: str) -> str:
    """The people under one letter of the A to Z; `letter` is one, or `#`."""
    return f"contributors:{letter}"
