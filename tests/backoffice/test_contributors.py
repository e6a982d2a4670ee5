"""Contributors at the editors' desk."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from standfirst.contributors.actions import change_slug
from standfirst.contributors.models import Contributor
from standfirst.identity.actions import merge_contributors
from tests.archives.reading import read
from tests.factories import a_contributor, an_article, some_articles

EMPTY_INLINES = {
    f"{name}-{count}": value
    for name in ("aliases", "links", "authority_ids")
    for count, value in (
        ("TOTAL_FORMS", 0),
        ("INITIAL_FORMS", 0),
        ("MIN_NUM_FORMS", 0),
        ("MAX_NUM_FORMS", 1000),
    )
}


def at(name, *args):
    return reverse(Contributor.snippet_viewset.get_url_name(name), args=args)


def filled(**fields):
    form = {
        "display_name": "Ada Quill",
        "kind": "person",
        "slug": "",
        "sort_name": "",
        "note": "",
        "biography": "null",
    }
    return form | EMPTY_INLINES | {"is_listed": "on"} | fields


def test_a_new_contributor_has_an_address_at_once_that_nobody_finds_yet(desk):
    response = desk("Editors").post(at("add"), filled())

    assert response.status_code == 302
    assert Contributor.objects.get().slug == "ada-quill"
    assert read("/author/ada-quill/") == read("/author/nobody/")
    assert Contributor.objects.get().sort_name == "Quill, Ada"


def test_an_editor_may_show_a_page_before_anything_is_published_and_it_then_stays(desk):
    editor = desk("Editors")
    ada = a_contributor(is_public=False)
    shown = read_form(editor, ada)
    assert "Readers know of a contributor from their first published credit on" in shown

    editor.post(at("edit", ada.pk), filled(slug="ada-quill", is_public="on"))
    assert read("/author/ada-quill/").heading == "No articles yet by: Ada Quill"

    assert "Readers know of them, and their address lasts." in read_form(editor, ada)
    editor.post(at("edit", ada.pk), filled(slug="ada-quill", note="Not ticked, and not taken back"))
    assert Contributor.objects.get().note == "Not ticked, and not taken back"
    assert read("/author/ada-quill/").status == 200


def read_form(editor, contributor):
    return editor.get(at("edit", contributor.pk)).content.decode()


def test_a_namesake_is_complained_of_once_and_allowed_after_confirmation(desk):
    an_article(a_contributor(), headline="On water")
    editor = desk("Editors")

    complaint = editor.post(at("add"), filled(display_name="Quill, Ada"))

    assert complaint.status_code == 200
    assert "latest “On water”" in complaint.content.decode()
    assert Contributor.objects.count() == 1

    editor.post(at("add"), filled(is_another_person="on"))

    assert sorted(Contributor.objects.values_list("slug", flat=True)) == ["ada-quill", "ada-quill-2"]


def test_a_name_that_is_very_like_somebodys_is_complained_of_too(desk):
    an_article(a_contributor("Ada M. Quill"), headline="On water")
    a_contributor("Ben Quill")
    editor = desk("Editors")

    complaint = editor.post(at("add"), filled(display_name="A. M. Quill")).content.decode()

    assert "Ada M. Quill (/author/ada-m-quill/, latest “On water”)" in complaint
    assert "Ben Quill (" not in complaint


def test_a_private_alias_is_enough_for_the_complaint(desk):
    Contributor.objects.get(pk=a_contributor("Ben Marsh").pk).aliases.model.objects.create(
        contributor=Contributor.objects.get(), name="Ada Quill"
    )

    assert desk("Editors").post(at("add"), filled()).status_code == 200
    assert Contributor.objects.count() == 1


def test_an_address_that_was_anothers_is_refused_with_a_reason(desk):
    change_slug(a_contributor(), slug="ada", by=None)

    response = desk("Editors").post(at("add"), filled(display_name="Ben Marsh", slug="ada-quill"))

    assert "Addresses last, so choose another." in response.content.decode()
    assert Contributor.objects.count() == 1


def test_a_name_changed_at_the_desk_keeps_the_address(desk):
    ada = a_contributor()

    desk("Editors").post(at("edit", ada.pk), filled(display_name="Ada Marsh", slug="ada-quill"))

    assert read("/author/ada-quill/").heading == "No articles yet by: Ada Marsh"


def test_the_list_shows_true_counts_in_as_many_queries_for_many(desk, django_assert_max_num_queries):
    ada = a_contributor()
    some_articles(3, ada)
    some_articles(2, (ada, "translator"))
    editor = desk("Editors")
    editor.get(at("list"))

    for number in range(30):
        a_contributor(f"Person {number}")
    with django_assert_max_num_queries(30):
        html = editor.get(at("list")).content.decode()

    row = html[html.index("Ada Quill") :]
    assert "3" in row[: row.index("</tr>")]


def test_search_finds_by_alias(desk):
    ada = a_contributor()
    a_contributor("Ben Marsh")
    ada.aliases = [ada.aliases.model(name="Nellie Bly")]
    ada.save()

    html = desk("Editors").get(at("list"), {"q": "Nellie"}).content.decode()

    assert "Ada Quill" in html
    assert "Ben Marsh" not in html


def test_nobody_deletes_a_contributor_not_even_an_administrator(desk, admin_client):
    ada = a_contributor()

    for client in (desk("Moderators"), admin_client):
        client.post(at("delete", ada.pk))

    assert Contributor.objects.filter(pk=ada.pk).exists()


def test_withdrawing_asks_first_and_can_be_undone(desk):
    ada = a_contributor()
    editor = desk("Moderators")
    withdraw = reverse("withdraw_contributor", args=[ada.pk])

    assert editor.get(withdraw).status_code == 200
    assert read("/author/ada-quill/").status == 200

    editor.post(withdraw)
    assert read("/author/ada-quill/").status == 410

    editor.post(withdraw)
    assert read("/author/ada-quill/").status == 200


@pytest.mark.parametrize("view", ["list", "add"])
def test_strangers_are_kept_out(view, desk, client):
    assert "/admin/login/" in client.get(at(view)).url
    assert desk().get(at(view)).status_code == 302


def test_withdrawing_is_for_those_who_say_who_is_who(desk, client):
    ada = a_contributor()
    withdraw = reverse("withdraw_contributor", args=[ada.pk])

    client.post(withdraw)
    desk("Editors").post(withdraw)

    assert not Contributor.objects.get().is_withdrawn


def test_deleting_an_account_leaves_the_contributor_and_their_credits(magazine):
    user = User.objects.create_user("ada")
    ada = a_contributor(account=user)
    article = an_article(ada)

    user.delete()

    assert read("/author/ada-quill/").articles == [article.url]


def test_who_was_merged_away_is_neither_listed_nor_chosen_and_leads_to_who_was_kept(desk):
    ada, other = a_contributor(), a_contributor("Ada Quilling")
    merge_contributors(kept=ada, absorbed=other, by=None)
    editor = desk("Editors")
    choose = reverse(Contributor.snippet_viewset.chooser_viewset.get_url_name("choose"))

    for path in (at("list"), choose):
        html = editor.get(path).content.decode()
        assert "Ada Quill" in html
        assert "Ada Quilling" not in html
    results = reverse(Contributor.snippet_viewset.chooser_viewset.get_url_name("choose_results"))
    assert "Ada Quill" in editor.get(results, {"q": "Quilling"}).content.decode()
    assert editor.get(at("edit", other.pk)).url == at("edit", ada.pk)
