"""The roles every magazine starts with. They are data: a magazine may change them and add its own."""

from django.db import migrations

SHIPPED = [
    # code, label, heading for the work, byline phrase, counts as authorship, prints, schema.org property
    ("author", "Author", "Articles", "", True, "byline", "author"),
    ("organisation", "Organisation as author", "Articles", "", True, "byline", "author"),
    ("interviewer", "Interviewer", "Interviews", "Interview by", True, "byline", "author"),
    ("translator", "Translator", "Translations", "Translated by", False, "byline", "translator"),
    ("illustrator", "Illustrator", "Illustrations", "Illustrated by", False, "byline", "illustrator"),
    ("photographer", "Photographer", "Photographs", "Photographs by", False, "byline", "contributor"),
    ("editor", "Editor", "Edited", "Edited by", False, "foot", "editor"),
]


def ship(apps, schema_editor):
    Role = apps.get_model("bylines", "Role")
    Role.objects.bulk_create(
        Role(
            code=code,
            label=label,
            plural_label=work,
            byline_phrase=phrase,
            is_authorship=authorship,
            prints=prints,
            schema_property=schema,
            sort_order=order,
        )
        for order, (code, label, work, phrase, authorship, prints, schema) in enumerate(SHIPPED, 1)
    )


class Migration(migrations.Migration):
    dependencies = [("bylines", "0001_initial")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
