"""The lists and forms of the editors' desk."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Role
from standfirst.contributors.models import Contributor
from standfirst.publications.models import Section, Topic

from . import views
from .forms import ContributorForm, NewContributorForm, SectionForm, TopicForm


class ShownForNamesakes(FieldPanel):
    """A field that appears only once the form has complained of a namesake."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.form.has_namesakes)


class ContributorChooserViewSet(SnippetChooserViewSet):
    icon = "user"
    choose_one_text = _("Choose a contributor")
    choose_another_text = _("Choose another contributor")
    edit_item_text = _("Edit this contributor")
    create_action_label = _("New contributor")
    creation_form_class = NewContributorForm
    choose_view_class = views.ChooseContributor
    choose_results_view_class = views.ChooseContributorResults
    create_view_class = views.CreateContributorInPassing
    per_page = 25


class ContributorViewSet(SnippetViewSet):
    model = Contributor
    icon = "user"
    menu_label = _("Contributors")
    menu_name = "contributors"
    menu_order = 110
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 50
    list_display = [
        "display_name",
        "sort_name",
        Column("get_kind_display", label=_("Kind")),
        Column("articles", label=_("Articles")),
        BooleanColumn("is_public", label=_("Has a page")),
        BooleanColumn("is_listed", label=_("In the A–Z")),
        BooleanColumn("is_withdrawn", label=_("Withdrawn")),
    ]
    list_filter = ["kind", "is_public", "is_listed"]
    ordering = ["sort_key", "pk"]
    add_view_class = views.CreateContributor
    edit_view_class = views.EditContributor
    chooser_viewset_class = ContributorChooserViewSet

    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("display_name"),
                    ShownForNamesakes("is_another_person"),
                    FieldRowPanel([FieldPanel("sort_name"), FieldPanel("kind")]),
                    FieldPanel("slug"),
                ],
                heading=_("Name"),
            ),
            FieldPanel("note"),
            FieldPanel("biography"),
            MultiFieldPanel(
                [FieldPanel("portrait"), FieldPanel("portrait_alt"), FieldPanel("portrait_credit")],
                heading=_("Portrait"),
            ),
            InlinePanel("aliases", heading=_("Other names"), label=_("name")),
            InlinePanel("links", heading=_("Links"), label=_("link")),
            FieldPanel("fediverse"),
            InlinePanel("authority_ids", heading=_("Authority files"), label=_("identifier")),
            MultiFieldPanel(
                [FieldPanel("is_public"), FieldPanel("is_listed"), FieldPanel("account")], heading=_("Here")
            ),
        ],
        base_form_class=ContributorForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contributor]:
        return views.with_article_counts(Contributor.objects.present())


class ShelfViewSet(SnippetViewSet):
    """What sections and topics have in common."""

    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["name", "slug"]
    list_per_page = 50
    search_fields = ["name"]
    delete_view_class = views.DeleteUnlessUsed


class SectionViewSet(ShelfViewSet):
    model = Section
    icon = "folder-open-inverse"
    menu_label = _("Sections")
    menu_order = 120
    add_view_class = views.CreateSection
    edit_view_class = views.EditSection
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description"), FieldPanel("sort_order")],
        base_form_class=SectionForm,
    )


class TopicViewSet(ShelfViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 130
    add_view_class = views.CreateTopic
    edit_view_class = views.EditTopic
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")], base_form_class=TopicForm
    )


class RoleViewSet(SnippetViewSet):
    model = Role
    icon = "group"
    menu_label = _("Roles")
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = ["label", "plural_label", BooleanColumn("is_authorship", label=_("Authorship")), "prints"]
    delete_view_class = views.DeleteUnlessUsed
    panels = [
        FieldPanel("label"),
        FieldPanel("plural_label"),
        FieldRowPanel([FieldPanel("work_one"), FieldPanel("work_many")]),
        FieldPanel("code"),
        FieldPanel("byline_phrase"),
        FieldPanel("is_authorship"),
        FieldPanel("prints"),
        FieldPanel("schema_property"),
        FieldPanel("sort_order"),
    ]


class BylineColumn(Column):
    """Who an article is by, as stored."""

    def get_value(self, instance: ArticlePage) -> str:
        return ", ".join(credit.name for credit in instance.credits.all())


class ArticleIndex(IndexView):
    def annotate_queryset(self, pages: QuerySet[ArticlePage]) -> QuerySet[ArticlePage]:
        return super().annotate_queryset(pages).prefetch_related("section", "credits__contributor")


class ArticleListing(PageListingViewSet):
    model = ArticlePage
    name = "articles"
    icon = "doc-full-inverse"
    menu_label = _("Articles")
    menu_order = 100
    add_to_admin_menu = True
    index_view_class = ArticleIndex
    columns = [
        PageTitleColumn("title", label=_("Headline"), sort_key="title", classname="title"),
        BylineColumn("byline", label=_("Byline"), width="22%"),
        Column("section", label=_("Section"), sort_key="section__name", width="12%"),
        DateColumn("first_published_at", label=_("Published"), sort_key="first_published_at", width="12%"),
        DateColumn("embargoed_until", label=_("Embargoed until"), width="10%"),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="10%"),
    ]
