"""Making one contributor of two: what would move, what stands in the way, and the merge itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from standfirst.addresses.redirects import leading_to, readdress
from standfirst.articles.models import ArticlePage
from standfirst.articles.revisions import revisions_naming
from standfirst.bylines.models import Credit
from standfirst.contributors.actions import save_contributor
from standfirst.contributors.models import Alias, AuthorityId, Contributor, ContributorLink
from standfirst.contributors.paths import CONTRIBUTOR_PATHS
from standfirst.contributors.queries import are_different, known_as_one
from standfirst.text.markup import plain_text

from .errors import CannotMerge
from .giving import give_credits
from .held import held, refresh
from .journal import Journal, journalled
from .models import ChangeKind, IdentityChange
from .tables import REDIRECTS


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something about a merge that an editor should know, in a sentence. One that `blocks` prevents it.

    `kind` is a word for programs; `article` is the article it is about, if it is about one.
    """

    kind: str
    sentence: str
    article: int | None = None
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would move from one contributor to the other, and its conflicts. Nothing is done yet.

    `credits` are counts by role, `set_aside` is how many of them are in a role the one kept has on the same article.
    `drafts` are articles whose latest, unpublished version names the one merged away; `revisions` all versions that do.
    `details` are what the one kept has not and takes over, by name.
    """

    kept: Contributor
    absorbed: Contributor
    credits: tuple[tuple[str, int], ...]
    set_aside: int
    drafts: int
    scheduled: int
    revisions: int
    slugs: tuple[str, ...]
    aliases: tuple[str, ...]
    links: tuple[str, ...]
    authority_ids: tuple[str, ...]
    details: tuple[str, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """The addresses that will lead to the one kept."""
        return tuple(map(CONTRIBUTOR_PATHS.of, self.slugs))

    conflicts: tuple[Conflict, ...]

    @property
    def can_merge(self) -> bool:
        return not any(conflict.blocks for conflict in self.conflicts)


def preview(kept: Contributor, absorbed: Contributor) -> MergePreview:
    """What merging would move, and what stands in its way."""
    credits = Credit.objects.filter(contributor=absorbed)
    roles = credits.values("role__plural_label", "role__sort_order").annotate(number=Count("pk"))
    naming = revisions_naming(known_as_one(absorbed.pk))
    latest = ArticlePage.objects.filter(Q(live=False) | Q(has_unpublished_changes=True))
    drafts = latest.filter(
        Q(latest_revision__in=naming.values("pk")) | Q(latest_revision=None, credits__contributor=absorbed)
    )
    conflicts = (*_blocking(kept, absorbed), *_differences(kept, absorbed), *_both_credited(kept, absorbed))
    return MergePreview(
        kept=kept,
        absorbed=absorbed,
        credits=tuple(
            roles.order_by("role__sort_order", "role__plural_label").values_list(
                "role__plural_label", "number"
            )
        ),
        set_aside=sum(conflict.kind == "same-role" for conflict in conflicts),
        drafts=drafts.distinct().count(),
        scheduled=naming.filter(approved_go_live_at__isnull=False).count(),
        revisions=naming.count(),
        slugs=tuple(absorbed.slugs.order_by("slug").values_list("slug", flat=True)),
        aliases=tuple(str(alias) for alias in _new_aliases(kept, absorbed)),
        links=tuple(link.url for link in _new_links(kept, absorbed)),
        authority_ids=tuple(str(known) for known in _new_authority_ids(kept, absorbed)),
        details=tuple(
            str(Contributor._meta.get_field(name).verbose_name) for name in _taken_over(kept, absorbed)
        ),
        conflicts=conflicts,
    )


def merge(
    kept: Contributor, absorbed: Contributor, *, by: AbstractBaseUser | None, note: str
) -> IdentityChange:
    """Make one contributor of two; the journal has every row that moved."""
    with journalled(ChangeKind.MERGE, kept, absorbed=absorbed, by=by, note=note) as journal:
        own_kept, own_absorbed = held(kept, absorbed)
        if blocking := [conflict.sentence for conflict in _blocking(own_kept, own_absorbed)]:
            raise CannotMerge(blocking)
        _merge(own_kept, own_absorbed, journal, by)
    refresh(kept, absorbed)
    return journal.change


def are_declared_different(first: Contributor, second: Contributor) -> bool:
    """Whether somebody said, for good, that these are two people."""
    return bool(are_different([(first.pk, second.pk)]))


def _merge(kept: Contributor, absorbed: Contributor, journal: Journal, by: AbstractBaseUser | None) -> None:
    articles = set(Credit.objects.filter(contributor=absorbed).values_list("article_id", flat=True))
    leading = leading_to(absorbed.path)
    journal.watch_people([kept.pk, absorbed.pk])
    journal.watch_articles(articles)
    journal.watch(REDIRECTS, "pk", leading.values_list("pk", flat=True))

    _new_aliases(kept, absorbed).update(contributor=kept)
    _new_links(kept, absorbed).update(contributor=kept)
    _new_authority_ids(kept, absorbed).update(contributor=kept)
    taken_over = {name: getattr(absorbed, name) for name in _taken_over(kept, absorbed)}
    kept.is_public = kept.is_public or absorbed.is_public  # Whose address leads here was known to readers.
    if "account" in taken_over:
        absorbed.account = None
    absorbed.merged_into = kept
    save_contributor(absorbed, by=by)
    for name, value in taken_over.items():
        setattr(kept, name, value)
    # Stored even if nothing of theirs changed: they are found by the other's names from now on.
    save_contributor(kept, by=by)
    give_credits(articles, lambda _article, who, _role: kept.pk if who == absorbed.pk else who)
    readdress(absorbed.path, kept.path)


def _blocking(kept: Contributor, absorbed: Contributor) -> Iterator[Conflict]:
    if kept.pk == absorbed.pk:
        yield Conflict("same", _("This is one contributor, not two."), blocks=True)
    for one in (kept, absorbed):
        if one.merged_into is not None:
            sentence = _("%(name)s was merged into %(other)s: choose them instead, or undo that merge first.")
            yield Conflict("merged", sentence % {"name": one, "other": one.merged_into}, blocks=True)
        if one.is_withdrawn:
            sentence = _("%(name)s is withdrawn: restore them first.")
            yield Conflict("withdrawn", sentence % {"name": one}, blocks=True)
        if one.is_unassigned_place:
            sentence = _("Credits that are nobody's yet are given to somebody one by one, not merged.")
            yield Conflict("unassigned", sentence, blocks=True)
    if are_declared_different(kept, absorbed):
        sentence = _("%(kept)s and %(absorbed)s were said to be two people: take that back first.")
        yield Conflict("two-people", sentence % {"kept": kept, "absorbed": absorbed}, blocks=True)


def _differences(kept: Contributor, absorbed: Contributor) -> Iterator[Conflict]:
    names = {"kept": kept, "absorbed": absorbed}
    if kept.account_id and absorbed.account_id and kept.account_id != absorbed.account_id:
        sentence = _("Each has an editor's account: %(kept)s keeps theirs, and the other is no longer used.")
        yield Conflict("accounts", sentence % names)
    schemes = {known.scheme: known for known in kept.authority_ids.all()}
    for known in absorbed.authority_ids.all():
        if (own := schemes.get(known.scheme)) and own.value != known.value:
            sentence = _("They have different identifiers: %(own)s and %(other)s. Are they one person?")
            yield Conflict("authority-ids", sentence % {"own": own, "other": known})
    if kept.kind != absorbed.kind:
        sentence = _("One is filed as %(kind)s, the other as %(other)s.")
        yield Conflict(
            "kinds", sentence % {"kind": kept.get_kind_display(), "other": absorbed.get_kind_display()}
        )
    both = [plain_text(one.biography) for one in (kept, absorbed)]
    if all(both) and both[0] != both[1]:
        sentence = _("Each has a biography: that of %(kept)s stays, the other is no longer shown.")
        yield Conflict("biographies", sentence % names)


def _both_credited(kept: Contributor, absorbed: Contributor) -> Iterator[Conflict]:
    """The articles that credit both: in one role the other's credit is set aside, in two both stay."""
    articles = Credit.objects.filter(contributor=absorbed).values("article")
    own = dict[int, set[int]]()
    for article, role in Credit.objects.filter(contributor=kept, article__in=articles).values_list(
        "article_id", "role_id"
    ):
        own.setdefault(article, set()).add(role)
    others = Credit.objects.filter(contributor=absorbed, article__in=own).select_related(
        "role", "article", "contributor"
    )
    for credit in others.order_by("article_id", "sort_order", "pk"):
        said = {
            "headline": credit.article.title,
            "role": credit.role,
            "printed": credit.name,
        }
        if credit.role_id in own[credit.article_id]:
            sentence = _(
                "“%(headline)s” credits both as %(role)s: the credit printed “%(printed)s” is set aside."
            )
            yield Conflict("same-role", sentence % said, article=credit.article_id)
        else:
            sentence = _("“%(headline)s” credits both, in different roles: both credits stay.")
            yield Conflict("other-role", sentence % said, article=credit.article_id)


def _new_aliases(kept: Contributor, absorbed: Contributor) -> QuerySet[Alias]:
    known = [kept.display_name, *Alias.objects.filter(contributor=kept).values_list("name", flat=True)]
    return Alias.objects.filter(contributor=absorbed).exclude(name__in=known)


def _new_links(kept: Contributor, absorbed: Contributor) -> QuerySet[ContributorLink]:
    known = ContributorLink.objects.filter(contributor=kept).values_list("url", flat=True)
    return ContributorLink.objects.filter(contributor=absorbed).exclude(url__in=list(known))


def _new_authority_ids(kept: Contributor, absorbed: Contributor) -> QuerySet[AuthorityId]:
    known = AuthorityId.objects.filter(contributor=kept).values_list("scheme", flat=True)
    return AuthorityId.objects.filter(contributor=absorbed).exclude(scheme__in=list(known))


def _taken_over(kept: Contributor, absorbed: Contributor) -> list[str]:
    """The fields in which the one kept has nothing, and the other has something."""
    fields = [
        name
        for name in ("account", "biography", "note", "fediverse")
        if _has(absorbed, name) and not _has(kept, name)
    ]
    if absorbed.portrait_id and not kept.portrait_id:
        fields += ["portrait", "portrait_alt", "portrait_credit"]
    return fields


def _has(contributor: Contributor, name: str) -> bool:
    value = getattr(contributor, name)
    return bool(plain_text(value)) if name == "biography" else bool(value)
