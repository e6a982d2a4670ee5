"""The Jinja2 environment of the public templates: escaping, translation, dates, and nothing that could run a query."""

import datetime as dt
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import get_language
from jinja2 import Environment
from markupsafe import Markup

# More would keep a table from fitting where it could.
LONGEST_FIGURES = 14
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def environment(**options: Any) -> Environment:
    """An environment whose templates escape what they print and speak the active language."""
    options.setdefault("autoescape", True)
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    extensions = [*options.pop("extensions", ()), "jinja2.ext.i18n", "wagtail.admin.jinja2tags.userbar"]
    env = Environment(extensions=extensions, **options)
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.filters |= {
        "date_long": date_long,
        "date_short": date_short,
        "iso": iso,
        "year": year,
        "nbsp_last": nbsp_last,
        "is_figures": is_figures,
        "site_name": site_name,
        "absolute": absolute,
    }
    env.globals |= {"static": static, "url": reverse}
    return env


def date_long(value: dt.date) -> str:
    """Day, month and year, as the active language writes them."""
    return _date(dt.date(value.year, value.month, value.day), "DATE_FORMAT", "j F Y", get_language() or "")


def date_short(value: dt.date) -> str:
    """Day and month, for a list in which the year stands above."""
    return _date(dt.date(value.year, value.month, value.day), "MONTH_DAY_FORMAT", "j F", get_language() or "")


def iso(value: dt.date) -> str:
    """What the `datetime` of a `time` element holds: an instant with its offset, or a day."""
    return value.isoformat(timespec="seconds") if isinstance(value, dt.datetime) else value.isoformat()


def year(value: dt.date) -> str:
    """The year in figures, never grouped by thousands."""
    return f"{value.year:04d}"


def nbsp_last(text: str) -> str:
    """Ties a short last word to the one before it, so that it never stands alone on a line.

    Left alone: texts of three words or fewer, which could not break any better, and long last words.
    """
    words = text.rsplit(" ", 1)
    if len(words) < 2 or text.count(" ") < 3 or len(words[1]) > 9:
        return text
    joined = f"{words[0]}{NO_BREAK_SPACE}{words[1]}"
    return Markup(joined) if isinstance(text, Markup) else joined


def is_figures(cell: str) -> bool:
    """Whether what stands in a table is a number, perhaps with its unit, which no line may tear apart."""
    words = str(Markup(cell).striptags()).split()
    return 0 < len(words) <= 2 and words[0][-1].isdigit() and len(" ".join(words)) <= LONGEST_FIGURES


def site_name(address: str) -> str:
    """The host of an address without `www.`, as a reader would say it; the address itself when it has none."""
    host = address.partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0]
    return host.removeprefix("www.") or address


def absolute(address: str, page: str) -> str:
    """The whole address of something on a page, for those who read it elsewhere."""
    return urljoin(page, address)


@lru_cache(10_000)
def _date(day: dt.date, name: str, english: str, language: str) -> str:
    # Django's plain "en" is American ("Nov. 3, 2024"); every other English writes the day first.
    is_day_first = language.startswith("en") and language not in ("en", "en-us")
    return formats.date_format(day, english if is_day_first else name)
