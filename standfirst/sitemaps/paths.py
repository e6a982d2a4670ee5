"""Where crawlers find the sitemaps. Each file of them lasts: what is in one stays in it."""

from .months import Month

INDEX = "/sitemap.xml"
NEWS = "/sitemaps/news.xml"
PAGES = "/sitemaps/pages.xml"


def articles_path(month: Month, part: int = 1, parts: int = 1) -> str:
    """The articles of a month; of a month with more than one file holds, those of a part."""
    return (
        f"/sitemaps/articles-{month}.xml"
        if parts == 1
        else f"/sitemaps/articles-{month}-{part}-of-{parts}.xml"
    )


def chunk_path(kind: str, number: int) -> str:
    """A range of contributors, sections or topics, by their ids."""
    return f"/sitemaps/{kind}-{number}.xml"
