"""What may be asked of the lists of the interface, by address. Pure Python: the front door reads it before Django."""

ROOT = "/api/v1/"

# The orders in which a search gives what it finds.
SORTS = (BEST, NEWEST) = ("best", "newest")

PAGING = frozenset({"cursor", "limit", "fields"})
OF_ARTICLES = PAGING | {"contributor", "role", "section", "topic"}
# Of any other address, and of any other parameter, what stands behind the question mark makes no difference.
COUNTED: dict[str, frozenset[str]] = {
    f"{ROOT}articles/": OF_ARTICLES,
    f"{ROOT}credits/": OF_ARTICLES,
    f"{ROOT}contributors/": PAGING | {"slug"},
    f"{ROOT}sections/": PAGING,
    f"{ROOT}topics/": PAGING,
    f"{ROOT}search/": PAGING | {"q", "sort"},
}
