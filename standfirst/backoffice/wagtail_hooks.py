"""What the editors' desk adds to Wagtail's."""

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from standfirst.articles.models import ArticlePage
from standfirst.contributors.models import Contributor
from standfirst.publications.queries import publication

from . import imports, queue, who_is_who
from .home import OldPagesPanel, RefusedLogInsPanel
from .pages_api import PagesForReading
from .permissions import NobodyDeletes
from .screens import IMPORTS, JOURNAL, QUEUE, WHO_IS_WHO
from .viewsets import ArticleListing, ContributorViewSet, RoleViewSet, SectionViewSet, TopicViewSet

register_permission_policy(Contributor, NobodyDeletes(Contributor))
for viewset in (ContributorViewSet, SectionViewSet, TopicViewSet, RoleViewSet):
    register_snippet(viewset)


@hooks.register("register_admin_viewset")
def articles() -> ViewSet:
    return ArticleListing()


@hooks.register("register_admin_urls")
def screens() -> list[URLPattern]:
    """Every one of these is a `Screen`, which asks for a permission before anything else."""
    return [
        path("review/", queue.Queue.as_view(), name="review"),
        path("review/all/", queue.Questions.as_view(), name="review_questions"),
        path("review/find/", queue.FindDuplicates.as_view(), name="review_find"),
        path("review/<int:pk>/", queue.ShowQuestion.as_view(), name="review_question"),
        path("contributors/journal/", who_is_who.Journal.as_view(), name="identity_journal"),
        path(
            "contributors/journal/<int:pk>/undo/",
            who_is_who.UndoChange.as_view(),
            name="undo_identity_change",
        ),
        path("contributors/<int:pk>/merge/", who_is_who.Merge.as_view(), name="merge_contributors"),
        path("contributors/<int:pk>/split/", who_is_who.Split.as_view(), name="split_contributor"),
        path("contributors/<int:pk>/rename/", who_is_who.Rename.as_view(), name="rename_contributor"),
        path("contributors/<int:pk>/convert/", who_is_who.Convert.as_view(), name="convert_contributor"),
        path(
            "contributors/<int:pk>/withdraw/",
            who_is_who.WithdrawOrRestore.as_view(),
            name="withdraw_contributor",
        ),
        path("imports/", imports.ImportSources.as_view(), name="import_sources"),
        path("imports/<int:pk>/", imports.ImportFields.as_view(), name="import_fields"),
    ]


@hooks.register("construct_admin_api")
def pages_for_reading(router: WagtailAPIRouter) -> None:
    router.register_endpoint("pages", PagesForReading)


@hooks.register("register_admin_menu_item")
def review() -> queue.ReviewMenuItem:
    return queue.ReviewMenuItem()


@hooks.register("register_settings_menu_item")
def imported_sites() -> imports.ImportsMenuItem:
    return imports.ImportsMenuItem()


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """What an administrator may give a group, beside what Wagtail offers."""
    wanted = [name.split(".") for name in (QUEUE, WHO_IS_WHO, JOURNAL, IMPORTS)]
    asked = Q()
    for app, codename in wanted:
        asked |= Q(content_type__app_label=app, codename=codename)
    return Permission.objects.filter(asked)


@hooks.register("after_publish_page")
def embargo_is_said(request: HttpRequest, page: Page) -> None:
    """Wagtail says that it has been published, which of an article under an embargo is half of it."""
    if isinstance(page, ArticlePage) and page.live and page.is_embargoed:
        until = date_format(timezone.localtime(page.embargoed_until), "DATETIME_FORMAT")
        messages.warning(
            request,
            _("“%(headline)s” is embargoed until %(until)s: no reader sees it before.")
            % {"headline": page.headline, "until": until},
        )


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def back_to_the_articles(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Whoever publishes an article is done with it. What they came from goes first; whoever saves one stays with it."""
    if not isinstance(page, ArticlePage) or request.POST.get("next"):
        return None
    is_done = any(request.POST.get(button) for button in ("action-publish", "action-submit"))
    return redirect("articles:index") if is_done else None


@hooks.register("construct_main_menu")
def without_snippets(request: object, menu_items: list) -> None:
    # Everything we have there has a place of its own.
    menu_items[:] = [item for item in menu_items if item.name not in ("snippets", "documents")]


@hooks.register("construct_homepage_panels")
def old_pages(request: object, panels: list) -> None:
    panels.append(OldPagesPanel(timezone.now()))


@hooks.register("construct_homepage_panels")
def refused_log_ins(request: HttpRequest, panels: list) -> None:
    panels.append(RefusedLogInsPanel(request.user.get_username(), timezone.now()))


@hooks.register("insert_global_admin_css")
def accent() -> str:
    """The publication's colour, on the edge of the menu."""
    theme = publication().theme_css_url
    chosen = format_html('<link rel="stylesheet" href="{}">', theme) if theme else ""
    return format_html('{}<link rel="stylesheet" href="{}">', chosen, static("backoffice/desk.css"))
