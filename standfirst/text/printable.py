"""What no page and no database can hold, taken out of texts."""

import re

# NUL, and halves of characters, which JSON, YAML and TOML can all spell.
UNPRINTABLE = re.compile("[\0\ud800-\udfff]")


def printable(text: str) -> str:
    """The text without what cannot be printed; the same text, if all of it can."""
    try:
        text.encode()  # tells of halves five times as fast as looking for them
    except UnicodeEncodeError:
        return UNPRINTABLE.sub("", text)
    return text.replace("\0", "") if "\0" in text else text
