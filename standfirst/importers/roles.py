"""The role each credit of an archive has here; roles a magazine has no row for yet are made as they are needed."""

from typing import Any

from standfirst.bylines.models import Prints, Role

# Beyond the shipped ones, what bylines are found to say: code, label, heading for the work, one of it and several,
# byline phrase, schema.org.
FOUND_IN_BYLINES = {
    "contributor": (
        "Contributor",
        "Contributions",
        "Contribution",
        "Contributions",
        "Additional reporting by",
        "contributor",
    ),
    "proofreader": (
        "Proofreader",
        "Proofread",
        "Article proofread",
        "Articles proofread",
        "Proofread by",
        "contributor",
    ),
    "producer": ("Producer", "Produced", "Article produced", "Articles produced", "Produced by", "producer"),
    "reader": ("Reader", "Read aloud", "Article read aloud", "Articles read aloud", "Read by", "contributor"),
}


class Roles:
    """Roles by their codes, each looked up once."""

    def __init__(self) -> None:
        self._known: dict[str, Role] = {role.code: role for role in Role.objects.all()}

    def __getitem__(self, code: str) -> Role:
        """The role of this code; author for one that nobody has heard of."""
        if code not in self._known:
            self._known[code] = self._made(code) if code in FOUND_IN_BYLINES else self._known["author"]
        return self._known[code]

    def _made(self, code: str) -> Role:
        label, plural, one, many, phrase, schema = FOUND_IN_BYLINES[code]
        details: dict[str, Any] = {
            "label": label,
            "plural_label": plural,
            "work_one": one,
            "work_many": many,
            "byline_phrase": phrase,
            "schema_property": schema,
            "prints": Prints.FOOT,
            "sort_order": Role.objects.count() + 1,
        }
        return Role.objects.get_or_create(code=code, defaults=details)[0]
