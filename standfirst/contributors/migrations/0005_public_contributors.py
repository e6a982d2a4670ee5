from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contributors", "0004_file_names_anew")]

    operations = [
        migrations.AddField(
            model_name="contributor",
            name="is_public",
            field=models.BooleanField(
                default=False,
                help_text="Readers know of a contributor from their first published credit on, and for good. "
                "Tick this to show their page before that.",
                verbose_name="has a page",
            ),
        ),
    ]
