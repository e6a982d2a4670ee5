"""Whatever Wagtail can do to a page, what readers see of an article stays right.

The lists of what it can do are Wagtail's own: the addresses of its page screens, its bulk actions, the actions behind its
interface for programs, the actions models have, and its commands. Each entry is tried on articles in every state. One that
is not known here fails: somebody must see what it does to an article, and say so below.
"""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from itertools import count, product
from urllib.parse import urlencode

import lxml.html
import pytest
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command, get_commands
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone
from wagtail.actions import action_registry
from wagtail.actions.convert_alias import ConvertAliasPageError
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.urls.pages import urlpatterns
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Locale, Page, Workflow

from standfirst.articles.models import ArticleIndexPage, ArticlePage
from standfirst.articles.queries import article_index
from standfirst.backoffice.actions import let_editors_work
from standfirst.config.checks import findings
from standfirst.publications.models import FrontPage
from tests.factories import a_contributor, a_magazine, a_section, an_article
from tests.pagecache.keeping import kept_answer, kept_paths, not_kept, pagecache, sent

pytestmark = pytest.mark.django_db

LATER = timedelta(days=3)
_slugs = count(1)


# --- articles in every state ---------------------------------------------------------------------------------------


def live():
    return an_article(a_contributor("Ada Quill"), headline="On water", slug="on-water")


def live_and_drafted():
    article = live()
    article.title = "On deep water"
    article.slug = "on-deep-water"
    article.save_revision()
    return article


def live_and_scheduled():
    article = live()
    article.title = "On water, later"
    article.go_live_at = timezone.now() + LATER
    article.save_revision().publish()
    return article


def draft():
    return an_article(a_contributor("Ada Quill"), headline="On water", slug="on-water", publish=False)


def scheduled():
    article = draft()
    article.go_live_at = timezone.now() + LATER
    article.save_revision().publish()
    return article


def embargoed():
    return an_article(
        a_contributor("Ada Quill"),
        headline="On water",
        slug="on-water",
        published_at=None,
        embargoed_until=timezone.now() + LATER,
    )


def unpublished():
    article = live()
    article.unpublish()
    return article


def expired():
    article = live()
    ArticlePage.objects.filter(pk=article.pk).update(expire_at=timezone.now() - LATER)
    call_command("publish_scheduled")
    return article


def in_moderation():
    article = draft()
    Workflow.objects.get().start(article, User.objects.create_user("writer"))
    return article


def live_and_in_moderation():
    article = live_and_drafted()
    Workflow.objects.get().start(article, User.objects.create_user("writer"))
    return article


IS_SQLITE = connection.vendor == "sqlite"
STATES = [live, live_and_scheduled, draft, embargoed, in_moderation]
if IS_SQLITE:
    STATES += [live_and_drafted, scheduled, unpublished, expired, live_and_in_moderation]
# Whoever may do everything does it in every state. Who may do what of it is the same on either database, and what else an
# article is besides live, a draft or waiting changes nothing of that.
EVERYTHING = ("superusers", STATES)
DESKS = [(role, [live, draft, scheduled, embargoed, in_moderation]) for role in ("Moderators", "Editors")]
WHO_AND_WHAT = [
    pytest.param(state, role, id=f"{state.__name__}-{role}")
    for role, states in ([EVERYTHING, *DESKS] if IS_SQLITE else [EVERYTHING])
    for state in states
]


@pytest.fixture
def magazine(db):
    let_editors_work()
    index = a_magazine()
    # Another of the same slug: two articles may have one, in different months.
    an_article(
        a_contributor("Ben Marsh"),
        headline="Of the same slug",
        slug="on-water",
        published_at=timezone.now() - timedelta(days=90),
        section=a_section(),
    )
    with pagecache(is_on=True):
        yield index


@pytest.fixture(params=STATES, ids=lambda state: state.__name__)
def article(request, magazine):
    return ArticlePage.objects.get(pk=request.param().pk)


by_every_role = pytest.mark.parametrize(("article", "role"), WHO_AND_WHAT, indirect=["article"])


def logged_in(role: str) -> Client:
    user = User.objects.create_user(f"one-of-{role}", is_superuser=role == "superusers")
    user.groups.set(Group.objects.filter(name=role))
    client = Client()
    client.force_login(user)
    return client


# --- what must hold ------------------------------------------------------------------------------------------------


@contextmanager
def tried() -> Iterator[None]:
    """Something is done; it must be right afterwards, and is as if it had not been. Readers have read everything before."""
    with transaction.atomic():
        before = addresses()
        for path in sorted(before - kept_paths()):
            sent(path)
        with written() as writes:
            yield
        if writes:
            is_right(before | addresses())
            transaction.set_rollback(True)


@contextmanager
def written() -> Iterator[list[str]]:
    """The writes inside: none, and there is nothing to be looked at."""
    writes = []

    def note(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and not re.search(NOT_OURS, sql[:60]):
            writes.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield writes


NOT_OURS = "django_session|wagtailadmin_editingsession|pagecache_|auth_user"


def is_right(paths: set[str]) -> None:
    assert [finding.sentence for finding in findings(timezone.now())] == []
    for path in kept_paths():
        with not_kept():
            fresh = sent(path)
        assert kept_answer(path) == fresh, f"{path} is kept, and is not what a reader would be sent"
    for page in Page.objects.filter(content_type=ContentType.objects.get_for_model(ArticlePage)):
        article = ArticlePage.objects.get(pk=page.pk)
        seen = bool(article.address) and sent(f"/{article.address}/")[0] == 200
        assert seen == (page.live and not article.is_embargoed), f"{article}: {article.status_string}"
    assert ArticleIndexPage.objects.count() == FrontPage.objects.count() == 1


def addresses() -> set[str]:
    articles = ArticlePage.objects.exclude(address=None).values_list("address", flat=True)
    paths = {"/", "/articles/", "/authors/", "/author/ada-quill/", "/author/ben-marsh/", "/section/rivers/"}
    return paths | {f"/{address}/" for address in articles}


# --- the screens of pages ------------------------------------------------------------------------------------------


def submitted(html: bytes, **changes: object) -> dict[str, object]:
    """What a browser sends of the largest form of a page: our article's, its body left empty."""
    form = max(lxml.html.fromstring(html).forms, key=lambda form: len(form.fields))
    fields = {name: value for name, value in form.form_values() if not name.startswith("action-")}
    return fields | {"body-count": 0} | changes


def copied(page: Page, **changes: object) -> dict[str, object]:
    parent = page.get_parent()
    return {"new_title": "A copy", "new_slug": f"copy-{next(_slugs)}", "new_parent_page": parent.pk} | changes


def moment(when) -> str:
    return timezone.localtime(when).strftime("%Y-%m-%d %H:%M")


# What is sent to each screen that does something, beside nothing at all: of a page.
SENT = {
    "copy": lambda page: [
        copied(page),
        copied(page, publish_copies="on"),
        copied(page, publish_copies="on", copy_subpages="on"),
        copied(page, new_slug=page.slug, publish_copies="on"),
        copied(page, alias="on"),
        copied(page, alias="on", copy_subpages="on"),
        copied(page, new_parent_page=FrontPage.objects.get().pk, publish_copies="on"),
    ],
    "delete": lambda page: [{"confirm_site_name": "The Test"}],
    "move": lambda page: [{"new_parent_page": FrontPage.objects.get().pk}],
    "move_confirm": lambda page: [{}],
    "set_page_position": lambda page: [{}],
    "set_privacy": lambda page: [
        {"restriction_type": "login"},
        {"restriction_type": "password", "password": "x"},
        {"restriction_type": "none"},
    ],
    "unpublish": lambda page: [{"include_descendants": "on"}],
    "convert_alias": lambda page: [{}],
    "lock": lambda page: [{}],
    "unlock": lambda page: [{}],
    "revisions_unschedule": lambda page: [{}],
    "workflow_action": lambda page: [{"comment": "Fine."}],
    "collect_workflow_action_data": lambda page: [{"comment": "Fine."}],
    "confirm_workflow_cancellation": lambda page: [{}],
}
# These send back the form they show.
EDITORS = {"add", "edit", "revisions_revert"}
SUBMITTED = [
    {},
    {"action-publish": "1"},
    {"action-submit": "1"},
    {"action-publish": "1", "go_live_at": moment(timezone.now() + LATER)},
    {"action-publish": "1", "embargoed_until": moment(timezone.now() + LATER)},
    {"action-publish": "1", "slug": "another-slug", "title": "Another"},
    {"action-workflow-action": "1", "workflow-action-name": "approve"},
]
# These only show something.
SHOWN = {
    "preview_on_add",
    "preview_on_edit",
    "type_use",
    "type_use_results",
    "choose_parent",
    "usage",
    "view_draft",
    "add_subpage",
    "search",
    "search_results",
    "workflow_preview",
    "revisions_index",
    "revisions_view",
    "revisions_compare",
    "workflow_history",
    "workflow_history_detail",
    "history",
    "history_results",
}


def values_for(page: Page) -> dict[str, list[object]]:
    """What may stand for each part of a screen's address."""
    page = page.specific
    revisions = list(page.revisions.order_by("pk").values_list("pk", flat=True))
    task = page.current_workflow_task_state
    return {
        "page_id": [page.pk],
        "page_to_move_id": [page.pk],
        "pk": [page.pk],
        "content_type_app_name": ["articles"],
        "app_label": ["articles"],
        "content_type_model_name": ["articlepage"],
        "model_name": ["articlepage"],
        "parent_page_id": [article_index().pk],
        "destination_id": [FrontPage.objects.get().pk, article_index().pk],
        "revision_id": sorted({*revisions[:1], *revisions[-1:]}),
        "revision_id_a": ["earliest"],
        "revision_id_b": ["latest"],
        "action_name": ["approve", "reject"],
        "task_state_id": [task.pk if task else 0],
        "task_id": [task.task_id if task else 0],
        "workflow_state_id": [task.workflow_state_id if task else 0],
    }


def addresses_of(screen: URLPattern, page: Page) -> Iterator[str]:
    """Every address of a screen, for a page."""
    values = values_for(page)
    parts = list(screen.pattern.regex.groupindex)
    for chosen in product(*(values[part] for part in parts)):
        yield reverse(f"wagtailadmin_pages:{screen.name}", kwargs=dict(zip(parts, chosen, strict=True)))


def known(screen: URLPattern) -> URLPattern:
    assert screen.name in SENT.keys() | EDITORS | SHOWN, (
        f"Wagtail has a screen of pages that is new here, {screen.name}: see what it does to articles, and say so above."
    )
    return screen


def try_every_screen(client: Client, page: Page) -> None:
    for screen in map(known, urlpatterns):
        for address in addresses_of(screen, page):
            with tried():
                shown = client.get(address)
                assert shown.status_code < 500, address
            forms = SENT.get(screen.name, lambda page: [{}])(page)
            if screen.name in EDITORS and shown.status_code == 200:
                forms = [submitted(shown.content, **changes) for changes in SUBMITTED]
            if screen.name == "set_page_position":
                address += "?position=0"
            for form in forms:
                with tried():
                    answer = client.post(address, form)
                    assert answer.status_code < 500, (address, form)


@by_every_role
def test_every_screen_of_pages_leaves_articles_right(article, role):
    client = logged_in(role)

    try_every_screen(client, article)


@pytest.mark.parametrize("which", [ArticleIndexPage, FrontPage])
def test_every_screen_of_pages_leaves_what_holds_the_articles(magazine, which):
    live(), scheduled()
    client = logged_in("superusers")

    try_every_screen(client, which.objects.get())


# --- bulk actions --------------------------------------------------------------------------------------------------

BULK = {
    "delete": lambda: [{"confirm_site_name": "The Test"}],
    "move": lambda: [{"chooser": FrontPage.objects.get().pk}, {"chooser": article_index().pk}],
    "publish": lambda: [{}, {"include_descendants": "on"}],
    "unpublish": lambda: [{}, {"include_descendants": "on"}],
}


@by_every_role
def test_every_bulk_action_leaves_articles_right(article, role):
    client = logged_in(role)
    every = ArticlePage.objects.values_list("pk", flat=True)

    for action in bulk_action_registry.get_bulk_actions_for_model("wagtailcore", "page"):
        kind = action.action_type
        assert kind in BULK, (
            f"Wagtail has a bulk action that is new here, {kind}: see what it does to articles."
        )
        for chosen in ([article.pk], every, [article_index().pk], [FrontPage.objects.get().pk]):
            address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", kind])
            address += "?" + urlencode({"id": list(chosen)}, doseq=True)
            for form in BULK[kind]():
                with tried():
                    assert client.get(address).status_code < 500
                    assert client.post(address, form).status_code < 500, (address, form)


def test_articles_unpublished_in_bulk_are_out_of_sight(magazine):
    article = live()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])

    logged_in("Moderators").post(f"{address}?id={article.pk}")

    assert not ArticlePage.objects.get(pk=article.pk).live
    assert sent(article.url)[0] == 404


def test_an_alias_asked_for_by_address_is_refused_and_said_why(magazine):
    article = live()
    address = reverse("wagtailadmin_pages:copy", args=[article.pk])

    answer = logged_in("superusers").post(address, copied(article, alias="on"))

    assert "An article cannot be an alias of another" in answer.content.decode()
    assert ArticlePage.objects.count() == 2


# --- the desk's interface for programs -----------------------------------------------------------------------------


def test_no_action_is_offered_to_programs(article):
    client = logged_in("superusers")

    for action in PagesAdminAPIViewSet.actions:
        address = reverse("wagtailadmin_api:pages:action", args=[article.pk, action])
        with tried():
            answer = client.post(
                address, {"locale": "en-gb", "recursive": "1"}, content_type="application/json"
            )
            assert answer.status_code == 404, action


# --- what models, commands and code can do -------------------------------------------------------------------------


def by_code(name: str, page: Page) -> list[Callable[[], object]]:
    """What code can do to a page by an action of Wagtail's, as it does: by the shortcut of the model, or by the action."""
    action = action_registry.get_action_class(ArticlePage, name)
    front, index = FrontPage.objects.get(), article_index()
    slug = {"slug": f"copy-{next(_slugs)}"}
    match name:
        case "publish":
            return [revision.publish for revision in page.revisions.all()]
        case "unpublish":
            whole = action(index, include_descendants=True, user=User(is_superuser=True))
            return [page.unpublish, action(page, set_expired=True).execute, index.unpublish, whole.execute]
        case "copy":
            return [
                lambda: page.copy(update_attrs=slug),
                lambda: page.copy(update_attrs=slug, copy_revisions=False),
                lambda: page.copy(update_attrs=slug, keep_live=False),
                lambda: page.copy(),
                lambda: page.copy(to=front),
            ]
        case "move":
            return [
                lambda: page.move(front, pos="last-child"),
                lambda: page.move(index, pos="first-child"),
                lambda: index.move(Page.get_first_root_node(), pos="last-child"),
            ]
        case "delete":
            bare, specific = Page.objects.filter(pk=page.pk), ArticlePage.objects.filter(pk=page.pk)
            return [page.delete, bare.delete, specific.delete]
        case "revert":
            return [action(page.specific, revision).execute for revision in page.revisions.all()]
        case "convert_alias":
            return [action(page).execute]
        case "create_alias":
            return [page.create_alias, index.create_alias, lambda: page.create_alias(parent=front)]
        case "copy_for_translation":
            french = Locale.objects.get_or_create(language_code="fr")[0]
            return [
                lambda: page.copy_for_translation(french, copy_parents=True),
                lambda: page.copy_for_translation(Locale.get_default()),
            ]
        case "create" | "edit":
            return []  # By a form: these are the screens'.
    pytest.fail(f"Wagtail has an action that is new here, {name}: see what it does to articles.")


# The last is what the database says to a second page of one translation.
REFUSED = (PermissionDenied, ValidationError, ProtectedError, ConvertAliasPageError, IntegrityError)


@pytest.mark.parametrize("bare", [False, True], ids=["specific", "bare"])
def test_every_action_of_code_leaves_articles_right(article, bare):
    page = Page.objects.get(pk=article.pk) if bare else article
    for name in action_registry.get_actions_for_model(ArticlePage):
        for number in range(len(by_code(name, page))):
            with tried(), suppress(*REFUSED), transaction.atomic():
                page = (Page if bare else ArticlePage).objects.get(pk=article.pk)
                by_code(name, page)[number]()


def of_fields(page: Page) -> dict[str, object]:
    return {
        "live": not page.live,
        "title": "Otherwise",
        "slug": "otherwise",
        "first_published_at": timezone.now() - timedelta(days=400),
        "go_live_at": timezone.now() + LATER,
        "expire_at": timezone.now() - LATER,
        "owner": None,
        "seo_title": "Otherwise",
        "embargoed_until": None,
        "backdated_to": timezone.now() - timedelta(days=800),
        "section": a_section("Sea"),
    }


@pytest.mark.parametrize("bare", [False, True], ids=["specific", "bare"])
@pytest.mark.parametrize("some_fields", [False, True], ids=["all-fields", "some-fields"])
def test_every_field_that_is_stored_leaves_articles_right(article, bare, some_fields):
    model = Page if bare else ArticlePage
    names = {field.name for field in model._meta.get_fields()}
    for name, value in of_fields(article).items():
        if name in names:
            with tried():
                page = model.objects.get(pk=article.pk)
                setattr(page, name, value)
                page.save(**{"update_fields": [name]} if some_fields else {}, clean=False)


COMMANDS = {
    "publish_scheduled": [[]],
    "publish_scheduled_pages": [[]],
    "fixtree": [["--full", "--noinput"]],
    "set_url_paths": [[]],
    "purge_revisions": [[], ["--pages"]],
    "create_log_entries_from_revisions": [[]],
    "rebuild_references_index": [[]],
    "show_references_index": [[]],
    "move_pages": lambda: [[article_index().pk, FrontPage.objects.get().pk]],
}
# These are about no pages.
OTHER_COMMANDS = {"api_tokens", "convert_mariadb_uuids", "purge_embeds"}


def test_every_command_of_wagtail_leaves_articles_right(article):
    for name in sorted(name for name, app in get_commands().items() if app == "wagtail"):
        assert name in COMMANDS.keys() | OTHER_COMMANDS, f"Wagtail has a command that is new here, {name}."
        calls = COMMANDS.get(name, [])
        for arguments in calls() if callable(calls) else calls:
            with tried(), suppress(*REFUSED), transaction.atomic():
                call_command(name, *arguments, stdout=io.StringIO())
