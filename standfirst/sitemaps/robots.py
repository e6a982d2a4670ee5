"""What crawlers are told: which of them may read the magazine, and where its sitemaps are (RFC 9309)."""

from collections.abc import Iterable

from standfirst.addresses.paths import absolute
from standfirst.search.paths import SEARCH

from .paths import INDEX, NEWS

# Those that gather texts to train models, and the names under which search engines are asked not to pass on what they read
# for it (Google-Extended, Applebot-Extended). None of them makes a magazine findable; those that do have names of their own.
TRAINING = (
    "AI2Bot",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "Diffbot",
    "FacebookBot",
    "GPTBot",
    "Google-Extended",
    "GoogleOther",
    "ImagesiftBot",
    "PanguBot",
    "Timpibot",
    "anthropic-ai",
    "cohere-training-data-crawler",
    "meta-externalagent",
    "omgili",
)
# Nothing there is for a search engine, and each question to the search is another page.
NOT_READ = ("/admin/", SEARCH, "/_util/")
NOBODY = "User-agent: *\nDisallow: /\n"


def robots_text(*, may_search: bool, may_train: bool) -> str:
    """The whole of robots.txt."""
    if not may_search and not may_train:
        return NOBODY
    groups = [_group(["*"], NOT_READ if may_search else ["/"])]
    if may_search != may_train:
        groups.append(_group(TRAINING, NOT_READ if may_train else ["/"]))
    return "\n".join((*groups, *(f"Sitemap: {absolute(path)}\n" for path in (INDEX, NEWS))))


def _group(agents: Iterable[str], disallowed: Iterable[str]) -> str:
    lines = [*(f"User-agent: {agent}" for agent in agents), *(f"Disallow: {path}" for path in disallowed)]
    return "\n".join(lines) + "\n"
