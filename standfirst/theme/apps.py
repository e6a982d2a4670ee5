from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThemeConfig(AppConfig):
    name = "standfirst.theme"
    label = "theme"
    verbose_name = _("Theme")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.core import checks

        from . import checking

        @checks.register
        def theme_is_whole(app_configs: object, **_more: object) -> list[checks.CheckMessage]:
            """What `standfirst manage check` says of the publication's own templates and words."""
            return [checks.Warning(said, id="standfirst.theme.W001") for said in checking.faults()]
