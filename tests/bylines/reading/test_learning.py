"""The bylines of one archive settle each other, before anybody is asked."""

from standfirst.bylines.reading import Byline, learn, read_byline

GIVEN = ["Ada", "Ben", "Cleo", "Dora", "Ida", "Lise", "Marta", "Nils", "Rory", "Tom"]
SURNAMES = ["Quill", "Marsh", "Penhale", "Wren", "Sadler"]


def learnt(*raws: str, contributors: tuple[str, ...] = ()):
    return learn([Byline(raw) for raw in raws], contributors=contributors)


def names(raw: str, archive) -> list[str]:
    return [credit.name for credit in read_byline(raw, archive=archive).credits]


def test_names_that_stand_alone_elsewhere_say_where_a_line_parts():
    raw = "Juan Carlos y Mar"
    apart = learnt(raw, "Juan Carlos", "Mar")
    together = learnt(raw, contributors=("Quill y Mar",))

    assert names(raw, apart) == ["Juan Carlos", "Mar"]
    assert not any("or two" in doubt for doubt in read_byline(raw, archive=apart).doubts)
    assert not read_byline(raw, archive=together).is_sure


def test_no_line_vouches_for_itself():
    assert not read_byline("Lantern Quill", archive=learnt("Lantern Quill", "Ada Quill")).is_sure


def test_who_stands_alone_here_and_beside_others_there_is_a_contributor():
    archive = learnt("Wrzz Quill", "Ada Marsh and Wrzz Quill")

    assert read_byline("Wrzz Quill", archive=archive).is_sure


def test_who_has_a_profile_is_no_question_by_name_or_id():
    archive = learnt("madonna", contributors=("Madonna", "nicky-krause"))

    assert read_byline("Madonna", archive=archive).is_sure
    assert read_byline("nicky-krause", archive=archive).is_sure


def test_a_profile_of_two_does_not_make_one_of_them():
    archive = learnt("Juan Carlos y Mar", contributors=("Juan Carlos y Mar",))

    assert not read_byline("Juan Carlos y Mar", archive=archive).is_sure


def test_an_archive_that_inverts_every_name_asks_nothing_and_loses_no_given_name():
    raws = [f"{surname}, {given}" for given in GIVEN for surname in SURNAMES]
    raws += ["Quill, Wrzz", "Marsh, Ada and Wren, Tom", "Wren, Ben de"]
    archive = learnt(*raws)

    read = {raw: read_byline(raw, archive=archive) for raw in raws}

    assert archive.is_inverted
    assert [raw for raw in raws if not read[raw].is_sure] == []
    assert [credit.name for credit in read["Quill, Ada"].credits] == ["Ada Quill"]
    assert [credit.name for credit in read["Quill, Wrzz"].credits] == ["Wrzz Quill"]
    assert [credit.name for credit in read["Marsh, Ada and Wren, Tom"].credits] == ["Ada Marsh", "Tom Wren"]
    assert [credit.name for credit in read["Wren, Ben de"].credits] == ["Ben de Wren"]


def test_lists_of_two_are_no_inverted_names():
    archive = learnt(*[f"{given} Quill, {given} Marsh" for given in GIVEN], *GIVEN)

    assert not archive.is_inverted


def test_in_an_archive_of_people_a_plain_name_is_a_persons_and_a_body_is_still_asked_about():
    archive = learnt(*[f"{given} {surname}" for given in GIVEN for surname in SURNAMES], "Wrzz Hlll")

    assert read_byline("Wrzz Hlll", archive=archive).is_sure
    assert read_byline("blyxyas", archive=archive).is_sure
    assert not read_byline("Interactive Lantern", archive=archive).is_sure
    assert not read_byline("Vultr", archive=archive).is_sure


def test_what_stands_in_brackets_behind_several_names_is_where_they_work():
    archive = learnt(
        "Ada Quill (Lanternly)", "Ben Marsh (Lanternly)", "Cleo Wren (LampHouse)", "Tom Penhale (LampHouse)"
    )

    for raw in ("Ada Quill (Lanternly)", "Cleo Wren (LampHouse)"):
        reading = read_byline(raw, archive=archive)
        assert reading.is_sure
        assert reading.credits[0].org in raw
    assert not read_byline("Ada Quill (Lanternly)", archive=learnt("Ada Quill (Lanternly)")).is_sure
