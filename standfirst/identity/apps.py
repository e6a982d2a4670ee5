from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdentityConfig(AppConfig):
    name = "standfirst.identity"
    label = "identity"
    verbose_name = _("Who is who")
    default_auto_field = "django.db.models.BigAutoField"
