"""The screens on which editors say who is who: merge, split, rename, convert, withdraw, and the journal of it all."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.widgets.button import Button

from standfirst.bylines.models import Credit
from standfirst.contributors.actions import create_contributor
from standfirst.contributors.models import Contributor
from standfirst.database.turns import in_turn
from standfirst.identity import actions as identity
from standfirst.identity.candidates import candidates_for
from standfirst.identity.models import ChangeKind, IdentityChange
from standfirst.identity.tables import TABLES
from standfirst.review import actions as review
from standfirst.review.queries import profiles

from .screens import JOURNAL, WHO_IS_WHO, Screen, number_in, sentences, typed
from .who_is_who_forms import ConvertForm, NoteForm, RenameForm, SplitForm

FOUND = 10
CREDITS_ON_A_PAGE = 100
CHANGES_ON_A_PAGE = 50


class AboutContributor(Screen):
    """A screen about one contributor who is present."""

    permission = WHO_IS_WHO
    header_icon = "user"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.person = get_object_or_404(self.contributors(), pk=kwargs["pk"])

    def contributors(self) -> Any:
        return Contributor.objects.present()

    def get_page_subtitle(self) -> str:
        return self.person.display_name

    def crumbs(self) -> Iterable[tuple[str, str]]:
        known = Contributor.snippet_viewset
        return [
            (reverse(known.get_url_name("list")), _("Contributors")),
            (self.back, self.person.display_name),
            ("", str(self.page_title)),
        ]

    @property
    def back(self) -> str:
        return reverse(Contributor.snippet_viewset.get_url_name("edit"), args=[self.person.pk])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"person": self.person, "back": self.back}


class Merge(AboutContributor):
    """Search for the other one; see what would move; confirm."""

    template_name = "backoffice/who_is_who/merge.html"
    page_title = gettext_lazy("Merge")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        other = self._other(request.GET.get("other"))
        if other is None:
            query = typed(request.GET.get("q", ""))
            found = found_by(query, but=self.person) if query else likely(self.person)
            return self.render_to_response(
                self.get_context_data(query=query, found=profiles(found), is_search=bool(query))
            )
        keep_other = request.GET.get("keep") == "other"
        kept, absorbed = (other, self.person) if keep_other else (self.person, other)
        return self.render_to_response(
            self.get_context_data(
                other=other,
                keep_other=keep_other,
                preview=identity.preview_merge(kept=kept, absorbed=absorbed),
                found=profiles([kept, absorbed]),
                form=NoteForm(),
            )
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        other = self._other(request.POST.get("other"))
        form = NoteForm(request.POST)
        if other is None or not form.is_valid():
            messages.error(request, _("Choose the other contributor."))
            return redirect("merge_contributors", pk)
        kept, absorbed = (other, self.person) if request.POST.get("keep") == "other" else (self.person, other)
        editor: Any = request.user
        try:
            with in_turn():
                identity.merge_contributors(
                    kept=kept, absorbed=absorbed, by=editor, note=form.cleaned_data["note"]
                )
                review.settle_after_merge(kept, by=editor)
        except ValidationError as error:
            messages.error(request, sentences(error))
            return redirect(f"{request.path}?other={other.pk}")
        messages.success(request, _("%(absorbed)s is %(kept)s now.") % {"absorbed": absorbed, "kept": kept})
        return redirect(Contributor.snippet_viewset.get_url_name("edit"), kept.pk)

    def _other(self, number: str | None) -> Contributor | None:
        return Contributor.objects.present().filter(pk=number_in(number)).first()


class Split(AboutContributor):
    """Tick credits, and say whose they are: another's, a new contributor's, or nobody's yet."""

    template_name = "backoffice/who_is_who/split.html"
    page_title = gettext_lazy("Split")

    def contributors(self) -> Any:
        # The place of what is nobody's yet is split in turn.
        return Contributor.objects.filter(merged_into=None)

    @property
    def back(self) -> str:
        owner = self.person.unassigned_from_id or self.person.pk
        return reverse(Contributor.snippet_viewset.get_url_name("edit"), args=[owner])

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        query = typed(request.GET.get("q", ""))
        return self._show(self._form(query), query, set())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        query = typed(request.POST.get("q", ""))
        form = self._form(query, request.POST)
        ticked = {number_in(one) for one in request.POST.getlist("credit")} - {0}
        if not ticked:
            messages.error(request, _("Tick the credits that are somebody else's."))
            return self._show(form, query, ticked)
        if not form.is_valid():
            return self._show(form, query, ticked)
        try:
            self._split(form, ticked)
        except ValidationError as error:
            messages.error(request, sentences(error))
            return self._show(form, query, ticked)
        return redirect(request.path if self._credits().exists() else self.back)

    @in_turn()
    def _split(self, form: SplitForm, ticked: set[int]) -> None:
        editor: Any = self.request.user
        said = form.cleaned_data
        taker: Contributor | None
        if said["to"] == "new":
            taker = create_contributor(display_name=said["new_name"], by=editor)
        elif said["to"] == "nobody":
            taker = None
        else:
            taker = Contributor.objects.get(pk=said["to"])
        identity.split_contributor(
            self.person, credits=dict.fromkeys(ticked, taker), by=editor, note=said["note"]
        )
        messages.success(
            self.request,
            ngettext(
                "%(number)s credit is %(name)s's now.", "%(number)s credits are %(name)s's now.", len(ticked)
            )
            % {"number": len(ticked), "name": taker}
            if taker
            else ngettext(
                "%(number)s credit is nobody's yet.", "%(number)s credits are nobody's yet.", len(ticked)
            )
            % {"number": len(ticked)},
        )

    def _form(self, query: str, data: Any = None) -> SplitForm:
        owner = self.person.unassigned_from or self.person
        found = found_by(query, but=owner) if query else likely(owner)
        takers = [owner, *found] if self.person.is_unassigned_place else found
        chosen = Contributor.objects.present().filter(pk=number_in((data or {}).get("to")))
        takers = list({one.pk: one for one in (*takers, *chosen)}.values())
        return SplitForm(data, takers=takers, can_be_nobodys=not self.person.is_unassigned_place)

    def _credits(self) -> Any:
        return Credit.objects.filter(contributor=self.person)

    def _show(self, form: SplitForm, query: str, ticked: set[int]) -> HttpResponse:
        rows = self._credits().select_related("article", "role")
        page = Paginator(rows.order_by("-article__first_published_at", "-article", "pk"), CREDITS_ON_A_PAGE)
        place = Contributor.objects.filter(unassigned_from=self.person).first()
        held = Credit.objects.filter(contributor=place).count() if place else 0
        return self.render_to_response(
            self.get_context_data(
                form=form,
                query=query,
                ticked=ticked,
                page_obj=page.get_page(self.request.GET.get("p")),
                place=place if held else None,
                held=held,
            )
        )


class FormScreen(AboutContributor):
    """One form, one action."""

    template_name = "backoffice/who_is_who/form.html"
    form_class: type[Form]
    button: Any = ""
    explanation: Any = ""

    def initial(self) -> dict[str, Any]:
        return {}

    def act(self, form: Any) -> str:
        """Does it, and returns what to say."""
        raise NotImplementedError

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(self.form_class(initial=self.initial()))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            said = self.act(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
            self.person.refresh_from_db()
            return self._show(form)
        messages.success(request, said)
        return redirect(self.back)

    def _show(self, form: Form) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(form=form, button=self.button, explanation=self.explanation)
        )


class Rename(FormScreen):
    form_class = RenameForm
    page_title = gettext_lazy("Rename")
    button = gettext_lazy("Rename")
    explanation = gettext_lazy(
        "What was printed stays, unless you say everywhere. Nobody needs to give a reason for a new name, and a silent "
        "change leaves no trace that a reader could find. The texts of articles stay as they are: those are "
        "somebody's words."
    )

    def initial(self) -> dict[str, Any]:
        return {"display_name": self.person.display_name}

    def act(self, form: RenameForm) -> str:
        editor: Any = self.request.user
        identity.rename(self.person, by=editor, **form.chosen())
        return _("The name is %(name)s now.") % {"name": self.person.display_name}


class Convert(FormScreen):
    form_class = ConvertForm
    page_title = gettext_lazy("Convert")
    button = gettext_lazy("Convert")
    explanation = gettext_lazy(
        "Credits, address and biography stay. What changes is how the name is filed, and what search engines are told."
    )

    def initial(self) -> dict[str, Any]:
        return {"kind": self.person.kind}

    def act(self, form: ConvertForm) -> str:
        editor: Any = self.request.user
        said = form.cleaned_data
        identity.convert_kind(self.person, kind=said["kind"], by=editor, note=said["note"])
        return _("%(name)s is filed as %(kind)s now.") % {
            "name": self.person,
            "kind": self.person.get_kind_display(),
        }


class WithdrawOrRestore(FormScreen):
    """Asks, then takes a contributor's page away or brings it back."""

    form_class = NoteForm

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return _("Restore") if self.person.is_withdrawn else _("Withdraw")

    @property
    def button(self) -> str:  # type: ignore[override]
        return self.page_title

    @property
    def explanation(self) -> str:  # type: ignore[override]
        if self.person.is_withdrawn:
            return _("Their page is shown again, and bylines link to it.")
        return _(
            "Their page then answers that it was withdrawn, the A–Z leaves them out, and bylines name them without a "
            "link. Articles and credits stay. You can restore the page at any time."
        )

    def act(self, form: NoteForm) -> str:
        editor: Any = self.request.user
        note = form.cleaned_data["note"]
        if self.person.is_withdrawn:
            identity.restore(self.person, by=editor, note=note)
            return _("%(name)s has a page again.") % {"name": self.person}
        identity.withdraw(self.person, by=editor, note=note)
        return _("The page of %(name)s is withdrawn.") % {"name": self.person}


class Journal(Screen):
    """Every change of who is who, newest first: all, or those of one contributor."""

    permission = JOURNAL
    template_name = "backoffice/who_is_who/journal.html"
    page_title = gettext_lazy("Who is who: journal")
    header_icon = "history"

    def get(self, request: HttpRequest) -> HttpResponse:
        person = Contributor.objects.filter(pk=number_in(request.GET.get("contributor"))).first()
        changes = IdentityChange.objects.select_related("contributor", "absorbed", "made_by", "undone_by")
        if person is not None:
            changes = changes.filter(contributor=person) | changes.filter(absorbed=person)
        page = Paginator(changes.order_by("-made_at", "-pk"), CHANGES_ON_A_PAGE).get_page(
            request.GET.get("p")
        )
        return self.render_to_response(
            self.get_context_data(page_obj=page, person=person, rows=_described(page))
        )


class UndoChange(Screen):
    """What undoing a change will do, and the button that does it."""

    permission = JOURNAL
    template_name = "backoffice/who_is_who/undo.html"
    page_title = gettext_lazy("Undo")
    header_icon = "history"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        change = self._change(pk)
        touched = change.rows.order_by().values_list("table").annotate(number=Count("pk")).order_by("table")
        rows = [
            (TABLES[table].model._meta.verbose_name_plural, number)
            for table, number in touched
            if table in TABLES and not TABLES[table].is_derived
        ]
        return self.render_to_response(
            self.get_context_data(change=change, said=describe(change), rows=rows, will=_will(change))
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        change = self._change(pk)
        editor: Any = request.user
        try:
            undone = review.undo_change(change, by=editor)
        except ValidationError as error:
            messages.error(request, sentences(error))
            return redirect("identity_journal")
        for sentence in undone.left_as_is:
            messages.warning(request, sentence)
        messages.success(request, _("Undone: %(what)s") % {"what": describe(change)})
        return redirect(f"{reverse('identity_journal')}?contributor={change.contributor_id}")

    def crumbs(self) -> Iterable[tuple[str, str]]:
        return [(reverse("identity_journal"), str(Journal.page_title)), ("", str(self.page_title))]

    def _change(self, pk: int) -> IdentityChange:
        return get_object_or_404(IdentityChange.objects.select_related("contributor", "absorbed"), pk=pk)


def buttons_for(person: Contributor, user: Any) -> list[Button]:
    """The ways from a contributor's own form to what can be done about who they are, as far as somebody may."""
    buttons = []
    if user.has_perm(WHO_IS_WHO):
        withdraw = (_("Restore"), "undo") if person.is_withdrawn else (_("Withdraw"), "no-view")
        offered = [
            (_("Merge with another"), "merge_contributors", "group", 20),
            (_("Split: these are two"), "split_contributor", "cut", 30),
            (_("Rename"), "rename_contributor", "edit", 40),
            (_("Convert to another kind"), "convert_contributor", "resubmit", 50),
            (withdraw[0], "withdraw_contributor", withdraw[1], 90),
        ]
        buttons += [
            Button(label, url=reverse(name, args=[person.pk]), icon_name=icon, priority=priority)
            for label, name, icon, priority in offered
        ]
    if user.has_perm(JOURNAL):
        url = f"{reverse('identity_journal')}?contributor={person.pk}"
        buttons.append(Button(_("Journal"), url=url, icon_name="history", priority=95))
    return buttons


def found_by(query: str, *, but: Contributor) -> list[Contributor]:
    """Contributors by any name that is known of them, the best match first."""
    found = Contributor.objects.present().autocomplete(query)[: FOUND + 1]
    return [one for one in found if one.pk != but.pk][:FOUND]


def likely(person: Contributor) -> list[Contributor]:
    return [candidate.contributor for candidate in candidates_for(person, limit=FOUND)]


def describe(change: IdentityChange) -> str:
    """What was done, in a sentence."""
    said = {"name": change.contributor, "absorbed": change.absorbed, **change.details}
    match change.kind:
        case ChangeKind.MERGE:
            return _("%(absorbed)s was merged into %(name)s.") % said
        case ChangeKind.SPLIT:
            return _("Credits of %(name)s were given to others.") % said
        case ChangeKind.RENAME:
            return _("%(from_name)s was renamed %(to_name)s.") % said
        case ChangeKind.CONVERT:
            return _("%(name)s was converted to another kind.") % said
        case ChangeKind.WITHDRAW:
            return _("The page of %(name)s was withdrawn.") % said
    return _("The page of %(name)s was restored.") % said


def _will(change: IdentityChange) -> str:
    """What undoing comes to, in a sentence."""
    said = {"name": change.contributor, "absorbed": change.absorbed, **change.details}
    match change.kind:
        case ChangeKind.MERGE:
            return (
                _("%(absorbed)s will be a contributor of their own again, with the credits they had.") % said
            )
        case ChangeKind.SPLIT:
            return _("The credits will be %(name)s's again.") % said
        case ChangeKind.RENAME:
            return _("%(to_name)s will be %(from_name)s again, wherever the name was changed.") % said
        case ChangeKind.CONVERT:
            return _("%(name)s will be filed as before.") % said
        case ChangeKind.WITHDRAW:
            return _("%(name)s will have a page again.") % said
    return _("The page of %(name)s will be withdrawn again.") % said


def _described(page: Page) -> list[tuple[IdentityChange, str]]:
    return [(change, describe(change)) for change in page]
