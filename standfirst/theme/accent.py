"""A publication's accent as a tiny stylesheet, legible on both grounds whatever colour was chosen.

The shipped style derives the same colours with `oklch(from …)`; the plain values here are for browsers that cannot.
"""

from standfirst.publications.colours import accent_of, on_dark, on_light


def theme_css(accent: str) -> str:
    """The style sheet of an accent. Anything that is not a hex colour is answered with the default's."""
    chosen = accent_of(accent)
    return (
        f":root{{--accent:{chosen};"
        f"--accent-plain-light:{on_light(chosen)};--accent-plain-dark:{on_dark(chosen)}}}\n"
    )
