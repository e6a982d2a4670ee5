"""The history of addresses: ours, beside Wagtail's redirects."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FormerAddress(models.Model):
    """An address that something here had, or had in the system it came from, and that we made lead to it.

    The redirect that leads from it is a row of Wagtail's, which its screens and handlers may take away. This one stays:
    it tells what is gone (`standfirst check`), what an import run again brings back, and what is nobody else's to have.
    """

    path = models.CharField(max_length=255, primary_key=True)  # as Wagtail's redirects keep it
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )
    # It leads nowhere any more, on purpose: nobody brings it back, and nobody else gets it.
    is_closed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.path
