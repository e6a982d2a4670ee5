from django.db import migrations
from django.db.models import Exists, OuterRef, Q


def say_who_is_public(apps, schema_editor):
    """Readers know of whoever is listed now, and of whoever they have known: an address that was is never taken away.

    Whoever is credited on an article that has an address was listed once. Whoever was merged away or withdrawn had a page
    before that.
    """
    Contributor = apps.get_model("contributors", "Contributor")
    Listing = apps.get_model("articles", "Listing")
    Credit = apps.get_model("bylines", "Credit")
    is_listed = Exists(Listing.objects.filter(contributor=OuterRef("pk")))
    was_listed = Exists(Credit.objects.filter(contributor=OuterRef("pk"), article__address__isnull=False))
    was_known = Q(merged_into__isnull=False) | Q(withdrawn_at__isnull=False)
    Contributor.objects.filter(is_listed | was_listed | was_known).update(is_public=True)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_index_expiry"),
        ("bylines", "0002_shipped_roles"),
        ("contributors", "0005_public_contributors"),
    ]

    operations = [migrations.RunPython(say_who_is_public, migrations.RunPython.noop)]
