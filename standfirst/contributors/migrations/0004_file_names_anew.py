from django.db import migrations

from standfirst.text.name_keys import stored_keys
from standfirst.text.names import matching_form

BATCH = 500


def file_anew(apps, schema_editor):
    """Works out anew what names are matched by: the form tells more people apart now, and there are keys to find them."""
    Contributor = apps.get_model("contributors", "Contributor")
    Alias = apps.get_model("contributors", "Alias")
    NameKey = apps.get_model("contributors", "NameKey")
    for model, name in ((Contributor, "display_name"), (Alias, "name")):
        rows = list(model.objects.order_by("pk"))
        for row in rows:
            row.matching_form = matching_form(getattr(row, name))[:255]
        model.objects.bulk_update(rows, ["matching_form"], batch_size=BATCH)
    names = {
        pk: [name]
        for pk, name in Contributor.objects.filter(merged_into=None, unassigned_from=None).values_list(
            "pk", "display_name"
        )
    }
    for pk, name in Alias.objects.filter(contributor__in=Contributor.objects.filter(merged_into=None)).values_list(
        "contributor", "name"
    ):
        names.setdefault(pk, []).append(name)
    keys = {(pk, key) for pk, theirs in names.items() for name in theirs for key in stored_keys(name)}
    NameKey.objects.bulk_create(
        (NameKey(contributor_id=pk, key=key) for pk, key in sorted(keys)), batch_size=BATCH
    )


class Migration(migrations.Migration):
    dependencies = [("contributors", "0003_name_keys")]

    operations = [migrations.RunPython(file_anew, migrations.RunPython.noop)]
