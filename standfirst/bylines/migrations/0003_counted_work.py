from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bylines", "0002_shipped_roles")]

    operations = [
        migrations.AddField(
            model_name="role",
            name="work_one",
            field=models.CharField(
                blank=True,
                default="",
                help_text="As in “Translation”: heads the page of who has done most in this role, “1 Translation by:”.",
                max_length=80,
                verbose_name="one piece of their work",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="role",
            name="work_many",
            field=models.CharField(
                blank=True,
                default="",
                help_text="As in “Translations”, for “9 Translations by:”.",
                max_length=80,
                verbose_name="several pieces of their work",
            ),
            preserve_default=False,
        ),
    ]
