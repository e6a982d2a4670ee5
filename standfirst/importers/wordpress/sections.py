"""The categories and tags of a WordPress export, as the rules for sections and topics take them."""

from urllib.parse import quote_plus

from standfirst.importers.reading.records import DraftTerm, ParsedPost, ParsedTerm, TermUse
from standfirst.importers.reading.sections import Categories, SectionRule
from standfirst.importers.wordpress.reader import DEFAULT_CATEGORIES, Survey, categories_of, primary_of


def categories_in(found: Survey) -> Categories:
    """What the export says of its categories."""
    terms = {slug: term for (taxonomy, slug), term in found.terms.items() if taxonomy == "category"}
    used = {slug: text for (taxonomy, slug), text in found.term_texts.items() if taxonomy == "category"}
    return Categories(
        source=found.path.name,
        uses=found.category_uses,
        names=used | {slug: term.name for slug, term in terms.items()},
        parents={slug: term.parent_slug for slug, term in terms.items() if term.parent_slug},
        defaults=DEFAULT_CATEGORIES,
    )


def shelve(
    post: ParsedPost, rule: SectionRule, categories: Categories, found: Survey
) -> tuple[str, tuple[str, ...]]:
    """The keys of an article's section ("" for none) and of its topics."""
    slugs = [_slug(use) for use in categories_of(post, found.category_slugs)]
    tags = [_slug(use) for use in post.terms if use.taxonomy == "post_tag"]
    has_primary = bool(slugs) and primary_of(post, found.category_slugs) == slugs[0]
    return rule.shelve(slugs, categories, has_primary=has_primary, tags=tags)


def draft_term(key: str, categories: Categories, found: Survey) -> DraftTerm:
    """The section or topic a category or tag becomes, with the addresses it had."""
    kind, _, slug = key.partition(":")
    taxonomy = "category" if kind == "category" else "post_tag"
    term = found.terms.get((taxonomy, slug)) or ParsedTerm(
        taxonomy, slug, found.term_texts.get((taxonomy, slug), slug)
    )
    base = found.base_path
    paths: tuple[str, ...]
    if kind == "category":
        chain = [*reversed(categories.ancestors(slug)), slug]
        paths = (f"{base}/category/{'/'.join(chain)}/", f"{base}/category/{slug}/")
        paths += (f"{base}/?cat={term.source_id}",) if term.source_id else ()
    else:
        paths = (f"{base}/tag/{slug}/", f"{base}/?tag={slug}")
    word = "category" if kind == "category" else "tag"
    paths += tuple(f"{where}/{word}/{quote_plus(term.name)}" for where in found.collections)
    return DraftTerm(key, term.name, slug, term.description, tuple(dict.fromkeys(paths)))


def _slug(use: TermUse) -> str:
    return use.slug or use.text
