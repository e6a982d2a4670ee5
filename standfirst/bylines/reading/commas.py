"""What a piece behind a comma or a stroke adds to the name before it: “, Deputy Editor”, “, PhD”, “| The Lantern”."""

import re

from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.beside import (
    ALSO,
    COMPANY_END,
    NUMBERS,
    Beside,
    What,
    address,
    is_place,
    roles_in,
)
from standfirst.bylines.reading.conjunctions import HAVE_CAPITALS, scripts_of
from standfirst.bylines.reading.context import Context
from standfirst.bylines.reading.given import is_given_name
from standfirst.bylines.reading.kinds import (
    bare,
    cjk_kind,
    fold,
    has_inner_capitals,
    has_organisation_word,
    is_capitalised,
    is_cjk,
    is_initials,
)
from standfirst.bylines.reading.titles import is_post_nominal, is_title

# “, à Paris”, “, de São Paulo”, “, da Agência Brasil”.
PLACE_ABROAD = re.compile(r"^(?:à|en|aus|em|vanuit|de|da|do|del|della)\s([^\W\d_a-zà-ÿ].*)$")
ARTICLE = re.compile(r"^(?:The|Der|Die|Das|Le|La|El|Il|De|O|A|Os|As)\s")


def behind_comma(
    text: str, name: str, context: Context, *, is_last: bool, all_capitals: bool
) -> Beside | None:
    """What a piece behind a name and a comma (or a stroke) adds to that name; nothing if it is a name of its own."""
    text = text.strip(" ,;")
    words = text.split()
    if not words:
        return Beside("nothing", "")
    if (found := address(text)) is not None:
        return found
    folded = fold(text)
    if folded in w.OTHERS:
        return Beside("others", text)
    if len(words) == 1 and bare(text) in w.GENERATIONS:
        return Beside("generation", text)
    if is_post_nominal(text):
        return Beside("suffix", text)
    if also := ALSO.match(text):
        return Beside("aka", also[1])
    if NUMBERS.match(text):
        return Beside("note", text)
    if re.match(
        r"^(?:special(?:ly)?\s(?:to|for)|especia(?:l|is|les)\spara|spécial\spour|speciale\sper)\s", text, re.I
    ):
        return Beside("title", text)
    if folded in w.STAFF_HEADS or (folded in w.STAFF and folded not in ("editor", "the editor")):
        return Beside("title" if bare(words[-1]) in w.JOBS else "org", text)
    if len(words) > 1 and bare(words[-1]) in w.STAFF_HEADS and len(name.split()) > 1:
        if bare(words[-1]) in w.JOBS:
            return Beside("title", text)
        return Beside("org", text, f"“{text}” may be where {name} works, or others who wrote it too.")
    if (roles := roles_in(text)) and (bare(words[-1]) not in w.JOBS or bare(text) in w.DOING_JOBS):
        return Beside("role", text, roles=roles)
    if is_cjk(text):
        return _behind_cjk(text, name, context)
    if folded in ("agency", "agencies", "wires", "staff", "wire services", "news agencies"):
        return None
    if is_cjk(name) and len(words) == 1:
        if is_capitalised(text) and not is_given_name(text):
            return Beside("org", text, f"“{text}” may be where {name} works, or another contributor.")
        return None
    if abroad := PLACE_ABROAD.match(text):
        if has_organisation_word(abroad[1]) or fold(abroad[1]) in w.AGENCIES:
            return Beside("org", abroad[1])
        doubt = "" if is_place(abroad[1]) else f"“{text}” may be where {name} wrote, or another contributor."
        return Beside("place", abroad[1], doubt)
    if (place := re.match(r"^(?:reporting\s(?:from|in)|in|from|near)\s(.+)$", text, re.I)) and is_capitalised(
        place[1]
    ):
        if has_organisation_word(place[1]):
            return Beside("org", place[1])
        return Beside("place", place[1])
    if works := re.match(r"^(?:writing\s)?(?:for|of|at|via|with|para|pour|für|per|voor)\s(.+)$", text, re.I):
        return Beside("org", works[1].removeprefix("the "))
    if is_title(words, context):
        return Beside("title", text)
    if context.is_known_organisation(text) or context.is_publication(text):
        return Beside("org", text)
    if fold(text) in w.AGENCIES and (len(text) > 2 or text.isupper()):
        return Beside("org", text)
    if any(bare(word) in w.TEAMS for word in words):
        return None
    if COMPANY_END.search(text):
        return Beside("org", text)
    several = len(name.split()) > 1
    if has_organisation_word(text) and several:
        inverted = len(words) == 2 and is_given_name(words[0])
        return Beside("org", text, f"“{text}” may be an organisation or a person." if inverted else "")
    if ARTICLE.match(text) and len(words) > 1 and several and bare(words[0]) == "the":
        return Beside("org", text)
    if several and len(words) > 1 and ARTICLE.match(text):
        is_of_something = any(word.islower() and word in w.PARTICLES for word in words[1:])
        is_short = (len(words) == 2 or len(words[0]) == 1) and not is_given_name(words[1])
        if is_of_something or is_short:
            return Beside("org", text, f"“{text}” may be where {name} works, or another contributor.")
    if 1 < len(words) < 4 and text.isupper() and several and not all_capitals and not is_given_name(words[0]):
        return Beside("org", text)
    if words[0].islower() and len(words) > 1 and bare(words[0]) not in w.PARTICLES:
        return Beside("title", text, f"What is “{text}”, behind {name}?")
    if len(words) == 1 and several:
        return _one_word_behind_comma(text, name, context, is_last=is_last, all_capitals=all_capitals)
    if several and is_place(text) and is_last:
        return Beside("place", text)
    if several and is_last and bare(words[0]) in w.SAINTS and len(words) > 1:
        return Beside("place", text, f"“{text}” may be where {name} wrote, or another contributor.")
    return None


def _one_word_behind_comma(
    word: str, name: str, context: Context, *, is_last: bool, all_capitals: bool
) -> Beside | None:
    if word.startswith("@"):
        return Beside("handle", word)
    if is_place(word):
        return Beside(
            "place",
            word,
            f"“{word}” may be where {name} wrote, or a contributor of that name."
            if is_given_name(word)
            else "",
        )
    if word.isupper() and not all_capitals and 2 <= len(word.replace(".", "")) <= 8:
        return Beside(
            "org",
            word,
            f"“{word}” may be where {name} works, or somebody's initials." if len(word) < 3 else "",
        )
    if is_initials(word):
        return None
    if word.islower() or (has_inner_capitals(word) and not is_last):
        return None
    if is_given_name(word):
        return None
    if is_last and not all_capitals:
        # Without capitals to mark them, datelines stand there rather than employers: “محمد القرني - جدة”.
        what: What = "place" if scripts_of(word) - HAVE_CAPITALS else "org"
        return Beside(what, word, f"“{word}” may be where {name} works, a place, or another contributor.")
    return None


def _behind_cjk(text: str, name: str, context: Context) -> Beside | None:
    if dateline := re.fullmatch("(?:发自|發自)?([\u4e00-\u9fff]{2,4})(?:報導|报道|報道)", text):
        return Beside("place", dateline[1])
    if any(text.endswith(job) for job in w.CJK_JOBS):
        # “김철수 기자” is another reporter.
        return None if " " in text else Beside("title", text)
    if cjk_kind(text) in ("organisation", "staff", "agency") and cjk_kind(name) is None:
        return Beside("org", text)
    if context.is_known_organisation(text):
        return Beside("org", text)
    return None
