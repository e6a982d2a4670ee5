"""A share image is always of one size, never too heavy, and whatever is set in it stays inside."""

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, features

from standfirst.bodies.rows import Picture
from standfirst.cards import faces
from standfirst.cards.drawing import EDGE, HEIGHT, MOST_BYTES, PICTURE_WIDTH, WIDTH, drawn
from standfirst.cards.faces import DISPLAY, LABEL, TEXT
from standfirst.cards.rows import Card
from standfirst.cards.typesetting import Style, face_of, fit, runs_of, settable, width

PICTURE = Picture("/media/images/lock.webp", 1600, 1067)
# Names as they are written, in five scripts and more: each is to be set whole.
NAMES = [
    "Þórdís Eiríksdóttir",
    "Nguyễn Thị Minh Khai",
    "Łukasz Żółć",
    "Светлана Алексиевич",
    "Ξένια Παπαδοπούλου",
    "ليلى العامري",
    "محمود درويش",
    "לאה גולדברג",
    "महादेवी वर्मा",
    "क्षत्रिय",
    "王小波",
    "林語堂",
    "村上春樹",
    "よしもとばなな",
    "한강",
]
texts = st.one_of(
    st.text(max_size=700),
    st.text("abc אבג ابج 王小波 कखग —…“”-", max_size=300),
    st.sampled_from(NAMES),
    st.integers(1, 400).map(lambda n: "w" * n),
)


def card(**facts) -> Card:
    return Card(
        **{
            "kind": "article",
            "id": 1,
            "publication": "The Lantern",
            "accent": "#b3131f",
            "language": "en",
            "is_rtl": False,
        }
        | facts
    )


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def photograph(kind: str = "noise") -> io.BytesIO:
    file = io.BytesIO()
    size = (1600, 1067)
    image = (
        Image.effect_noise(size, 200).convert("RGB") if kind == "noise" else Image.new("RGB", size, "#204060")
    )
    image.save(file, "WEBP")
    return file


def difference(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int] | None:
    """The box in which two pictures differ by more than JPEG makes them."""
    return (
        ImageChops.difference(one, other).convert("L").point(lambda level: 255 if level > 60 else 0).getbbox()
    )


def test_pillow_shapes_text() -> None:
    assert features.check("raqm")


@given(
    title=texts,
    text=texts,
    credit=texts,
    label=texts,
    is_rtl=st.booleans(),
    kind=st.sampled_from(["article", "contributor", "publication"]),
)
def test_a_card_is_of_one_size_and_light_whatever_it_says(title, text, credit, label, is_rtl, kind) -> None:
    data = drawn(
        card(
            kind=kind,
            title=title,
            text=text,
            credit=credit,
            label=label,
            is_rtl=is_rtl,
            publication=title or "A",
        )
    )

    assert len(data) <= MOST_BYTES
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (WIDTH, HEIGHT))


def test_noise_is_made_light_enough() -> None:
    assert len(drawn(card(title="Noise", picture=PICTURE), photograph())) <= MOST_BYTES


@given(
    text=texts,
    sizes=st.sampled_from([(88, 64, 46), (34, 28)]),
    room=st.tuples(st.integers(200, 1056), st.integers(60, 400)),
)
def test_no_line_is_wider_than_its_room_and_no_block_higher(text, sizes, room) -> None:
    block = fit(text, Style(DISPLAY, 1.1), sizes, room=room, most_lines=5)

    if block is not None:
        assert len(block.lines) <= 5
        assert block.height <= room[1]
        # A single letter may be wider than any room that cards have.
        assert all(width(line, block.size, block.style) <= room[0] or len(line) <= 3 for line in block.lines)


def test_nothing_is_set_outside_the_edges() -> None:
    blank = opened(drawn(card(publication="")))
    for is_rtl in (False, True):
        full = opened(
            drawn(
                card(
                    title="Wide " * 60,
                    text="Words " * 90,
                    credit="Many names, " * 20,
                    label="Label " * 20,
                    is_rtl=is_rtl,
                )
            )
        )

        left, top, right, bottom = difference(blank, full)
        assert (left, top) >= (EDGE - 6, 14)
        assert right <= WIDTH - EDGE + 6
        assert bottom <= HEIGHT - 20


@pytest.mark.parametrize("use", [DISPLAY, TEXT, LABEL], ids=["display", "text", "label"])
@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_set_whole_in_faces_that_are_shipped(name: str, use) -> None:
    assert settable(name, use) == name
    assert (
        "".join(
            run.text for run in sorted(runs_of(name, Style(use, 1.1)), key=lambda run: name.index(run.text))
        )
        == name
    )
    assert {run.face.parent for run in runs_of(name, Style(use, 1.1))} <= {faces.OWN, faces.SHIPPED}


@pytest.mark.parametrize("name", ["ليلى", "क्षि", "نستعلیق"])
def test_letters_are_shaped_and_not_set_one_by_one(name: str) -> None:
    style = Style(DISPLAY, 1.1)

    together = width(name, 100, style)
    assert 0 < together < sum(width(letter, 100, style) for letter in name)


def test_a_name_with_a_letter_that_no_face_has_is_left_out_whole(monkeypatch) -> None:
    nobodys = "Ada 𞤀𞤣𞤢"  # Adlam
    monkeypatch.setattr(faces, "system_faces", lambda: ())
    face_of.cache_clear()

    assert settable(nobodys, DISPLAY) == ""
    assert drawn(card(title=nobodys)) == drawn(card(title=""))
    face_of.cache_clear()


def test_a_sign_that_no_face_has_is_left_out_alone(monkeypatch) -> None:
    monkeypatch.setattr(faces, "system_faces", lambda: ())
    face_of.cache_clear()

    assert settable("Rivers 🌊 and locks ❤️‍🔥", DISPLAY) == "Rivers and locks"
    face_of.cache_clear()


def test_a_system_face_stands_in_for_a_script_that_ours_lack() -> None:
    # Georgian, which DejaVu has; where it is not installed there is nothing to fall back to.
    found = [path for path in faces.system_faces() if path.name == "DejaVuSerif.ttf"]

    assert (face_of("დ", DISPLAY) is not None) >= bool(found)


def test_a_publications_own_face_goes_before_ours(settings, tmp_path: Path) -> None:
    fonts = tmp_path / "theme" / "fonts"
    fonts.mkdir(parents=True)
    (fonts / "mine.ttf").write_bytes((faces.OWN / "han.ttf").read_bytes())
    (fonts / "broken.ttf").write_bytes(b"no font")
    settings.STANDFIRST = type("Elsewhere", (), {"theme": tmp_path / "theme"})()
    face_of.cache_clear()

    assert face_of("王", DISPLAY) == fonts / "mine.ttf"
    face_of.cache_clear()


def test_an_english_headline_keeps_its_order_round_an_arabic_name() -> None:
    runs = runs_of("With ليلى العامري, again", Style(DISPLAY, 1.1))

    assert [run.text for run in runs] == ["With ", "ليلى العامري", ", again"]
    assert [run.is_rtl for run in runs] == [False, True, False]


def test_an_english_note_that_begins_with_an_arabic_name_is_english() -> None:
    note = fit(
        "ليلى العامري reports on railways.",
        Style(DISPLAY, 1.1, is_rtl=True),
        (30,),
        room=(900, 90),
        most_lines=2,
    )

    assert note is not None
    assert runs_of(note.lines[0], note.style)[-1].text.endswith("railways.")


def test_words_are_never_torn_where_a_smaller_size_spares_them() -> None:
    block = fit(
        "Łukasz Żółć", Style(DISPLAY, 1.06), (116, 80, 46), room=(568, 400), most_lines=3, balanced=True
    )

    assert block is not None
    assert block.lines in (("Łukasz", "Żółć"), ("Łukasz Żółć",))


def test_a_picture_takes_its_side_and_the_text_the_other() -> None:
    plain = opened(drawn(card(title="Locks")))
    for is_rtl in (False, True):
        illustrated = opened(
            drawn(
                card(title="מים" if is_rtl else "Locks", is_rtl=is_rtl, picture=PICTURE), photograph("plain")
            )
        )
        inside = (40 if is_rtl else WIDTH - 40, HEIGHT // 2)

        assert max(abs(a - b) for a, b in zip(illustrated.getpixel(inside), (32, 64, 96), strict=True)) < 12
        assert plain.getpixel(inside) != illustrated.getpixel(inside)


@pytest.mark.parametrize("contents", [b"", b"no picture", b"RIFF\0\0\0\0WEBPVP8 "])
def test_a_picture_that_can_not_be_read_leaves_a_card_of_type(contents: bytes) -> None:
    assert drawn(card(title="Locks", picture=PICTURE), io.BytesIO(contents)) == drawn(card(title="Locks"))


def test_a_picture_is_cut_about_what_matters_in_it() -> None:
    file = io.BytesIO()
    halves = Image.new("RGB", (1600, 800), "#000000")
    halves.paste("#ffffff", (800, 0, 1600, 800))
    halves.save(file, "PNG")

    left, right = (
        opened(drawn(card(title="Cut", picture=Picture("/x", 1600, 800, focus=(x, 0.5))), file))
        for x in (0.0, 1.0)
    )

    middle = (WIDTH - PICTURE_WIDTH // 2, HEIGHT // 2)
    assert max(left.getpixel(middle)) < 30
    assert min(right.getpixel(middle)) > 225


def test_faces_come_with_their_licences() -> None:
    licences = [path.read_text(encoding="utf-8") for path in faces.OWN.glob("OFL-*.txt")]

    assert len(licences) == 6
    assert all("SIL OPEN FONT LICENSE Version 1.1" in text for text in licences)


def test_faces_weigh_eight_megabytes_at_most_and_bear_no_reserved_name() -> None:
    files = sorted(faces.OWN.glob("*.ttf"))

    assert sum(path.stat().st_size for path in files) <= 8 * 1024 * 1024
    assert all("Standfirst Card" in TTFont(path)["name"].getDebugName(1) for path in files)


def test_cards_that_differ_in_anything_have_other_addresses() -> None:
    cards = [
        card(),
        card(title="Locks"),
        card(text="Locks"),
        card(credit="Locks"),
        card(label="Locks"),
        card(publication="Locks"),
        card(accent="#000000"),
        card(is_rtl=True),
        card(language="de"),
        card(picture=PICTURE),
        card(picture=Picture("/media/images/lock.webp", 1600, 1067, focus=(0.1, 0.1))),
        card(id=2),
    ]

    assert len({one.path for one in cards}) == len(cards)
    assert card(title="Locks").path == card(title="Locks").path
