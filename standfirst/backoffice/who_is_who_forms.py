"""The forms in which an editor says who is who."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standfirst.contributors.models import Contributor, Kind
from standfirst.identity.actions import FormerName, RenameScope

NOTE_HELP = _("For the journal, which readers never see.")


class NoteForm(forms.Form):
    note = forms.CharField(label=_("Why"), required=False, max_length=2000, help_text=NOTE_HELP)


class RenameForm(NoteForm):
    """A new name, where it is used, and what becomes of the old name and the old address."""

    display_name = forms.CharField(label=_("New name"), max_length=255)
    scope = forms.ChoiceField(
        label=_("Where it is used"),
        choices=RenameScope.choices,
        initial=RenameScope.FROM_NOW_ON.value,
        widget=forms.RadioSelect,
    )
    old_address = forms.ChoiceField(
        label=_("The old address"),
        choices=[("leads", _("leads to the new one")), ("nowhere", _("leads nowhere from now on"))],
        initial="leads",
        widget=forms.RadioSelect,
        help_text=_("From now on, the address stays as it is. Otherwise the name in it changes too."),
    )
    former_name = forms.ChoiceField(
        label=_("The old name"),
        required=False,
        choices=[("", _("As usual: shown, or known to editors alone if silent")), *FormerName.choices],
    )

    field_order = ("display_name", "scope", "old_address", "former_name", "note")

    def chosen(self) -> dict[str, Any]:
        """What the action is told."""
        said = self.cleaned_data
        return {
            "display_name": said["display_name"],
            "scope": RenameScope(said["scope"]),
            "keep_old_address": said["old_address"] == "leads",
            "former_name": FormerName(said["former_name"]) if said["former_name"] else None,
            "note": said["note"],
        }


class ConvertForm(NoteForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, widget=forms.RadioSelect)

    field_order = ("kind", "note")


class SplitForm(NoteForm):
    """Whose the ticked credits are."""

    to = forms.ChoiceField(label=_("They are the work of"), widget=forms.RadioSelect)
    new_name = forms.CharField(label=_("Name of the new contributor"), required=False, max_length=255)

    def __init__(self, *args: Any, takers: list[Contributor], can_be_nobodys: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = [(str(one.pk), f"{one.display_name} ({one.path})") for one in takers]
        choices.append(("new", _("a new contributor, named below")))
        if can_be_nobodys:
            choices.append(("nobody", _("nobody yet: I will say later")))
        self.fields["to"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("to") == "new" and not said.get("new_name", "").strip():
            self.add_error("new_name", _("Write the new contributor's name."))
        return said
