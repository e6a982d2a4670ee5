"""Index the pages that expire: the scheduler asks for the next one every few seconds, and few pages do."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_links"), ("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX standfirst_page_expiry ON wagtailcore_page (expire_at) WHERE expire_at IS NOT NULL",
            "DROP INDEX standfirst_page_expiry",
        )
    ]
