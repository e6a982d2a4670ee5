"""Writing an article in a real browser: what the panels beside it show, and what typing a headline does not do."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, ConsoleMessage, FrameLocator, Page, expect, sync_playwright
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Comment

from standfirst.articles.actions import create_article
from standfirst.backoffice.actions import let_editors_work
from standfirst.importers.run import import_archive
from standfirst.publications.models import FrontPage, PublicationPage
from tests.factories import a_contributor, a_magazine, an_article
from tests.pagecache.keeping import kept_paths, pagecache

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
# Playwright runs a loop of its own; nothing here is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ARCHIVE = Path(__file__).parent.parent / "importers" / "samples" / "whole-publication-excerpt.xml"
# Blocks as an editor leaves them in the middle of the work, or as an older import stored them.
HALF_FILLED = [
    {"type": "paragraph", "value": "<p>The river rose twice.</p>"},
    {"type": "table", "value": None},
    {"type": "heading", "value": {"level": "h3"}},
    {"type": "pull_quote", "value": {"text": None}},
    {"type": "image", "value": {}},
    {"type": "unknown", "value": {}},
    {"type": "paragraph", "value": '<p>See <a linktype="page" id="abc">that</a>.</p>'},
]


@pytest.fixture
def browser(chromium: str, live_server, settings) -> Iterator[Browser]:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0  # A test says itself when it saves.
    # After the database, and gone before it: see `test_review_in_browser`.
    let_editors_work()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield running
        running.close()


@contextmanager
def at_the_desk(browser: Browser, site: str, *, width: int = 1600) -> Iterator[Page]:
    """A page on which a moderator is logged in. What the browser refused or failed at is an error in the end."""
    user = User.objects.filter(username="boss").first() or User.objects.create_superuser("boss")
    client = Client()
    client.force_login(user)
    context = browser.new_context(viewport={"width": width, "height": 1000})
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
    page = context.new_page()
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # The last is Wagtail's own way to write down what its checks found.
        if message.type == "error" and not message.text.startswith("axe.run results"):
            said.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("response", lambda r: r.status >= 400 and said.append(f"{r.status} {r.request.method} {r.url}"))
    yield page
    context.close()
    assert said == []


def open_panel(page: Page, name: str) -> None:
    toggle = page.locator(f"[data-side-panel-toggle='{name}']")
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()


def save(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").click()
    page.wait_for_load_state("networkidle")


def preview_of(page: Page) -> FrameLocator:
    open_panel(page, "preview")
    return page.frame_locator("#w-preview-iframe")


def test_the_preview_panel_shows_an_article_with_its_half_filled_blocks(browser, live_server):
    a_magazine()
    article = an_article(a_contributor(), headline="On water", body=HALF_FILLED)

    with pagecache(is_on=True), at_the_desk(browser, live_server.url) as page:
        page.goto(f"{live_server.url}{reverse('wagtailadmin_pages:edit', args=[article.pk])}")
        shown = preview_of(page)

        expect(shown.locator("h1")).to_have_text("On water")
        expect(shown.get_by_text("The river rose twice.")).to_be_visible()
        expect(shown.get_by_text("See that.")).to_be_visible()
        assert kept_paths() == set()


def test_the_preview_panel_shows_a_page_of_the_publications_own(browser, live_server):
    a_magazine()
    about = PublicationPage(title="About us", body=[("paragraph", "<p>Founded in 1912.</p>")])
    FrontPage.objects.get().add_child(instance=about)

    with at_the_desk(browser, live_server.url) as page:
        page.goto(f"{live_server.url}{reverse('wagtailadmin_pages:edit', args=[about.pk])}")

        expect(preview_of(page).get_by_text("Founded in 1912.")).to_be_visible()


def test_the_checks_beside_an_article_tell_its_words_and_find_what_is_amiss(browser, live_server):
    a_magazine()
    body = [
        ("paragraph", "<p>The river rose twice that year.</p>"),
        ("heading", {"text": "Then", "level": "h4"}),
    ]
    article = an_article(a_contributor(), headline="On water", body=body)

    with at_the_desk(browser, live_server.url) as page:
        page.goto(f"{live_server.url}{reverse('wagtailadmin_pages:edit', args=[article.pk])}")
        open_panel(page, "checks")

        checks = page.locator(".form-side")
        expect(checks.locator("[data-content-word-count]")).to_have_text("13")
        expect(checks.locator("[data-content-reading-time]")).not_to_be_empty()
        expect(checks.get_by_text("Incorrect heading hierarchy")).to_be_visible()


def test_an_editor_comments_on_a_draft_and_no_reader_learns_of_it(browser, live_server):
    a_magazine()
    article = an_article(a_contributor(), headline="On water")

    with at_the_desk(browser, live_server.url) as page:
        page.goto(f"{live_server.url}{reverse('wagtailadmin_pages:edit', args=[article.pk])}")
        open_panel(page, "comments")
        page.locator("#panel-child-content-kicker-section, [data-contentpath='kicker']").first.hover()
        page.locator("[data-contentpath='kicker'] [data-component='add-comment-button']").first.click(
            force=True
        )
        page.locator(".comment textarea").fill("Is this confirmed by the weir-keeper?")
        page.locator(".comment button.comment__button--primary").click()
        save(page)

    assert [comment.text for comment in Comment.objects.all()] == ["Is this confirmed by the weir-keeper?"]
    for path in (article.url, "/", "/search/?q=weir-keeper"):
        assert "confirmed by the weir" not in Client().get(path).text


def test_typing_a_headline_over_an_imported_archive_leaves_every_redirect_where_it_is(browser, live_server):
    a_magazine()
    import_archive(ARCHIVE, processes=1)
    before = set(Redirect.objects.values_list("old_path", "redirect_page", "redirect_link"))
    draft = create_article(headline="On water", by=None)

    with at_the_desk(browser, live_server.url) as page:
        page.goto(f"{live_server.url}{reverse('wagtailadmin_pages:edit', args=[draft.pk])}")
        headline = page.locator("[name=title]")
        headline.click()
        headline.press("End")
        headline.press_sequentially(", and on mud", delay=20)
        headline.blur()
        # The slug follows the headline, as long as nobody has read it.
        page.get_by_role("tab", name="Promote").click()
        expect(page.locator("[name=slug]")).to_have_value("on-water-and-on-mud")
        save(page)

    draft.refresh_from_db()
    assert (draft.slug, draft.draft_title) == ("on-water-and-on-mud", "On water, and on mud")
    assert before
    assert set(Redirect.objects.values_list("old_path", "redirect_page", "redirect_link")) == before
