"""The views of the editors' desk: Wagtail's, storing through our actions."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import models
from django.db.models import Count, IntegerField, OuterRef, ProtectedError, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetCreateView
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView

from standfirst.articles.models import Listing
from standfirst.contributors import actions as contributor_actions
from standfirst.contributors.models import Contributor
from standfirst.contributors.queries import presently
from standfirst.database.turns import in_turn
from standfirst.publications import actions as publication_actions

from .who_is_who import buttons_for


class StoredByAction:
    """A form view that stores what it edits through an action of the thing's own room."""

    store: Callable[..., Any]

    @in_turn()
    def save_instance(self) -> models.Model:
        thing = self.form.save(commit=False)  # type: ignore[attr-defined]
        return self.store(thing, by=self.request.user)  # type: ignore[attr-defined]


class CreateContributor(StoredByAction, CreateView):
    store = staticmethod(contributor_actions.save_contributor)


class EditContributor(StoredByAction, EditView):
    store = staticmethod(contributor_actions.save_contributor)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = self.object
        if person.is_merged:
            kept = presently([person.pk])[person.pk]
            messages.info(request, _("%(name)s was merged into this contributor.") % {"name": person})
            return redirect(Contributor.snippet_viewset.get_url_name("edit"), kept)
        if person.is_unassigned_place:
            messages.info(request, _("These credits are nobody's yet: first say whose they are."))
            return redirect(Contributor.snippet_viewset.get_url_name("list"))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        person = self.object
        buttons = [*super().header_more_buttons]
        if person.has_page:
            buttons.append(Button(_("See their page"), url=person.path, icon_name="view", priority=10))
        return [*buttons, *buttons_for(person, self.request.user)]


class OnlyThosePresent:
    """Of contributors, those who can be credited."""

    def get_object_list(self) -> QuerySet[Contributor]:
        return Contributor.objects.present()


class ChooseContributor(OnlyThosePresent, ChooseView):
    pass


class ChooseContributorResults(OnlyThosePresent, ChooseResultsView):
    pass


class CreateContributorInPassing(SnippetCreateView):
    """A new contributor from the chooser, without leaving the article."""

    def save_form(self, form: Any) -> Contributor:
        return contributor_actions.save_contributor(form.save(commit=False), by=self.request.user)


class CreateSection(StoredByAction, CreateView):
    store = staticmethod(publication_actions.save_section)


class EditSection(StoredByAction, EditView):
    store = staticmethod(publication_actions.save_section)


class CreateTopic(StoredByAction, CreateView):
    store = staticmethod(publication_actions.save_topic)


class EditTopic(StoredByAction, EditView):
    store = staticmethod(publication_actions.save_topic)


class DeleteUnlessUsed(DeleteView):
    """Deletes what nothing is filed under, and otherwise says so."""

    def form_valid(self, form: Any) -> HttpResponse:
        # Wagtail's index of references knows most uses; the database knows them all.
        if self.usage and self.usage.is_protected:
            return self._refused(self.usage.count())
        try:
            with in_turn():
                return super().form_valid(form)
        except ProtectedError as error:
            return self._refused(len(error.protected_objects))

    def _refused(self, uses: int) -> HttpResponse:
        messages.error(
            self.request,
            ngettext(
                "“%(thing)s” cannot be deleted: it is used in %(uses)s place. Change that first.",
                "“%(thing)s” cannot be deleted: it is used in %(uses)s places. Change those first.",
                uses,
            )
            % {"thing": self.object, "uses": uses},
        )
        return redirect(self.get_success_url())


def with_article_counts(contributors: QuerySet[Contributor]) -> QuerySet[Contributor]:
    """Contributors with `articles`, the number that heads their page."""
    counted = (
        Listing.objects.filter(contributor=OuterRef("pk"), role=None)
        .order_by()
        .values("contributor")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return contributors.annotate(articles=Coalesce(Subquery(counted, output_field=IntegerField()), 0))
