"""Rich text as a reader gets it."""

import re
from typing import Any

from markupsafe import Markup
from wagtail.rich_text import expand_db_html

from standfirst.text.markup import printable, with_sound_links

NO_LINK = "<a>"  # what stands before words whose link leads nowhere
WITHOUT_ADDRESS = re.compile(r"<a>(.*?)</a>", re.DOTALL)


def rich(html: Any) -> Markup:
    """Rich text as the reader gets it: internal links resolved (`links`), and the words alone where one leads nowhere."""
    source = str(getattr(html, "source", html) or "")
    if "<a" in source:
        source = WITHOUT_ADDRESS.sub(r"\1", expand_db_html(with_sound_links(source)))
    return Markup(printable(source))
