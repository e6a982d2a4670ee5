"""The sites that archives were imported from, and what an editor says that their fields are."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem

from standfirst.bylines.models import Role
from standfirst.importers.actions import settle_fields
from standfirst.importers.errors import ImportRefused
from standfirst.importers.models import ImportSource
from standfirst.importers.queries import fields_of, source_rows, uses_of
from standfirst.importers.reading.fields import ROLES

from .screens import IMPORTS, Screen

# A site may keep thousands of fields; those behind these can be named on the command line.
MOST_FIELDS = 200
USES = {
    "byline": gettext_lazy("the byline"),
    "standfirst": gettext_lazy("the standfirst"),
    "headline": gettext_lazy("the headline"),
    "date": gettext_lazy("the date"),
    "section": gettext_lazy("the section"),
    "topics": gettext_lazy("topics"),
    "link": gettext_lazy("the address of a story elsewhere"),
    "nothing": gettext_lazy("nothing for readers"),
}


class ImportsMenuItem(MenuItem):
    """The way to the imported sites, for those who may say something of them."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("Imported sites"),
            reverse("import_sources"),
            name="imported-sites",
            icon_name="download",
            order=900,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(IMPORTS))


class ImportSources(Screen):
    """Every site that archives were imported from."""

    permission = IMPORTS
    template_name = "backoffice/imports/sources.html"
    page_title = gettext_lazy("Imported sites")
    header_icon = "download"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data(sources=source_rows()))


class ImportFields(Screen):
    """The fields of one site that nothing was made of, and what each is, for its next import."""

    permission = IMPORTS
    template_name = "backoffice/imports/fields.html"
    page_title = gettext_lazy("Fields")
    header_icon = "download"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(pk)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Stores what was chosen: `field-0` names a field, `use-0` says what it is."""
        source = get_object_or_404(ImportSource, pk=pk)
        said = {
            request.POST[f"field-{number}"]: request.POST.get(f"use-{number}", "")
            for number in range(MOST_FIELDS)
            if request.POST.get(f"field-{number}", "").strip()
        }
        editor: Any = request.user
        try:
            has_changed = settle_fields(source, said, by=editor)
        except ImportRefused:
            messages.error(request, _("A field of this site can't be that. Nothing was stored."))
            return self._show(pk)
        if has_changed:
            messages.success(
                request, _("Stored. It takes effect when the archive of this site is imported again.")
            )
        else:
            messages.info(request, _("Nothing was changed."))
        return redirect("import_fields", pk)

    def crumbs(self) -> Iterable[tuple[str, str]]:
        return [(reverse("import_sources"), _("Imported sites")), ("", str(self.source))]

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        """What a field may be; empty where the archives of this site say it themselves."""
        uses = uses_of(self.source)
        if not uses:
            return []
        roles = dict(Role.objects.filter(code__in=ROLES).values_list("code", "label"))
        return [
            ("", _("left to the import")),
            *((use, str(USES[use])) for use in uses),
            *((code, _("credits: %(role)s") % {"role": roles.get(code, code)}) for code in ROLES),
        ]

    def _show(self, pk: int) -> HttpResponse:
        self.source = get_object_or_404(ImportSource, pk=pk)
        fields = fields_of(self.source)
        return self.render_to_response(
            self.get_context_data(
                source=self.source,
                fields=list(enumerate(fields[:MOST_FIELDS])),
                others=len(fields[MOST_FIELDS:]),
                choices=self.choices,
            )
        )
