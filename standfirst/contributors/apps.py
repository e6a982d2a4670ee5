from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContributorsConfig(AppConfig):
    name = "standfirst.contributors"
    label = "contributors"
    verbose_name = _("Contributors")
    default_auto_field = "django.db.models.BigAutoField"
