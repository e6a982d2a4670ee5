"""Articles, what was put right in them, and their places in the archives."""

from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import CommentPanel, FieldPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.models import Page, Revision, Site
from wagtail.search import index
from wagtail.url_routing import RouteResult

from standfirst.addresses.cachekeys import page as linked_page
from standfirst.bodies.fields import BodyField
from standfirst.bodies.text import body_text
from standfirst.database.turns import in_turn
from standfirst.pagecache.recording import shows
from standfirst.publications.frame import FramePage
from standfirst.publications.models import Section, Topic
from standfirst.text.markup import clean_edited_inline, clean_edited_text, plain_text

from . import cachekeys, faces, publishing
from .errors import StaysWhereItIs
from .forms import ArticleCopyForm, ArticleForm
from .listings import Listing
from .merged_away import lead_on
from .paths import EVERYTHING, path_at
from .permissions import ArticleIndexPermissions, ArticlePermissions
from .printed import printed_article
from .querysets import ArticleManager

__all__ = ["ArticleIndexPage", "ArticlePage", "Correction", "Listing"]


class ArticleIndexPage(FramePage):
    """Where the back office keeps all articles. Readers never see it; `/articles/` is theirs."""

    parent_page_types = ["publications.FrontPage"]
    subpage_types = ["articles.ArticlePage"]

    class Meta:
        verbose_name = _("articles")

    def permissions_for_user(self, user: AbstractBaseUser) -> ArticleIndexPermissions:
        return ArticleIndexPermissions(user, self)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        return _at(self, EVERYTHING, super().get_url_parts(request))

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Itself, or the public article of a slug; Http404 for all else, as where nothing ever was.

        Many articles may have one slug: the one that was first public is meant.
        """
        if not path_components:
            return RouteResult(self)
        slug, *below = path_components
        if below:
            raise Http404
        shows(cachekeys.in_tree(slug))
        named = ArticlePage.objects.published().filter(slug=slug)
        article = named.order_by("first_published_at", "pk").first()
        if article is None:
            raise Http404
        return article.route(request, [])

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _led_to(self, request)


class ArticlePage(Page):
    """An article. Its headline is the page's title.

    Three columns are not the editor's: `is_public`, `address` and `first_published_at` are kept by `publishing`, the
    one writer of what readers can see, and hold when a revision is restored or published.
    """

    standfirst = models.TextField(
        _("standfirst"),
        blank=True,
        help_text=_("The sentence or two that stand under the headline, here and in lists."),
    )
    kicker = models.CharField(
        _("kicker"), max_length=120, blank=True, help_text=_("A word or two above the headline.")
    )
    body = BodyField(blank=True, verbose_name=_("body"))

    lead_image = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("lead image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_image_alt = models.CharField(
        _("description for those who cannot see it"), max_length=500, blank=True
    )
    lead_image_caption = models.CharField(_("caption"), max_length=1000, blank=True)
    lead_image_credit = models.CharField(_("credit"), max_length=255, blank=True)

    section = models.ForeignKey(
        Section, verbose_name=_("section"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="+")

    byline_wording = models.CharField(
        _("wording of the byline"),
        max_length=500,
        blank=True,
        help_text=_(
            "Left empty, the byline is made from the credits. Or word it with a slot for each credit, "
            "as in “Reported by {1}, translated by {2}”."
        ),
    )
    listing_headline = models.CharField(_("headline in lists"), max_length=255, blank=True)
    listing_standfirst = models.TextField(_("standfirst in lists"), blank=True)

    embargoed_until = models.DateTimeField(
        _("embargoed until"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("Until then no reader sees it anywhere, even if it is published."),
    )
    backdated_to = models.DateTimeField(
        _("first appeared"),
        null=True,
        blank=True,
        help_text=_("Only for what appeared elsewhere before: its place in the archives follows this date."),
    )
    updated_at = models.DateTimeField(
        _("updated"), null=True, blank=True, help_text=_("Shown to readers; for changes of substance.")
    )
    printed_on = models.DateField(
        _("printed on"), null=True, blank=True, help_text=_("The day of the printed edition.")
    )

    address = models.CharField(max_length=255, null=True, unique=True, editable=False)
    is_public = models.BooleanField(default=False, editable=False)

    objects = ArticleManager()

    parent_page_types = ["articles.ArticleIndexPage"]
    subpage_types: list[str] = []
    # What is published is public: an archive cannot ask each reader for a password.
    private_page_options: list[str] = []
    template = "article.html"

    # A copy is another article: it has not appeared yet, was not put right, and waits for nothing. See also
    # `copy_all_child_relations`.
    exclude_fields_in_copy = [
        "address",
        "is_public",
        "first_published_at",
        "last_published_at",
        "go_live_at",
        "expire_at",
        "expired",
        "backdated_to",
        "updated_at",
        "printed_on",
        "credits",
        "corrections",
    ]

    base_form_class = ArticleForm
    copy_form_class = ArticleCopyForm
    content_panels = [
        FieldPanel("kicker"),
        *Page.content_panels,
        FieldPanel("standfirst"),
        MultiFieldPanel(
            [InlinePanel("credits", heading=_("Credits"), label=_("credit")), FieldPanel("byline_wording")],
            heading=_("Byline"),
        ),
        FieldPanel("section", widget=forms.Select),
        FieldPanel("topics"),
        MultiFieldPanel(
            [
                FieldPanel("lead_image"),
                FieldPanel("lead_image_alt"),
                FieldPanel("lead_image_caption"),
                FieldPanel("lead_image_credit"),
            ],
            heading=_("Lead image"),
        ),
        FieldPanel("body"),
        InlinePanel(
            "corrections", label=_("correction or clarification"), heading=_("Corrections and clarifications")
        ),
    ]
    promote_panels = [
        FieldPanel("slug"),
        MultiFieldPanel(
            [FieldPanel("listing_headline"), FieldPanel("listing_standfirst")], heading=_("In lists")
        ),
        MultiFieldPanel(
            [FieldPanel("seo_title"), FieldPanel("search_description")], heading=_("For search engines")
        ),
    ]
    settings_panels = [
        PublishingPanel(),
        MultiFieldPanel(
            [
                FieldPanel("embargoed_until"),
                FieldPanel("printed_on"),
                FieldPanel("updated_at"),
                FieldPanel("backdated_to"),
            ],
            heading=_("Dates"),
        ),
        CommentPanel(),
    ]
    # Indexed by `save`, once the credits are stored: the signal comes before them, and would index the old names.
    search_auto_update = False
    # For editors' screens alone. Readers search an index of our own, which has the bodies.
    search_fields = [
        *Page.search_fields,
        index.SearchField("standfirst", boost=2),
        index.SearchField("kicker"),
        index.RelatedFields("credits", [index.SearchField("printed_name", boost=2)]),
        index.FilterField("is_public"),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(address__isnull=False), name="public_article_has_an_address"
            )
        ]
        # Few say that they were updated: these are found without looking through all.
        indexes = [
            models.Index(
                fields=["updated_at"], condition=Q(updated_at__isnull=False), name="articles_updated"
            )
        ]

    @property
    def headline(self) -> str:
        return self.title

    @property
    def is_embargoed(self) -> bool:
        return self.embargoed_until is not None and self.embargoed_until > timezone.now()

    @property
    def is_before_readers(self) -> bool:
        """Whether a reader, or a program, may have it. The gate, for one article; `published()` is the same for many."""
        return self.live and self.is_public

    @cached_property
    def body_text(self) -> str:
        """The words of the body; an import has them already."""
        return body_text(self.body.raw_data)

    # Wagtail asks four ways where a page is, and serves it at its place in the tree whenever it is `live`. An article
    # has one address, while it is public, and none otherwise; its place in the tree leads there.

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        parts = super().get_url_parts(request) if self.is_before_readers else None
        return _at(self, path_at(self.address), parts)

    def get_url(self, request: HttpRequest | None = None, current_site: Site | None = None) -> str | None:
        # A publication is one site: Wagtail's would ask the database which, for every line of a list.
        return path_at(self.address) if self.is_before_readers else None

    url = property(get_url)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        urls: list[dict[str, Any]] = super().get_sitemap_urls(request)
        return urls if self.is_before_readers else []

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if path_components or not self.is_before_readers:
            raise Http404
        return RouteResult(self)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _led_to(self, request)

    def clean(self) -> None:
        super().clean()
        self.standfirst = plain_text(self.standfirst)
        self.listing_standfirst = plain_text(self.listing_standfirst)
        self.lead_image_caption = clean_edited_inline(self.lead_image_caption)
        if self.lead_image_id and not self.lead_image_alt.strip():
            raise ValidationError({"lead_image_alt": _("Describe the image for readers who cannot see it.")})

    @staticmethod
    def _slug_is_available(slug: str, parent_page: Page | None, page: Page | None = None) -> bool:
        # Wagtail wants a slug once among siblings, and would look through all of them. Here a slug belongs
        # to a month, and `publishing` gives each article an address of its own when it is first published.
        return True

    def permissions_for_user(self, user: AbstractBaseUser) -> ArticlePermissions:
        return ArticlePermissions(user, self)

    def copy(self, *args: Any, **kwargs: Any) -> "ArticlePage":
        # Wagtail dates the copy of a draft as if it had been published.
        kwargs["keep_live"] = self.live and kwargs.get("keep_live", True)
        copied: ArticlePage = super().copy(*args, **kwargs)
        return copied

    def copy_all_child_relations(self, target: Any, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        """Copy what belongs to the article. Its credits are signed anew when the copy is published."""
        copied: dict[Any, Any] = super().copy_all_child_relations(target, *args, **kwargs)
        target.credits = publishing.unsigned_copies(self.credits.all())
        return copied

    def with_content_json(self, content: dict[str, Any]) -> "ArticlePage":
        restored = super().with_content_json(content)
        restored.address, restored.is_public = self.address, self.is_public
        # A version saved while an embargo held has the moment when somebody pressed the button.
        restored.first_published_at = self.first_published_at
        lead_on(restored)
        return restored

    @in_turn()
    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        publishing.take_up(self)
        # An imported article is live without a revision. Wagtail would take such a page offline when a
        # later version is scheduled, so what is live is put on record before anything is drafted over it.
        if self.live and self.live_revision_id is None and self.pk:
            publishing.record_live_version(self)
        return super().save_revision(*args, **kwargs)

    @in_turn()
    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if publishing.is_out_of_sight(fields):
            super().save(*args, **kwargs)
            return
        before = faces.face_of(self)
        if fields is None:
            self.store(before, *args, **kwargs)
        else:
            super().save(*args, **kwargs)
            publishing.settle_stored(self, before)

    @in_turn()
    def store(self, before: faces.Face | None, *args: Any, **kwargs: Any) -> None:
        """Store the whole article, with all that readers see of it; `before` is what they saw until now.

        Raises `StaysWhereItIs` for a new one that is not among the articles, `ArticleIsGone` for one deleted meanwhile.
        """
        if self._state.adding and self.get_parent().specific_class is not ArticleIndexPage:
            raise StaysWhereItIs
        publishing.take_up(self)
        publishing.settle(self)
        super().save(*args, **kwargs)
        self.__dict__.pop("body_text", None)
        publishing.put_before_readers([self])
        faces.announce(self, before, faces.face_of(self))
        index.insert_or_update_object(self)

    @in_turn()
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        publishing.take_up(self)
        deleted: tuple[int, dict[str, int]] = super().delete(*args, **kwargs)
        return deleted

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | printed_article(self)


class Correction(models.Model):
    """What was put right in an article, and when."""

    class CorrectionKind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="corrections")
    kind = models.CharField(
        _("kind"), max_length=15, choices=CorrectionKind, default=CorrectionKind.CORRECTION
    )
    dated = models.DateField(_("date"), default=timezone.localdate)
    text = RichTextField(_("text"), features=["bold", "italic", "link"])

    class Meta:
        verbose_name = _("correction or clarification")
        ordering = ["dated", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.dated}"

    def clean(self) -> None:
        super().clean()
        self.text = clean_edited_text(self.text)


def _led_to(page: ArticleIndexPage | ArticlePage, request: HttpRequest) -> HttpResponse:
    """The answer at the place in the tree of what has an address of its own: there, with the query kept."""
    if page.url is None:
        raise Http404
    shows(linked_page(page.pk))
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{page.url}?{query}" if query else page.url)


def _at(page: Page, path: str, parts: tuple[int, str, str] | None) -> tuple[int, str, str] | None:
    """The page's address parts, with the site kept and the path replaced."""
    return (parts[0], parts[1], path) if parts else None
