"""Decides which categories are sections, and which are topics.

WordPress lets a post be in any number of categories; an article here is in one section, and may have any number of
topics. The rule is the editor's to choose (`--sections`):

- `auto`: the categories are the sections, if that makes no more than a magazine can have; else the topmost ones; else
  the most used ones. An article is in the section of its primary category, where a plugin kept one, and else in the
  largest of the sections it could be in: WordPress keeps no order among a post's categories.
- `first`: an article's primary or else first category is its section, however many that makes.
- `all`: every category is a section, also one that no article is in.
- `topics`: no category is a section.
- a list of names: those are the sections. A category below one of them counts as it.

A category that is not an article's section is one of its topics. Nothing is dropped. What `auto` decided is kept with
the site, so that its next export is shelved the same way.
"""

from dataclasses import dataclass

from standfirst.importers.errors import ImportRefused
from standfirst.importers.records import DraftTerm, ParsedPost, ParsedTerm, TermUse
from standfirst.importers.wordpress.reader import DEFAULT_CATEGORIES, Survey, categories_of

MOST_SECTIONS = 24
A_HANDFUL = 12
RULES = ("auto", "first", "all", "topics")
_KEPT = "auto:"


@dataclass(frozen=True, slots=True)
class SectionRule:
    """A rule made definite for one export: which categories are sections, by slug, the weightiest first."""

    name: str
    sections: tuple[str, ...]

    @property
    def settled(self) -> str:
        """The rule in a form that gives the same answer for another export of the same site."""
        return f"{_KEPT} {', '.join(self.sections)}".strip() if self.name == "auto" else self.name


def decide(rule: str, found: Survey, *, is_stated: bool = True) -> SectionRule:
    """Makes a rule definite.

    Raises ImportRefused for a list that names a category the export does not have, if the rule was stated for it and
    not only remembered from another export of the site.
    """
    rule = rule.strip() or "auto"
    used = _by_weight(found)
    if rule == "topics":
        return SectionRule(rule, ())
    if rule == "first":
        return SectionRule(rule, used)
    if rule == "all":
        named = {slug for taxonomy, slug in found.terms if taxonomy == "category"}
        return SectionRule(rule, (*used, *sorted(named - set(used) - DEFAULT_CATEGORIES)))
    if rule == "auto":
        return SectionRule(rule, _chosen(used, found))
    if rule.startswith(_KEPT):
        kept = tuple(slug.strip() for slug in rule.removeprefix(_KEPT).split(",") if slug.strip())
        new = tuple(
            slug for slug in used if slug not in kept and not set(_ancestors(slug, found)) & set(kept)
        )
        return SectionRule("auto", (*kept, *new) if len(kept) + len(new) <= MOST_SECTIONS else kept)
    return SectionRule(rule, _named(rule, found, is_stated=is_stated))


def _by_weight(found: Survey) -> tuple[str, ...]:
    return tuple(sorted(found.category_uses, key=lambda slug: (-found.category_uses[slug], slug)))


def _chosen(used: tuple[str, ...], found: Survey) -> tuple[str, ...]:
    if len(used) <= MOST_SECTIONS:
        return used
    tops = tuple(dict.fromkeys(_top(slug, found) for slug in used))
    return tops if len(tops) <= MOST_SECTIONS else used[:A_HANDFUL]


def _named(rule: str, found: Survey, *, is_stated: bool) -> tuple[str, ...]:
    slugs: dict[str, None] = {}
    known = {slug: term.name for (taxonomy, slug), term in found.terms.items() if taxonomy == "category"}
    known |= {slug: slug for slug in found.category_uses if slug not in known}
    for wanted in (part.strip() for part in rule.split(",")):
        if not wanted:
            continue
        matches = [
            slug for slug, name in known.items() if wanted.casefold() in (slug.casefold(), name.casefold())
        ]
        if not matches and is_stated:
            some = ", ".join(sorted(set(known.values()))[:12]) or "none"
            raise ImportRefused(
                f"{found.path.name} has no category “{wanted}”; nothing was imported; --sections takes "
                f"{', '.join(RULES)} or names of categories (there are: {some})."
            )
        slugs.update(dict.fromkeys(matches))
    return tuple(slugs)


def shelve(post: ParsedPost, rule: SectionRule, found: Survey) -> tuple[str, tuple[str, ...]]:
    """The keys of an article's section ("" for none) and of its topics."""
    categories = categories_of(post, found.category_slugs)
    slugs = [_slug(use) for use in categories]
    section = _section(slugs, rule, found, has_primary=bool(categories) and is_primary(post, slugs[0], found))
    topics = [f"category:{slug}" for slug in slugs if slug != section]
    topics += [f"tag:{_slug(use)}" for use in post.terms if use.taxonomy == "post_tag"]
    return (f"category:{section}" if section else ""), tuple(dict.fromkeys(topics))


def is_primary(post: ParsedPost, slug: str, found: Survey) -> bool:
    """Whether a plugin kept this category as the post's primary one."""
    number = post.meta_value("_yoast_wpseo_primary_category") or post.meta_value("rank_math_primary_category")
    return bool(number) and found.category_slugs.get(number) == slug


def _section(slugs: list[str], rule: SectionRule, found: Survey, *, has_primary: bool) -> str:
    if not rule.sections or not slugs:
        return ""
    if rule.name in ("first", "all"):
        return slugs[0]
    weight = {slug: number for number, slug in enumerate(rule.sections)}
    if has_primary and (primary := _counts_as(slugs[0], weight, found)):
        return primary
    possible = [section for slug in slugs if (section := _counts_as(slug, weight, found))]
    return min(possible, key=weight.__getitem__, default="")


def _counts_as(slug: str, weight: dict[str, int], found: Survey) -> str:
    """The section a category is, or is below."""
    return next((name for name in (slug, *_ancestors(slug, found)) if name in weight), "")


def draft_term(key: str, found: Survey) -> DraftTerm:
    """The section or topic a category or tag becomes, with the addresses it had."""
    kind, _, slug = key.partition(":")
    taxonomy = "category" if kind == "category" else "post_tag"
    term = found.terms.get((taxonomy, slug)) or ParsedTerm(
        taxonomy, slug, found.term_texts.get((taxonomy, slug), slug)
    )
    base = found.base_path
    paths: tuple[str, ...]
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
    chain = [slug]
    while True:
        term = found.terms.get(("category", chain[-1]))
        # A damaged export may hold a category that is its own ancestor.
        if term is None or not term.parent_slug or term.parent_slug in chain:
            return chain[1:]
        chain.append(term.parent_slug)


def _top(slug: str, found: Survey) -> str:
    ancestors = _ancestors(slug, found)
    return ancestors[-1] if ancestors else slug
