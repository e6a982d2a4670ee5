"""The magazine itself: its settings, its sections and topics, its front page and the pages of its own."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.models import Orderable, Page
from wagtail.search import index

from standfirst.addresses.paths import SlugPaths
from standfirst.addresses.slugs import LastingSlug
from standfirst.bodies.fields import BodyField
from standfirst.database.turns import in_turn
from standfirst.text.markup import clean_edited_text, safe_url

from .frame import FramePage
from .paths import SECTION_PATHS, TOPIC_PATHS
from .printed import printed_page
from .signals import page_is_stored, page_was_stored

PLAIN_FEATURES = ["bold", "italic", "link"]
is_colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write a colour as # and six digits, as in #a6192e."))


@register_setting(icon="site")
class PublicationSettings(ClusterableModel, BaseGenericSetting):
    """What the magazine is called and how it presents itself on every page."""

    name = models.CharField(_("name"), max_length=200, default="Untitled magazine")
    tagline = models.CharField(_("tagline"), max_length=255, blank=True)
    description = models.CharField(
        _("description"), max_length=500, blank=True, help_text=_("For search engines and shared links.")
    )
    masthead = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("masthead image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown in place of the name, which then is its description."),
    )
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        blank=True,
        validators=[is_colour],
        help_text=_("As in #1b5e8c. Left empty: newspaper red."),
    )
    icon = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("icon"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Square, 512 pixels or more: for the tab of a browser and the screen of a telephone. Left empty: the first "
            "letter of the name on the accent colour."
        ),
    )
    drop_capitals = models.BooleanField(_("begin articles with a drop capital"), default=False)
    footer = RichTextField(_("footer"), blank=True, features=PLAIN_FEATURES)

    class Meta:
        verbose_name = _("publication")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        self.footer = clean_edited_text(self.footer)


class NavigationItem(Orderable):
    """One entry of the magazine's navigation: a page, a section or any address."""

    publication = ParentalKey(PublicationSettings, on_delete=models.CASCADE, related_name="navigation")
    label = models.CharField(
        _("label"), max_length=60, blank=True, help_text=_("Left empty: the name of its target.")
    )
    page = models.ForeignKey(
        Page, verbose_name=_("page"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    section = models.ForeignKey(
        "publications.Section",
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    url = models.CharField(_("other address"), max_length=500, blank=True)

    def clean(self) -> None:
        super().clean()
        if sum(map(bool, (self.page_id, self.section_id, self.url))) != 1:
            raise ValidationError(_("Choose one of a page, a section or another address."))
        if self.url and not safe_url(self.url):
            raise ValidationError({"url": _("Use an address that begins with https://, http:// or /.")})
        if self.url and not self.label:
            raise ValidationError({"label": _("Say what the link is called.")})


class SocialLink(Orderable):
    """A place of the magazine's elsewhere on the web."""

    publication = ParentalKey(PublicationSettings, on_delete=models.CASCADE, related_name="social_links")
    label = models.CharField(_("label"), max_length=60)
    url = models.URLField(_("address"), max_length=500)


class Shelf(models.Model):
    """What sections and topics have in common: a name, an address that lasts, and a description."""

    paths: ClassVar[SlugPaths]

    name = models.CharField(_("name"), max_length=255)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    description = RichTextField(_("description"), blank=True, features=PLAIN_FEATURES)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return self.paths.of(self.slug)

    def clean(self) -> None:
        super().clean()
        self.description = clean_edited_text(self.description)


class Section(Shelf):
    """A department of the magazine. An article is in one section, or in none."""

    paths = SECTION_PATHS
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["sort_order", "name"]
        constraints = [models.CheckConstraint(condition=~models.Q(slug=""), name="section_has_a_slug")]


class Topic(Shelf):
    """A subject. An article may have any number."""

    paths = TOPIC_PATHS

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~models.Q(slug=""), name="topic_has_a_slug")]


class SectionSlug(LastingSlug):
    """Every slug a section has or had."""

    owner = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="slugs")


class TopicSlug(LastingSlug):
    """Every slug a topic has or had."""

    owner = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="slugs")


class FrontPage(FramePage):
    """The magazine's front page, and the root of its pages."""

    parent_page_types = ["wagtailcore.Page"]
    content_panels = [FieldPanel("title")]

    class Meta:
        verbose_name = _("front page")


class PublicationPage(Page):
    """A page of the publication's own, such as “About”."""

    standfirst = models.TextField(_("standfirst"), blank=True)
    body = BodyField(blank=True, verbose_name=_("body"))

    parent_page_types = ["publications.FrontPage", "publications.PublicationPage"]
    subpage_types = ["publications.PublicationPage"]
    private_page_options: list[str] = []
    template = "page.html"

    content_panels = [*Page.content_panels, FieldPanel("standfirst"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("standfirst"), index.SearchField("body")]

    class Meta:
        verbose_name = _("publication page")

    @in_turn()
    def save(self, *args: Any, **kwargs: Any) -> None:
        page_is_stored.send(PublicationPage, instance=self)
        super().save(*args, **kwargs)
        page_was_stored.send(PublicationPage, instance=self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | printed_page(self)
