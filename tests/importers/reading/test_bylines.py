"""Who is who in an archive whose bylines are words: joined on evidence, else left apart."""

import pickle

from standfirst.importers.reading.people import Bylines, ParsedByline
from standfirst.importers.reading.records import ParsedAuthor


def names(*raws, field="author", profiles=()):
    bylines = Bylines()
    for profile in profiles:
        bylines.profile(profile)
    entries = [[ParsedByline(raw, field)] for raw in raws]
    for entry in entries:
        bylines.see(entry)
    return bylines, entries


def test_one_whole_name_is_one_contributor_however_it_is_accented_and_keeps_each_way_it_was_printed():
    bylines, entries = names("Ana Peréz", "Ana Peréz", "ANA PEREZ")

    [contributor] = bylines.contributors
    read = [bylines.byline(entry) for entry in entries]

    assert contributor.display_name == "Ana Peréz"
    assert [credit.printed_name for byline in read for credit in byline.credits] == ["", "", "ANA PEREZ"]
    assert {credit.contributor_key for byline in read for credit in byline.credits} == {contributor.key}


def test_a_name_that_one_profile_has_is_that_person():
    ada = ParsedAuthor("profile", "ada", display_name="Ada Quill", biography="Writes about rivers.")
    bylines, [entry] = names("Ada Quill", profiles=[ada])

    [contributor] = bylines.contributors
    [credit] = bylines.byline(entry).credits

    assert (contributor.key, contributor.biography) == ("author:ada", "<p>Writes about rivers.</p>")
    assert (credit.contributor_key, credit.how, credit.evidence) == ("author:ada", "inferred", "exact name")


def test_a_name_that_two_profiles_have_is_neither():
    profiles = [ParsedAuthor("profile", key, display_name="Ada Quill") for key in ("ada", "quill")]
    bylines, [entry] = names("Ada Quill", profiles=profiles)

    [credit] = bylines.byline(entry).credits

    assert credit.contributor_key == "name:ada quill"


def test_an_id_is_the_profile_of_that_id_also_with_other_dashes_and_else_somebody_of_a_derived_name():
    profile = ParsedAuthor("profile", "ada-quill", display_name="Ada Quill")
    bylines = Bylines()
    bylines.profile(profile)
    entries = [ParsedByline(raw, "author", person=raw) for raw in ("ada-quill", "ada_quill", "ben-ode")]
    bylines.see(entries)

    credits = bylines.byline(entries).credits
    drafts = {draft.key: draft for draft in bylines.contributors}

    assert [(credit.contributor_key, credit.how.value) for credit in credits] == [
        ("author:ada-quill", "stated"),
        ("author:ben-ode", "stated"),
    ]
    assert drafts["author:ben-ode"].display_name == "Ben Ode"
    assert drafts["author:ben-ode"].is_name_derived


def test_the_role_a_field_states_is_the_credits_role():
    bylines = Bylines()
    entries = [ParsedByline("Ada Quill"), ParsedByline("Ben Ode", "translator", role="translator")]
    bylines.see(entries)

    credits = bylines.byline(entries).credits

    assert [(credit.contributor_key, credit.role) for credit in credits] == [
        ("name:ada quill", "author"),
        ("name:ben ode", "translator"),
    ]


def test_what_was_seen_travels_to_another_process_and_reads_the_same_there():
    bylines, entries = names("Ada Quill and Ben Ode", "Cy Rush")

    elsewhere = pickle.loads(pickle.dumps(bylines))

    assert elsewhere.contributors == bylines.contributors
    assert [elsewhere.byline(entry) for entry in entries] == [bylines.byline(entry) for entry in entries]


def test_an_email_address_in_a_byline_is_for_matching_only():
    bylines, [entry] = names("Ada Quill <ada@river.example>")

    [contributor] = bylines.contributors
    [credit] = bylines.byline(entry).credits

    assert "ada@river.example" not in contributor.display_name + credit.source_text + credit.printed_name


def test_an_archive_that_inverts_every_name_asks_nothing():
    raws = [
        f"{surname}, {given}" for surname in ("Quill", "Marsh", "Wren") for given in ("Ada", "Ben", "Ida")
    ]
    bylines, entries = names(*raws)

    read = [bylines.byline(entry) for entry in entries]

    assert [byline.doubts for byline in read] == [()] * len(raws)
    assert sorted(draft.display_name for draft in bylines.contributors)[:2] == ["Ada Marsh", "Ada Quill"]


def test_names_that_stand_alone_elsewhere_part_a_line_before_anybody_is_asked():
    bylines, entries = names("Ana Sol y Mar", "Ana Sol", "Mar", "Mar, Ben Quill", "Ida Quill y Gasset")

    [parted, *_] = [bylines.byline(entry) for entry in entries]

    assert [credit.contributor_key for credit in parted.credits] == ["name:ana sol", "name:mar"]


def test_a_login_that_a_profile_has_is_no_question():
    ada = ParsedAuthor("profile", "7", display_name="Ada Quill", slug="ada-quill", login="aquill")
    bylines, entries = names("ada-quill", "aquill", profiles=[ada])

    assert [bylines.byline(entry).doubts for entry in entries] == [(), ()]
