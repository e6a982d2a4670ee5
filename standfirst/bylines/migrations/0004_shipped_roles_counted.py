"""What one piece of work in a shipped role is called, and several: where the magazine has left the role as it came."""

from django.db import migrations

WORK = [
    # code, heading for the work as shipped, one piece of it, several
    ("author", "Articles", "Article", "Articles"),
    ("organisation", "Articles", "Article", "Articles"),
    ("interviewer", "Interviews", "Interview", "Interviews"),
    ("translator", "Translations", "Translation", "Translations"),
    ("illustrator", "Illustrations", "Illustration", "Illustrations"),
    ("photographer", "Photographs", "Photograph", "Photographs"),
    ("editor", "Edited", "Article edited", "Articles edited"),
    # Made by imports.
    ("contributor", "Contributions", "Contribution", "Contributions"),
    ("proofreader", "Proofread", "Article proofread", "Articles proofread"),
    ("producer", "Produced", "Article produced", "Articles produced"),
    ("reader", "Read aloud", "Article read aloud", "Articles read aloud"),
]


def count(apps, schema_editor):
    Role = apps.get_model("bylines", "Role")
    for code, heading, one, many in WORK:
        Role.objects.filter(code=code, plural_label=heading).update(work_one=one, work_many=many)


class Migration(migrations.Migration):
    dependencies = [("bylines", "0003_counted_work")]

    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
