"""What is worked out from names is what the names say."""

from datetime import datetime

from standfirst.contributors.models import Alias, Contributor
from standfirst.text.names import matching_form

from .finding import Check, Found

DERIVED = ("sort_name", "sort_key", "letter", "matching_form")
LONGEST = Alias._meta.get_field("matching_form").max_length


def out_of_date_names(now: datetime) -> Found:
    """Names are filed by rules that a database does not know: this one reads every contributor."""
    people = Contributor.objects.order_by("pk").only("kind", "display_name", *DERIVED)
    for person in people.iterator(chunk_size=2000):
        stored = {name: getattr(person, name) for name in DERIVED}
        person.file_under_names()
        stale = [name for name in DERIVED if stored[name] != getattr(person, name)]
        if stale:
            columns = ", ".join(name.replace("_", " ") for name in stale)
            yield (
                f"contributor:{person.pk}",
                f"{person.display_name} (contributor {person.pk}) is filed by an old name: {columns}.",
            )
    aliases = Alias.objects.order_by("pk").values_list("contributor_id", "name", "matching_form")
    for contributor, name, stored_form in aliases.iterator(chunk_size=2000):
        if stored_form != matching_form(name)[:LONGEST]:
            yield (
                f"contributor:{contributor}",
                f"The alias {name} of contributor {contributor} is matched by an old name.",
            )


CHECKS = (
    Check(
        "filed-by-an-old-name",
        "Filed by an old name",
        "Open the contributor in the back office and save.",
        out_of_date_names,
    ),
)
