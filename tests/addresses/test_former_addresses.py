"""An address lasts: whatever Wagtail does to its redirects, and in one hop."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from standfirst.addresses.gate import is_rooms_own
from standfirst.addresses.models import FormerAddress
from standfirst.addresses.redirects import is_former_address, lead_to_page
from standfirst.articles.actions import create_article
from standfirst.config.checks import findings
from standfirst.contributors.actions import save_contributor
from standfirst.identity.actions import rename, undo
from standfirst.identity.choices import RenameScope
from standfirst.publications.actions import save_section
from standfirst.publications.models import FrontPage, PublicationPage
from tests.factories import a_contributor, a_magazine, a_section, an_article

pytestmark = pytest.mark.django_db
OURS = import_module("standfirst.addresses.migrations.0002_ours_are_not_wagtails")


@pytest.fixture
def magazine():
    return a_magazine()


def answer(path: str) -> tuple[int, str]:
    response = Client().get(path)
    return response.status_code, response.get("Location", "")


def gone() -> list[str]:
    return [found.subject for found in findings(timezone.now()) if found.kind == "former-address-gone"]


def a_page(title: str, *, below: Page | None = None, live: bool = True) -> PublicationPage:
    return (below or FrontPage.objects.get()).add_child(instance=PublicationPage(title=title, live=live))


def resave(page: Page, **changes) -> Page:
    for name, value in changes.items():
        setattr(page, name, value)
    revision = page.save_revision()
    if page.live:
        revision.publish()
    return type(page).objects.get(pk=page.pk)


# ------------------------------------------------------------------------------------------------- what Wagtail may delete


@pytest.mark.parametrize("is_on", [False, True], ids=["as we ship it", "with Wagtail's own switched on"])
def test_a_draft_that_changes_its_slug_takes_no_redirect_away_and_makes_none(
    is_on, magazine, settings, django_capture_on_commit_callbacks
):
    settings.WAGTAILREDIRECTS_AUTO_CREATE = is_on
    lead_to_page("/?p=1", an_article(a_contributor()))
    before = set(Redirect.objects.values_list("old_path", flat=True))
    draft = create_article(headline="On water", by=None)
    page = a_page("Plans", live=False)

    with django_capture_on_commit_callbacks(execute=True):
        for one in (draft, page):
            one.slug = "on-mud"
            one.save()

    now = set(Redirect.objects.values_list("old_path", flat=True))
    assert before <= now
    assert is_on or now == before


def test_no_redirect_of_ours_is_marked_as_wagtails_to_delete(magazine):
    article = an_article(a_contributor(), headline="On water")
    lead_to_page("/?p=1", article)
    resave(article, slug="on-mud")

    assert Redirect.objects.count() == 2
    assert not Redirect.objects.filter(automatically_created=True).exists()


def test_redirects_that_were_marked_become_ours_and_go_on_record(magazine):
    article = an_article(a_contributor())
    Redirect.objects.create(old_path="/old", redirect_page=article, automatically_created=True)
    Redirect.objects.create(old_path="/editors-own", redirect_link="/articles/")

    OURS.take_over(apps, None)

    assert not Redirect.objects.filter(automatically_created=True).exists()
    assert list(FormerAddress.objects.values_list("path", "page")) == [("/old", article.pk)]


# ------------------------------------------------------------------------------------------ pages of the publication's own


def test_a_page_that_is_renamed_or_moved_takes_those_below_it_along(
    magazine, django_capture_on_commit_callbacks
):
    about, press = a_page("About"), a_page("Press")
    team = a_page("Team", below=about)
    assert answer("/about/team/")[0] == 200

    with django_capture_on_commit_callbacks(execute=True):
        resave(about, slug="us")
    assert answer("/about/") == (301, "/us/")
    assert answer("/about/team/") == (301, "/us/team/")

    with django_capture_on_commit_callbacks(execute=True):
        PublicationPage.objects.get(pk=team.pk).move(press, pos="last-child")
    press.refresh_from_db()
    assert answer("/us/team/") == answer("/about/team/") == (301, "/press/team/")
    assert answer("/press/team/")[0] == 200
    assert gone() == []


def test_a_page_renamed_on_the_bare_page_leads_on_too(magazine, django_capture_on_commit_callbacks):
    about = a_page("About")

    with django_capture_on_commit_callbacks(execute=True):
        bare = Page.objects.get(pk=about.pk)
        bare.slug = "us"
        bare.save()

    assert answer("/about/") == (301, "/us/")


def test_a_page_that_is_renamed_back_is_at_its_address(magazine, django_capture_on_commit_callbacks):
    about = a_page("About")
    with django_capture_on_commit_callbacks(execute=True):
        about = resave(about, slug="us")
        resave(about, slug="about")

    assert answer("/about/")[0] == 200
    assert answer("/us/") == (301, "/about/")
    assert gone() == []


# ------------------------------------------------------------------------------------------------------------ one hop


@pytest.fixture
def formers(magazine):
    """Former addresses of every kind, and where each leads."""
    person = a_contributor("Ada Quill")
    article = an_article(person, headline="On water", section=a_section("Rivers"))
    lead_to_page("/2019/3/foo", article)
    lead_to_page("/?p=123", article)
    lead_to_page("/post.php?id=7", article)
    was = article.url
    article = resave(article, slug="on-mud")
    person.slug = "quill"
    save_contributor(person, by=None)
    section = article.section
    section.slug = "waters"
    save_section(section, by=None)
    return {
        "/2019/3/foo": article.url,
        "/?p=123": article.url,
        "/post.php?id=7": article.url,
        was: article.url,
        "/author/ada-quill/": "/author/quill/",
        "/section/rivers/": "/section/waters/",
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_former_address_takes_one_hop_however_it_is_spelled_and_keeps_the_query(formers, data):
    old, new = data.draw(st.sampled_from(sorted(formers.items())))
    slash = data.draw(st.sampled_from(["", "/"]))
    rest = data.draw(st.sampled_from(["", "utm_source=x", "utm_source=x&fbclid=y%20z", "b=2&a=1"]))
    path, _, own = old.partition("?")
    path = path if path == "/" or "." in path else path.rstrip("/") + slash
    query = "&".join(data.draw(st.permutations([part for part in (own, rest) if part])))
    if own == "id=7":
        rest, query = "", own  # Only WordPress's own keys are known among others.

    status, location = answer(f"{path}?{query}" if query else path)

    assert (status, location) == (301, f"{new}?{rest}" if rest else new)
    assert Client().get(new).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/?p=999", 404),
        ("/?p=999&utm_source=x", 404),
        ("/?page_id=999", 404),
        ("/?attachment_id=999", 404),
        ("/?author=999", 404),
        ("/?cat=999", 404),
        ("/?tag=nothing", 404),
        ("/?m=201903", 404),
        ("/?feed=comments-rss2", 404),
        ("/?m=1", 200),
        ("/?p=", 200),
        ("/?author=", 200),
        ("/?feed=newsletter", 200),
        ("/?utm_source=x", 200),
        ("/?fbclid=x&q=7", 200),
        ("/", 200),
    ],
)
def test_what_the_old_system_never_had_is_not_the_front_page(path, status, magazine):
    response = Client().get(path)

    assert response.status_code == status
    assert ("There is nothing at this address" in response.text) == (status == 404)


@pytest.mark.parametrize(
    "path", ["/nothing", "/author/nobody", "/author/nobody/", "//x//y/", "/a%00b", "/[", "/x\\y"]
)
def test_what_never_was_is_said_at_once(path, magazine):
    assert Client().get(path).status_code == 404


def test_an_address_that_no_host_could_have_is_one_that_never_was(magazine):
    assert Client().get("/", PATH_INFO="//[x").status_code == 404


def test_an_address_without_its_slash_leads_to_the_whole_one_with_its_query(magazine):
    an_article(a_contributor("Ada Quill"))

    assert answer("/author/ada-quill?utm_source=x") == (301, "/author/ada-quill/?utm_source=x")
    assert answer("/admin/login") == (301, "/admin/login/")


def test_an_old_address_leads_to_nothing_that_is_not_public(magazine):
    article = an_article(a_contributor(), headline="On water")
    lead_to_page("/?p=1", article)
    lead_to_page("/old/on-water", article)
    assert answer("/old/on-water/")[0] == 301

    article.embargoed_until = timezone.now() + timedelta(days=1)
    article = resave(article)

    assert answer("/old/on-water/") == answer("/?p=1") == (404, "")


# ------------------------------------------------------------------------------------------- editors' redirects, and checks


def test_editors_make_change_and_remove_redirects_on_wagtails_screens(magazine):
    article = an_article(a_contributor())
    client = Client()
    client.force_login(User.objects.create_superuser("boss"))
    form = {
        "old_path": "/go",
        "site": "",
        "is_permanent": "",
        "redirect_page": article.pk,
        "redirect_link": "",
    }

    client.post(reverse("wagtailredirects:add"), form)
    assert answer("/go/?a=1") == (302, f"{article.url}?a=1")

    made = Redirect.objects.get(old_path="/go")
    client.post(
        reverse("wagtailredirects:edit", args=[made.pk]),
        form
        | {"redirect_page": "", "redirect_link": "https://elsewhere.example/?b=2#c", "is_permanent": "on"},
    )
    assert answer("/go?a=1") == (301, "https://elsewhere.example/?b=2&a=1#c")

    client.post(reverse("wagtailredirects:delete", args=[made.pk]))
    assert answer("/go/")[0] == 404
    assert gone() == []  # It was theirs, and no former address.


def test_a_former_address_that_lost_its_redirect_is_found_and_stays_nobody_elses(magazine):
    article = an_article(a_contributor(), headline="On water")
    was = article.url
    resave(article, slug="on-mud")
    assert gone() == []

    Redirect.objects.all().delete()

    assert gone() == [f"address:{was.rstrip('/')}"]
    assert is_former_address(was)


def test_what_a_deleted_article_had_is_forgotten_with_it(magazine):
    article = an_article(a_contributor())
    lead_to_page("/old", article)

    article.delete()

    assert gone() == []
    assert answer("/old")[0] == 404


def test_a_silent_rename_closes_old_addresses_for_good_until_it_is_undone(magazine):
    person = a_contributor("Ada Quill")
    an_article(person)
    Redirect.objects.create(old_path="/by/ada", redirect_link="/author/ada-quill/")
    FormerAddress.objects.create(path="/by/ada")

    change = rename(
        person,
        display_name="Ben Quill",
        scope=RenameScope.EVERYWHERE_SILENTLY,
        keep_old_address=False,
        by=None,
    )
    assert FormerAddress.objects.get(path="/by/ada").is_closed
    assert gone() == []

    undo(change, by=None)
    assert not FormerAddress.objects.get(path="/by/ada").is_closed
    assert answer("/by/ada/") == (301, "/author/ada-quill/")


def test_where_somebody_is_known_by_number_a_room_has_them_and_nobody_else():
    ada = a_contributor()
    request = RequestFactory().get("/")

    assert is_rooms_own(f"/id/contributor/{ada.pk}/", request)
    assert not is_rooms_own(f"/id/contributor/{ada.pk + 1}/", request)
