"""What the editors' desk adds to Wagtail's."""

from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from standfirst.contributors.models import Contributor
from standfirst.publications.queries import publication

from .home import OldPagesPanel
from .permissions import NobodyDeletes
from .views import WithdrawContributor
from .viewsets import ArticleListing, ContributorViewSet, RoleViewSet, SectionViewSet, TopicViewSet

register_permission_policy(Contributor, NobodyDeletes(Contributor))
for viewset in (ContributorViewSet, SectionViewSet, TopicViewSet, RoleViewSet):
    register_snippet(viewset)


@hooks.register("register_admin_viewset")
def articles() -> ViewSet:
    return ArticleListing()


@hooks.register("register_admin_urls")
def withdrawing() -> list[URLPattern]:
    return [
        path("contributors/<int:pk>/withdraw/", WithdrawContributor.as_view(), name="withdraw_contributor")
    ]


@hooks.register("construct_main_menu")
def without_snippets(request: object, menu_items: list) -> None:
    # Everything we have there has a place of its own.
    menu_items[:] = [item for item in menu_items if item.name not in ("snippets", "documents")]


@hooks.register("construct_homepage_panels")
def old_pages(request: object, panels: list) -> None:
    panels.append(OldPagesPanel(timezone.now()))


@hooks.register("insert_global_admin_css")
def accent() -> str:
    """The publication's colour, on the edge of the menu."""
    theme = publication().theme_css_url
    chosen = format_html('<link rel="stylesheet" href="{}">', theme) if theme else ""
    return format_html('{}<link rel="stylesheet" href="{}">', chosen, static("backoffice/desk.css"))
