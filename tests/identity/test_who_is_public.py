"""Readers know of whoever has been published, through every change of who is who, and of nobody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from standfirst.bylines.models import Credit
from standfirst.config.checks import findings
from standfirst.contributors.actions import make_public
from standfirst.contributors.models import Contributor
from standfirst.identity.actions import merge_contributors, split_contributor, undo
from tests.archives.reading import read
from tests.factories import a_contributor, a_magazine, an_article, some_articles
from tests.identity.dumps import differences, dump
from tests.pagecache.keeping import kept_answer, kept_paths, not_kept, pagecache, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def magazine():
    return a_magazine()


def unknown(name: str) -> Contributor:
    return a_contributor(name, is_public=False)


def public() -> set[str]:
    return {
        person.slug for person in Contributor.objects.all() if read(f"/author/{person.slug}/").status == 200
    }


@pytest.mark.parametrize("is_kept_public", [True, False])
def test_who_takes_in_a_public_one_is_public_and_is_again_what_they_were_when_it_is_undone(is_kept_public):
    kept, absorbed = unknown("Ada Quill"), unknown("A. Quill")
    an_article(kept if is_kept_public else absorbed)
    known, before = public(), dump()

    change = merge_contributors(kept=kept, absorbed=absorbed, by=None)

    assert read("/author/a-quill/").location == "/author/ada-quill/"
    assert public() == {"ada-quill"}
    assert list(findings(timezone.now())) == []

    undo(change, by=None)

    assert differences(before, dump()) == {}
    assert public() == known


def test_two_whom_nobody_knows_are_one_whom_nobody_knows():
    kept, absorbed = unknown("Ada Quill"), unknown("A. Quill")
    an_article(absorbed, publish=False)

    merge_contributors(kept=kept, absorbed=absorbed, by=None)

    assert public() == set()
    assert read("/author/a-quill/") == read("/author/nobody/")


def test_who_is_given_a_public_credit_is_public_and_is_again_what_they_were_when_it_is_undone():
    ada, ben, cy = unknown("Ada Quill"), unknown("Ben Marsh"), unknown("Cy Reed")
    out, draft = an_article(ada), an_article(ada, publish=False)
    given = {Credit.objects.get(article=out).pk: ben, Credit.objects.get(article=draft).pk: cy}
    before = dump()

    change = split_contributor(ada, credits=given, by=None)

    assert public() == {"ada-quill", "ben-marsh"}

    undo(change, by=None)

    assert differences(before, dump()) == {}
    assert public() == {"ada-quill"}


def test_who_is_published_meanwhile_stays_public_when_a_change_is_undone():
    ada, ben = unknown("Ada Quill"), unknown("Ben Marsh")
    change = split_contributor(ada, credits={Credit.objects.get(article=an_article(ada)).pk: ben}, by=None)
    an_article(ben)

    undo(change, by=None)

    assert public() == {"ada-quill", "ben-marsh"}
    assert list(findings(timezone.now())) == []


def test_every_address_of_whoever_becomes_public_is_asked_for_anew():
    ada, other = unknown("Ada Quill"), unknown("A. Quill")
    merge_contributors(kept=ada, absorbed=other, by=None)
    Redirect.add_redirect("/writers/7", "/author/ada-quill/")
    paths = {"/author/ada-quill/", "/author/a-quill/", "/author/ada-quill/page/1/", "/writers/7/"}
    with pagecache(is_on=True):
        assert {sent(path)[0] for path in paths} == {404}
        assert kept_paths() == paths

        some_articles(40, ada)

        still = {path: kept_answer(path) for path in kept_paths()}
    with not_kept():
        assert still == {path: sent(path) for path in still}
        assert sent("/writers/7/")[:2] == sent("/author/a-quill/")[:2] == (301, "/author/ada-quill/")


def test_a_batch_of_contributors_is_made_public_at_the_cost_of_one():
    people = [unknown(f"Contributor {number}") for number in range(31)]
    with CaptureQueriesContext(connection) as one:
        make_public([people[0].pk])

    with CaptureQueriesContext(connection) as many:
        make_public([person.pk for person in people])

    assert len(many) == len(one)
    assert len(public()) == 31
    with CaptureQueriesContext(connection) as again:
        make_public([person.pk for person in people])
    assert len(again) == 1
