"""The form of an article."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm
from wagtail.coreutils import find_available_slug

from standfirst.bylines.wording import wording_faults

from .errors import ArticleHasNoAlias
from .printed import printed_credit


class ArticleForm(WagtailAdminPageForm):
    """Checks what the credits of an article say together."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        credits = self._credits()
        seen = set()
        for credit in credits:
            if (credit.contributor_id, credit.role_id) in seen:
                self.add_error(
                    None,
                    _("%(name)s is credited twice as %(role)s: remove one.")
                    % {"name": credit.contributor, "role": credit.role},
                )
            seen.add((credit.contributor_id, credit.role_id))
        for fault in wording_faults(
            [printed_credit(credit) for credit in credits], cleaned.get("byline_wording", "")
        ):
            self.add_error("byline_wording", fault)
        return cleaned

    def _credits(self) -> list[Any]:
        """The credits as they are about to be stored, in printed order."""
        formset = self.formsets.get("credits")
        if formset is None or not formset.is_valid():
            return []
        kept = [form for form in formset.ordered_forms if form not in formset.deleted_forms]
        return [form.instance for form in kept if form.instance.contributor_id and form.instance.role_id]


class ArticleCopyForm(CopyForm):
    """The form of what a copy is called. An article has copies, and no aliases."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)
        # The form wants a slug of its own for every article, whatever the month.
        self.fields["new_slug"].initial = find_available_slug(self.page.get_parent(), self.page.slug)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.data.get(self.add_prefix("alias")):
            self.add_error("new_title", str(ArticleHasNoAlias()))
        return cleaned
