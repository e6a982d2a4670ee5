"""What each answer says to caches outside: kept pages by which keys they go, all others to leave them alone."""

import pytest
from django.test import Client

from tests.factories import a_contributor, a_magazine, an_article
from tests.pagecache.keeping import pagecache

OUTSIDE = {"kind": "fastly", "service": "x", "token": "s3cret"}


@pytest.fixture(autouse=True)
def magazine(db: None) -> None:
    a_magazine()
    an_article(a_contributor("Ada Quill"))


def test_a_kept_page_goes_out_with_the_keys_of_what_it_shows() -> None:
    with pagecache(is_on=True, purger=OUTSIDE):
        response = Client().get("/author/ada-quill/")

    keys = response["Surrogate-Key"].split(" ")
    assert "publication" in keys
    assert any(key.startswith("contributor:") for key in keys)
    assert response["Surrogate-Control"] == "max-age=86400"
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_a_page_that_is_not_kept_here_is_not_kept_outside() -> None:
    with pagecache(is_on=True, purger=OUTSIDE):
        asked_for_its_head = Client().head("/author/ada-quill/")
    with pagecache(is_on=False, purger=OUTSIDE):
        rendered_for_one = Client().get("/author/ada-quill/")

    for response in (asked_for_its_head, rendered_for_one):
        assert "Surrogate-Key" not in response
        assert "Surrogate-Control" not in response


@pytest.mark.parametrize("path", ["/search/?q=ada", "/admin/login/", "/author/ada-quill?x=1"])
def test_what_is_never_kept_says_so(path: str) -> None:
    with pagecache(is_on=True, purger=OUTSIDE):
        response = Client().get(path)

    assert "Surrogate-Key" not in response
    assert {"private", "no-store"} & set(response["Cache-Control"].replace(",", " ").split())
