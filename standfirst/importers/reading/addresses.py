"""Addresses of an old site, as files, links and statements give them, in one form.

A mirror knows a page by its file (`example.org/2019/03/story/index.html`), a link in it by a path beside that file
(`../story/index.html`), and the page itself by its canonical address. All of them come here to one *key*: the path and
query on the site, without what changes nothing.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

_INDEX = re.compile(r"(?:\A|(?<=/))(?:index|default)\.(?:x?html?|php|aspx?)(?=\Z|\?)", re.IGNORECASE)
_ADDED = re.compile(r"\.html?\Z", re.IGNORECASE)
# Added by those who count readers; the page is the same without them.
_COUNTING = re.compile(
    r"\A(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ref|share|replytocom|amp)\Z"
)
_PAGE_FILE = re.compile(r"\.(?:x?html?|shtml|php|aspx?|jsp|cfm)(?:\Z|[?@#])", re.IGNORECASE)
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class SiteAddresses:
    """The hosts that are the old site's."""

    hosts: frozenset[str] = field(default_factory=frozenset)

    def is_own(self, host: str) -> bool:
        return not host or host_name(host) in self.hosts

    def key_of(self, url: str) -> str:
        """The key of an address of this site; empty for that of any other."""
        try:
            parts = urlsplit(url.strip()[:LONGEST])
        except ValueError:
            return ""
        if parts.scheme not in ("", "http", "https") or not self.is_own(parts.netloc):
            return ""
        return path_key(unquote(parts.path), unquote(parts.query))


def host_name(host: str) -> str:
    return host.lower().removeprefix("www.")


def path_key(path: str, query: str = "") -> str:
    """A path and query as all of their spellings share them."""
    if "?" in path and not query:
        path, _, query = path.partition("?")
        # wget -E adds its own ending behind the query.
        query = _ADDED.sub("", query)
    path = _INDEX.sub("", path)
    path = re.sub(r"/{2,}", "/", "/" + path.strip().lstrip("/"))
    pairs = [
        (name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not _COUNTING.match(name)
    ]
    plain = path.rstrip("/ ") or "/"
    return f"{plain}?{urlencode(pairs)}" if pairs else plain


def file_key(path: str) -> str:
    """The key of the page a file below its host's folder holds. Windows cannot write `?`, so wget writes `@` there."""
    if "?" not in path and (at := re.search(r"(?<=\.html)@|(?<=/)@|(?<=\.php)@", path)):
        path = f"{path[: at.start()]}?{path[at.end() :]}"
    return path_key(path)


def file_address(path: str) -> str:
    """The address a file had, as a path with its query, percent-encoded."""
    key = file_key(path)
    head, mark, query = key.partition("?")
    slash = "/" if head != "/" and _INDEX.search(path.partition("?")[0].partition("@")[0]) else ""
    return f"{quote(head)}{slash}{mark}{query}"


_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # no address holds any, nor may a document


def resolve(base: str, href: str) -> str:
    """The absolute address a link leads to; empty if it leads nowhere a page can be."""
    href = href.strip()
    if not href or href.startswith("#") or len(href) > LONGEST:
        return ""
    try:
        url = urljoin(base, href)
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or _CONTROL.search(url):
        return ""
    return url.partition("#")[0]


def old_path(url: str) -> str:
    """Path and query of an address, as a redirect keeps them."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path


def last_word(key: str) -> str:
    """What an address ends in, for a slug: the last part of its path that says something."""
    path = key.partition("?")[0]
    parts = [part for part in path.split("/") if part and not part.isdigit()]
    return re.sub(_PAGE_FILE, "", parts[-1]) if parts else ""
