"""Giving a contributor another name: from now on, everywhere, or everywhere and silently.

Everywhere means wherever a reader meets the name: printed with articles, in notes, in the free wording of bylines, in
the search, in what an old version would bring back. A pen name they print under on purpose is another name and stays,
and so do the texts of articles: those are somebody's words.
"""

import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, Revision

from standfirst.addresses import cachekeys as addresses
from standfirst.addresses.redirects import close, leading_to
from standfirst.addresses.slugs import free_slug
from standfirst.articles.models import ArticlePage
from standfirst.articles.revisions import revisions_naming, rewrite_credits
from standfirst.bylines.models import Credit
from standfirst.contributors.actions import save_contributor
from standfirst.contributors.cachekeys import contributor as linked
from standfirst.contributors.models import Alias, Contributor, ContributorSlug
from standfirst.contributors.paths import CONTRIBUTOR_PATHS
from standfirst.contributors.queries import known_as_one
from standfirst.database.batches import batched
from standfirst.pagecache.actions import changed
from standfirst.text.slugs import slug_for

from .choices import FormerName, RenameScope
from .errors import CannotChange
from .giving import reindex
from .held import held, refresh, refuse_unless_present
from .journal import Journal, journalled
from .models import ChangeKind, IdentityChange
from .tables import CREDITS, FORMER_ADDRESSES, LOG_LABELS, REDIRECTS, REVISIONS, WORDINGS

Reword = Callable[[str], str]


def rename_to(
    contributor: Contributor,
    display_name: str,
    *,
    scope: RenameScope,
    keep_old_address: bool,
    former_name: FormerName | None,
    slug: str,
    by: AbstractBaseUser | None,
    note: str,
) -> IdentityChange:
    """Give a contributor another name."""
    former_name = _checked(display_name, scope, keep_old_address, former_name)
    with journalled(
        ChangeKind.RENAME,
        contributor,
        by=by,
        note=note,
        scope=scope.value,
        from_name=contributor.display_name,
        to_name=display_name,
    ) as journal:
        (own,) = held(contributor)
        refuse_unless_present(own)
        theirs = known_as_one(own.pk)
        journal.watch_people(theirs)
        leading = list(leading_to(own.path))
        journal.watch(REDIRECTS, "pk", [redirect.pk for redirect in leading])
        journal.watch(FORMER_ADDRESSES, "pk", [redirect.old_path for redirect in leading])
        former = own.display_name
        own.display_name, own.sort_name = display_name, ""
        if scope is RenameScope.FROM_NOW_ON:
            save_contributor(own, by=by)
        else:
            _everywhere(own, former, theirs, journal, slug=slug, by=by)
            _former_name(own, former, former_name, is_silent=scope is RenameScope.EVERYWHERE_SILENTLY)
            if scope is RenameScope.EVERYWHERE_SILENTLY:
                _relabel(own, theirs, journal)
            if not keep_old_address:
                _close_old_addresses(own, theirs)
            # Found by other names than before.
            Contributor.objects.get(pk=own.pk).save()
    refresh(contributor)
    return journal.change


def _checked(
    name: str, scope: RenameScope, keep_old_address: bool, former_name: FormerName | None
) -> FormerName:
    if not name.strip():
        raise CannotChange(_("Write the new name."))
    if scope is RenameScope.FROM_NOW_ON and not keep_old_address:
        raise CannotChange(_("From now on means that the address stays: it cannot be closed."))
    if scope is RenameScope.EVERYWHERE_SILENTLY and former_name is FormerName.PUBLIC:
        raise CannotChange(_("A silent change cannot show the old name."))
    usual = FormerName.PUBLIC if scope is RenameScope.EVERYWHERE else FormerName.PRIVATE
    return former_name or usual


def _everywhere(
    own: Contributor,
    former: str,
    theirs: Collection[int],
    journal: Journal,
    *,
    slug: str,
    by: AbstractBaseUser | None,
) -> None:
    pen_names = set(
        Alias.objects.filter(contributor=own, kind=Alias.AliasKind.PEN_NAME).values_list("name", flat=True)
    )
    credits = Credit.objects.filter(contributor=own)
    articles = set(credits.values_list("article_id", flat=True))
    versions = list(revisions_naming(theirs).values_list("pk", flat=True))
    journal.watch(CREDITS, "contributor_id", [own.pk])
    journal.watch(WORDINGS, "pk", articles)
    journal.watch(REVISIONS, "pk", versions)

    printed = set(credits.values_list("printed_name", flat=True)) - pen_names - {"", own.display_name}
    reword = rewording([former, *sorted(printed)], own.display_name)
    own.note, own.biography = reword(own.note), reword(own.biography)
    own.portrait_alt = reword(own.portrait_alt)
    own.slug = slug or _new_slug(own)
    save_contributor(own, by=by)

    for name in printed:
        credits.filter(printed_name=name).update(printed_name=own.display_name)
    for credit in credits.exclude(printed_note=""):
        if (said := reword(credit.printed_note)) != credit.printed_note:
            credits.filter(pk=credit.pk).update(printed_note=said)
    for some in batched(sorted(articles)):
        worded = ArticlePage.objects.filter(pk__in=some).exclude(byline_wording="")
        for article, wording in worded.values_list("pk", "byline_wording"):
            if (said := reword(wording)) != wording:
                ArticlePage.objects.filter(pk=article).update(byline_wording=said)
    for some in batched(versions):
        rewrite_credits(
            Revision.objects.filter(pk__in=some),
            lambda held, wording: _reprinted(held, wording, own.display_name, theirs, pen_names, reword),
        )
    reindex(articles)
    # Every page that shows the name printed shows who it leads to.
    changed(linked(own.pk))


def _reprinted(
    credits: list[dict[str, Any]],
    wording: str,
    name: str,
    theirs: Collection[int],
    pen_names: Collection[str],
    reword: Reword,
) -> tuple[list[dict[str, Any]], str]:
    """The credits of an old version under the new name."""
    renamed = []
    for credit in credits:
        if credit["contributor"] in theirs:
            printed = credit.get("printed_name") or ""
            credit = credit | {
                "printed_name": name if printed and printed not in pen_names else printed,
                "printed_note": reword(credit.get("printed_note") or ""),
            }
        renamed.append(credit)
    return renamed, reword(wording)


def rewording(names: Iterable[str], name: str) -> Reword:
    """What puts one name in place of any of these, as whole words, in a text."""
    # The longest first: “Ada Quill Marsh” is not “Ada Quill” and another.
    known = sorted({one for one in names if one.strip() and one != name}, key=len, reverse=True)
    if not known:
        return lambda text: text
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)")
    return lambda text: pattern.sub(lambda _found: name, text)


def _new_slug(contributor: Contributor) -> str:
    """A slug from the new name: one that was theirs before, or one that nobody has or had."""
    wanted = slug_for(contributor.display_name, fallback="contributor")
    if ContributorSlug.objects.filter(pk=wanted, owner=contributor).exists():
        return wanted
    return free_slug(contributor.display_name, ContributorSlug, fallback="contributor")


def _former_name(own: Contributor, former: str, wish: FormerName, *, is_silent: bool) -> None:
    """Do with the old name among the other names what was wished."""
    aliases = Alias.objects.filter(contributor=own)
    aliases.filter(name=own.display_name).delete()
    if is_silent:
        aliases.exclude(kind=Alias.AliasKind.PEN_NAME).update(is_public=False)
    aliases.filter(name=former).delete()
    if wish is not FormerName.FORGOTTEN and former != own.display_name:
        is_public = wish is FormerName.PUBLIC
        Alias.objects.create(contributor=own, name=former, kind=Alias.AliasKind.FORMER, is_public=is_public)


def _relabel(own: Contributor, theirs: Collection[int], journal: Journal) -> None:
    """Put the new name in Wagtail's log, which labels what happened by the name of the time."""
    kind = ContentType.objects.get_for_model(Contributor)
    entries = ModelLogEntry.objects.filter(
        content_type=kind, object_id__in=[str(number) for number in theirs]
    )
    others = entries.exclude(label=own.display_name)
    journal.watch(LOG_LABELS, "pk", others.values_list("pk", flat=True))
    others.update(label=own.display_name)


def _close_old_addresses(own: Contributor, theirs: Collection[int]) -> None:
    """Let every address they had lead nowhere from now on. It is still never given to anybody else."""
    slugs = ContributorSlug.objects.filter(owner__in=theirs).exclude(slug=own.slug)
    paths = [CONTRIBUTOR_PATHS.of(slug) for slug in slugs.values_list("slug", flat=True)]
    slugs.update(is_silent=True)
    # Those of an older system tell as much; but for numbers, as in `/?author=7`.
    old = leading_to(own.path).exclude(old_path__startswith="/?")
    close(old)
    changed(*(addresses.address(path) for path in paths))
