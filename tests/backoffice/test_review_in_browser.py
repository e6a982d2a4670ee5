"""The review queue, who is who and imported sites in a real browser: keys, no script at all, axe, and nothing that sticks out."""

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, sync_playwright

from standfirst.backoffice.actions import let_editors_work
from standfirst.contributors.models import Contributor
from standfirst.identity.actions import merge_contributors
from standfirst.review.models import Question
from tests.backoffice.test_imports import a_source
from tests.factories import a_contributor, a_magazine, an_article
from tests.review.questions import a_doubtful_byline, a_duplicate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Playwright runs a loop of its own; nothing here is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture
def browser(chromium: str, questions: list[Question]) -> Iterator[Browser]:
    # After the database, and gone before it: the rows every publication has are brought back on the connection of the
    # thread, and inside Playwright's loop Django would open another.
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def questions(live_server) -> list[Question]:
    let_editors_work()
    a_magazine()
    biography = "<p>Ada Quill writes about rivers, floods and the people who live beside them.</p>"
    ada = a_contributor(biography=biography)
    other, third = a_contributor("A. Quill", note="A. Quill translates."), a_contributor("Ada M. Quill")
    for headline in ("On water", "The changing face of the enemy within", "Child poverty is a choice"):
        an_article(ada, headline=headline)
    an_article((other, "translator"), headline="On mud")
    article = an_article(a_contributor("Ada Quill Ben Marsh"), headline="What the river took")
    first = a_duplicate(
        ada, other, reasons=["The same but for an initial.", "Both wrote for Rivers in 2015."]
    )
    second = a_duplicate(ada, third, score=0.5)
    byline = a_doubtful_byline(
        article,
        "Words: Ada Quill/Ben Marsh",
        {"name": "Ada Quill Ben Marsh"},
        reason="A slash between two names.",
    )
    return [first, second, byline]


def desk(browser: Browser, site: str, *, width: int = 1440, script: bool = True, dark: bool = False) -> Page:
    """A page on which a moderator is logged in."""
    user = User.objects.filter(username="boss").first() or User.objects.create_superuser("boss")
    client = Client()
    client.force_login(user)
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        java_script_enabled=script,
        color_scheme="dark" if dark else "light",
    )
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
    return context.new_page()


def screens(questions: list[Question]) -> dict[str, str]:
    ada, other = questions[0].first, questions[0].second
    assert ada is not None
    assert other is not None
    change = merge_contributors(kept=a_contributor("Kay Lee"), absorbed=a_contributor("K. Lee"), by=None)
    source = a_source(
        {
            "scribe": "Ada Quill",
            "td_post_theme_settings.subtitle": "What the river took, and what it left behind.",
        },
        {"_very_long_name_of_a_plugin_that_keeps_things_from_editors": "x" * 300, "scribe": "Ben Marsh"},
        rules={"fields": {"scribe": "byline"}},
    )
    return {
        "imports": reverse("import_sources"),
        "import-fields": reverse("import_fields", args=[source.pk]),
        "duplicate": reverse("review_question", args=[questions[0].pk]),
        "byline": reverse("review_question", args=[questions[2].pk]),
        "questions": reverse("review_questions"),
        "find": reverse("review_find"),
        "merge-search": reverse("merge_contributors", args=[ada.pk]) + "?q=quill",
        "merge": reverse("merge_contributors", args=[ada.pk]) + f"?other={other.pk}",
        "split": reverse("split_contributor", args=[ada.pk]),
        "rename": reverse("rename_contributor", args=[ada.pk]),
        "convert": reverse("convert_contributor", args=[ada.pk]),
        "journal": reverse("identity_journal"),
        "undo": reverse("undo_identity_change", args=[change.pk]),
    }


def test_every_screen_is_accessible_and_fits_from_360_pixels(browser, live_server, questions) -> None:
    paths = screens(questions)
    for width, dark in ((360, True), (1440, False)):
        page = desk(browser, live_server.url, width=width, dark=dark)
        for name, path in paths.items():
            page.goto(live_server.url + path)
            wide = page.evaluate("document.querySelector('.review').scrollWidth <= window.innerWidth")
            found = Axe().run(page, context=".review", options={"runOnly": {"type": "tag", "values": RULES}})
            assert wide, (name, width)
            assert found.response["violations"] == [], (name, width, found.generate_report())
        page.context.close()


def test_keys_answer_and_take_back(browser, live_server, questions) -> None:
    ada, other = questions[0].first, questions[0].second
    page = desk(browser, live_server.url)
    page.goto(live_server.url + reverse("review"))

    with page.expect_navigation():
        page.keyboard.press("a")
    page.get_by_text("Ada Quill and A. Quill are one now.").first.wait_for()
    assert Contributor.objects.get(pk=other.pk).merged_into == ada

    with page.expect_navigation():
        page.keyboard.press("u")
    assert not Contributor.objects.get(pk=other.pk).is_merged

    with page.expect_navigation():
        page.keyboard.press("s")
    assert page.url.endswith(reverse("review_question", args=[questions[1].pk]))
    with page.expect_navigation():
        page.keyboard.press("d")
    assert Question.objects.get(pk=questions[1].pk).decision == "different"
    page.context.close()


def test_a_letter_typed_in_a_name_is_a_letter_and_enter_accepts_what_is_there(
    browser, live_server, questions
) -> None:
    page = desk(browser, live_server.url)
    page.goto(live_server.url + reverse("review_question", args=[questions[2].pk]))

    page.fill("#name-0", "")
    page.type("#name-0", "Sadda")
    assert page.input_value("#name-0") == "Sadda"
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert Question.objects.get(pk=questions[2].pk).decision == "corrected"
    assert Contributor.objects.filter(display_name="Sadda").exists()
    page.context.close()


def test_without_any_script_every_answer_is_a_button(browser, live_server, questions) -> None:
    page = desk(browser, live_server.url, script=False)
    page.goto(live_server.url + reverse("review"))

    page.get_by_role("button", name="Skip").click()
    page.get_by_role("button", name="Two different ones").click()
    assert Question.objects.get(pk=questions[1].pk).decision == "different"
    page.get_by_role("button", name="Right so").click()
    assert Question.objects.get(pk=questions[2].pk).decision == "accepted"
    page.get_by_role("button", name="One and the same: keep Ada Quill").click()
    assert Question.objects.get(pk=questions[0].pk).decision == "merged"
    page.get_by_role("button", name="Undo").click()
    assert Question.objects.get(pk=questions[0].pk).is_open
    page.context.close()


def test_what_a_field_is_can_be_said_without_script(browser, live_server, questions) -> None:
    source = a_source({"mood": "calm", "scribe": "Ada Quill"})
    page = desk(browser, live_server.url, script=False)
    page.goto(live_server.url + reverse("import_fields", args=[source.pk]))

    page.get_by_label("scribe").select_option(label="the byline")
    page.get_by_role("button", name="Save").click()

    page.get_by_text("It takes effect when the archive of this site is imported again.").first.wait_for()
    assert page.get_by_label("scribe").input_value() == "byline"
    source.refresh_from_db()
    assert source.rules == {"fields": {"scribe": "byline"}}
    page.context.close()
