"""How the index stands: where there are articles already it is to be made, by `standfirst search rebuild`."""

from django.conf import settings
from django.db import migrations

from standfirst.text.tokens import VERSION


def note(apps, schema_editor):
    has_articles = apps.get_model('articles', 'ArticlePage').objects.exists()
    apps.get_model('search', 'State').objects.create(
        language=settings.LANGUAGE_CODE, version=VERSION, is_whole=not has_articles
    )


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0002_words'),
    ]

    operations = [
        migrations.RunPython(note, migrations.RunPython.noop),
    ]
