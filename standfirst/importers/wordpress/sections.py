"""Decides which categories are sections, and which are topics.

WordPress lets a post be in any number of categories; an article here is in one section, and may have any number of
topics. The rule is the editor's to choose (`--sections`):

- `auto`: an article's primary category is its section, if that makes no more sections than a magazine can have;
  else the top categories are the sections; else there are none.
- `top`: the topmost parent of an article's primary category is its section.
- `first`: an article's primary category is its section, however many that makes.
- `all`: every category is a section, also one that is no article's primary one.
- `topics`: no category is a section.
- a list of names: those are the sections.

A category that is not an article's section is one of its topics. Nothing is dropped.
"""

from dataclasses import dataclass

from standfirst.importers.errors import ImportRefused
from standfirst.importers.records import DraftTerm, ParsedPost, ParsedTerm, TermUse
from standfirst.importers.wordpress.reader import DEFAULT_CATEGORIES, Survey, categories_of

MOST_SECTIONS = 24
RULES = ("auto", "first", "top", "all", "topics")


@dataclass(frozen=True, slots=True)
class SectionRule:
    """A rule made definite for one export: which categories are sections, by slug."""

    name: str
    sections: frozenset[str]
    by_top: bool = False  # an article is in the section of its category's topmost parent

    @property
    def settled(self) -> str:
        """The rule in a form that gives the same answer for another export of the same site."""
        if self.name != "auto":
            return self.name
        return "topics" if not self.sections else "top" if self.by_top else "first"


def decide(rule: str, found: Survey, *, is_stated: bool = True) -> SectionRule:
    """Makes a rule definite.

    Raises ImportRefused for a list that names a category the export does not have, if the rule was stated for it and
    not only remembered from another export of the site.
    """
    rule = rule.strip() or "auto"
    used = frozenset(found.primary_terms)
    if rule == "topics":
        return SectionRule(rule, frozenset())
    if rule == "first":
        return SectionRule(rule, used)
    if rule == "all":
        named = {slug for taxonomy, slug in found.terms if taxonomy == "category"}
        return SectionRule(rule, used | named - DEFAULT_CATEGORIES)
    if rule == "top":
        return SectionRule(rule, frozenset(_top(slug, found) for slug in used), by_top=True)
    if rule == "auto":
        if len(used) <= MOST_SECTIONS:
            return SectionRule(rule, used)
        tops = frozenset(_top(slug, found) for slug in used)
        return SectionRule(rule, tops if len(tops) <= MOST_SECTIONS else frozenset(), by_top=True)
    return SectionRule(rule, _named(rule, found, is_stated=is_stated))


def _named(rule: str, found: Survey, *, is_stated: bool) -> frozenset[str]:
    slugs: set[str] = set()
    known = {slug: term.name for (taxonomy, slug), term in found.terms.items() if taxonomy == "category"}
    known |= {slug: slug for slug in found.primary_terms if slug not in known}
    for wanted in (part.strip() for part in rule.split(",")):
        if not wanted:
            continue
        matches = [slug for slug, name in known.items() if wanted.casefold() in (slug.casefold(), name.casefold())]
        if not matches and is_stated:
            some = ", ".join(sorted(set(known.values()))[:12]) or "none"
            raise ImportRefused(
                f"{found.path.name} has no category “{wanted}”; nothing was imported; --sections takes "
                f"{', '.join(RULES)} or names of categories (there are: {some})."
            )
        slugs.update(matches)
    return frozenset(slugs)


def shelve(post: ParsedPost, rule: SectionRule, found: Survey) -> tuple[str, tuple[str, ...]]:
    """The keys of an article's section ("" for none) and of its topics."""
    categories = categories_of(post, found.category_slugs)
    section = ""
    # Only a list of names looks past the primary category: it may not be among them.
    for use in categories if rule.name not in RULES else categories[:1]:
        slug = _slug(use)
        if slug in rule.sections:
            section = slug
        elif rule.by_top and _top(slug, found) in rule.sections:
            section = _top(slug, found)
        if section:
            break
    topics = [f"category:{_slug(use)}" for use in categories if _slug(use) != section]
    topics += [f"tag:{_slug(use)}" for use in post.terms if use.taxonomy == "post_tag"]
    return (f"category:{section}" if section else ""), tuple(dict.fromkeys(topics))


def draft_term(key: str, found: Survey, use: TermUse | None = None) -> DraftTerm:
    """The section or topic a category or tag becomes, with the addresses it had."""
    kind, _, slug = key.partition(":")
    taxonomy = "category" if kind == "category" else "post_tag"
    term = found.terms.get((taxonomy, slug)) or ParsedTerm(taxonomy, slug, use.text if use and use.text else slug)
    base = found.base_path
    if kind == "category":
        chain = [*reversed(_ancestors(slug, found)), slug]
        paths = (f"{base}/category/{'/'.join(chain)}/", f"{base}/category/{slug}/")
        paths += (f"{base}/?cat={term.source_id}",) if term.source_id else ()
    else:
        paths = (f"{base}/tag/{slug}/", f"{base}/?tag={slug}")
    return DraftTerm(key, term.name, slug, term.description, tuple(dict.fromkeys(paths)))


def _slug(use: TermUse) -> str:
    return use.slug or use.text


def _ancestors(slug: str, found: Survey) -> list[str]:
    chain: list[str] = []
    while True:
        term = found.terms.get(("category", slug))
        # A damaged export may hold a category that is its own ancestor.
        if term is None or not term.parent_slug or term.parent_slug in (slug, *chain):
            return chain
        slug = term.parent_slug
        chain.append(slug)


def _top(slug: str, found: Survey) -> str:
    ancestors = _ancestors(slug, found)
    return ancestors[-1] if ancestors else slug
