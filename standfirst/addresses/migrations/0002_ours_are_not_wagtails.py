"""Redirects marked as Wagtail's own to delete become ours, and go on record."""

from django.db import migrations


def take_over(apps, schema_editor):
    redirects = apps.get_model("wagtailredirects", "Redirect").objects.filter(automatically_created=True)
    former = apps.get_model("addresses", "FormerAddress")
    rows = (
        former(path=path, page_id=page)
        for path, page in redirects.order_by("pk").values_list("old_path", "redirect_page_id").iterator()
    )
    former.objects.bulk_create(rows, batch_size=400, ignore_conflicts=True)
    redirects.update(automatically_created=False)


class Migration(migrations.Migration):
    dependencies = [
        ("addresses", "0001_former_addresses"),
        ("wagtailredirects", "0007_add_autocreate_fields"),
    ]
    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
