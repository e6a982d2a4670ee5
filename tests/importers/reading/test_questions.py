"""How often an editor is asked who is who."""

from standfirst.importers.reading.people import Bylines, ParsedByline
from standfirst.importers.reading.records import ParsedAuthor


def asked(bylines: Bylines, *raws: str) -> list[str]:
    return [doubt.raw for raw in raws for doubt in bylines.byline([ParsedByline(raw)]).doubts]


def test_of_names_that_may_be_anything_the_most_used_are_asked_about_one_for_twenty_contributors():
    bylines = Bylines()
    names = [f"Ada {first}{second}quill" for first in "BCDFGHKL" for second in "aeiou"]
    for name in names:
        bylines.see([ParsedByline(name)])
    doubtful = {"Xurgau": 1, "Ombreth": 9, "Qilden": 4, "Vastrel": 2}
    for name, times in doubtful.items():
        bylines.see([ParsedByline(name)], times)

    assert asked(bylines, *doubtful) == ["Ombreth", "Qilden"]
    notes = bylines.byline([ParsedByline("Xurgau")]).notes
    assert notes == (
        "has a byline that is not certain, and is not asked about: others stand on more articles",
    )


def test_a_profile_of_two_people_credits_both_and_is_nobody_itself():
    bylines = Bylines()
    bylines.profile(
        ParsedAuthor(
            "profile", "ada-and-ben", display_name="Ada Quill and Ben Marsh", aliases=("Ada and Ben",)
        )
    )
    for raw in ("Ada and Ben", "ada-and-ben"):
        bylines.see([ParsedByline(raw)])

    read = bylines.byline([ParsedByline("Ada and Ben")])
    names = {person.key: person.display_name for person in bylines.contributors}

    assert [names[credit.contributor_key] for credit in read.credits] == ["Ada Quill", "Ben Marsh"]
    assert read.doubts == ()
    assert sorted(names.values()) == ["Ada Quill", "Ben Marsh"]


def test_a_name_in_small_letters_is_printed_as_its_profile_has_it():
    bylines = Bylines()
    bylines.profile(ParsedAuthor("profile", "ada-quill", display_name="Ada Quill"))
    bylines.see([ParsedByline("ada quill")])

    [credit] = bylines.byline([ParsedByline("ada quill")]).credits

    assert (credit.contributor_key, credit.printed_name) == ("author:ada-quill", "")
