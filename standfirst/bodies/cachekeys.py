"""Surrogate keys of what is printed."""


def page_text(pk: int) -> str:
    """All that the own page of an article, or of a page of the publication's, shows."""
    return f"page:{pk}:text"


def image(pk: int) -> str:
    """An uploaded image, in every size."""
    return f"image:{pk}"


def image_sizes(pk: int) -> str:
    """Which sizes of an uploaded image have been made."""
    return f"image:{pk}:sizes"
