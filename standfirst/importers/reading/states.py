"""Whether what a source says of a text, and calls the place it lies in, says that it was public.

A field is known by the words of its name, however they are written together (`isDraft`, `is_draft`, `post-draft`), and only
if all of them are understood. What is not understood does not make a text public.
"""

import re
from enum import Enum
from functools import lru_cache
from unicodedata import normalize


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Of systems in the languages they are translated into; compared without case, and with `-` for what parts words.
_PUBLIC = _words(
    """publish published public live posted released release final finished done complete completed visible active featured
    online open everyone everybody all yes true 1 on approved publié publiée publie veröffentlicht publicado publicada
    pubblicato pubblicata gepubliceerd publicerad publiceret publisert julkaistu opublikowany opublikowane опубликовано
    опубликован yayında yayınlandı 公開 公开 已发布 发布 已發佈 발행 게시됨 منشور פורסם"""
)
_NOT_PUBLIC = _words(
    """draft drafts hidden private unlisted pending unpublished scheduled future trash trashed deleted rejected review
    in-review archived expired embargoed inactive offline members paid password secret internal wip todo idea no false 0
    off subscribers subscribers-only members-only patrons patrons-only paid-only premium confidential restricted protected
    encrypted embargo paywalled brouillon entwurf borrador rascunho bozza concept utkast kladde luonnos szkic черновик taslak 草稿 下書き 초안
    مسودة טיוטה"""
)
# What people call what is not ready, in the languages they do.
_DRAFTS = _words(
    """draft drafts wip brouillon brouillons entwurf entwürfe entwuerfe borrador borradores rascunho rascunhos bozza bozze
    concepten utkast kladde kladder luonnos luonnokset szkic szkice черновик черновики чернетки taslak taslaklar piszkozat
    piszkozatok προσχέδια 草稿 下書き 초안 مسودات مسودة טיוטות"""
)
# Folders in which they keep it. What is only sometimes one (“review”, “ideas”) is not among them.
_PLACES = _DRAFTS | _words(
    "unpublished unfinished work-in-progress in-progress private hidden trash deleted rejected embargoed"
)
_ASIDE = _DRAFTS | {"unpublished"}
_LETTERS = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"(?:\A|[\W_])([^\W\d_]+)[\W_]*(?:v?\d{1,2})?[\W_]*\Z")
_FIRST_WORD = re.compile(r"[\W\d_]*([^\W\d_]+)[ _-]")
_MARKED = re.compile(r"\s*(?:[\[({【]\s*([^\W\d_]+)\s*[\])}】]|([^\W\d_]+)\s*[:：]|([^\W\d_]+)\s+[-–—]\s)")


def was_public(word: str) -> bool | None:
    """Whether a text in this state could be read by everybody; None for a word nobody here understands."""
    word = "-".join(word.casefold().replace("_", "-").split()).strip("-.")
    return True if word in _PUBLIC else False if word in _NOT_PUBLIC else None


def is_put_aside(folder: str) -> bool:
    """Whether a folder of this name is where people keep what is not ready for readers: any word of it says so."""
    words = _LETTERS.findall(normalize("NFC", folder).casefold())
    return not _ASIDE.isdisjoint(words) or "-".join(words) in _PLACES


def draft_in_name(stem: str) -> str:
    """The word by which a file's name, without its ending, says that the text is not ready; empty if none does.

    Only where people put such a word: at the end, between dots, or in capitals before the name. Elsewhere it may be of the
    title (`draft-horses`, `the-nfl-draft-2019`).
    """
    stem = normalize("NFC", stem)
    words = [found[1] for part in stem.split(".") if (found := _LAST_WORD.search(part))]
    if (first := _FIRST_WORD.match(stem)) and first[1].isupper() and not stem.isupper():
        words.append(first[1])
    return next((word for word in words if word.casefold() in _DRAFTS), "")


def is_marked_draft(title: str) -> bool:
    """Whether a title begins as that of a draft: `[Draft] …`, `Draft: …`, `DRAFT – …`."""
    found = _MARKED.match(normalize("NFC", title))
    if found is None or (found[3] and not found[3].isupper()):
        return False
    return (found[1] or found[2] or found[3]).casefold() in _DRAFTS


class Claim(Enum):
    """What a field claims of a text by its name."""

    HELD = "held back"
    MAYBE_HELD = "held back, if it says yes"
    SHOWN = "shown"
    MAYBE_SHOWN = "shown, unless it says no"
    STATE = "a state"
    MAYBE_STATE = "a state, if it is one"
    PASSWORD = "a password"
    EMBARGO = "held back, or the day until which it is"
    OPENS = "the day from which it is shown"
    ENDS = "the day from which it is not shown"
    MAYBE_ENDS = "such a day, or the last one of what it tells of"


SURE = frozenset(claim for claim in Claim if not claim.name.startswith("MAYBE"))
_AHEAD = r"(?:is|was|be|has|the|this|post|article|page|entry|item|content|blog|site)*"
_MOMENT = r"(?:on|at|from|date|time|datetime|day)"
_READERS = r"(?:members?|subscribers?|subscription|patrons?|supporters?|paid|premium|staff|login)"
_PUBLISHING = r"(?:publish(?:ed|ing)?|publication|pub)"
_CLAIMS = {
    Claim.PASSWORD: r"(?:encrypt(?:ed|ion)?)?(?:password|passwd|passphrase|passcode)",
    Claim.STATE: rf"(?:{_PUBLISHING}|editorial|workflow)?(?:status|visibility)",
    Claim.MAYBE_STATE: r"(?:workflow|workflowstate|state|stage|access|accesslevel|audience|visibleto|availableto)",
    Claim.EMBARGO: rf"embargo(?:ed)?{_MOMENT}*|(?:embargo(?:ed)?|hidden|private|draft|unlisted|hold|held)(?:until|till|{_MOMENT})+",
    Claim.HELD: rf"(?:draft|private|hidden|unlisted|unpublished|wip|workinprogress|headless|paywall(?:ed)?|encrypt(?:ed)?|"
    rf"(?:for)?{_READERS}only|requires?{_READERS}|{_READERS}required|(?:not|no|non|dont)(?:public|publish(?:ed)?|listed|ready)|"
    r"excludefromcollections|eleventyexcludefromcollections)(?:flag|mode|post|article|page)*",
    Claim.MAYBE_HELD: r"(?:hide|internal|locked|protected|restricted|secret|confidential|premium|unfinished|onhold|disabled)",
    Claim.SHOWN: r"(?:public|publish(?:ed|ing)?|visible)",
    Claim.MAYBE_SHOWN: r"(?:live|golive|active|enabled?|ready|listed|online|show|display|render(?:ed)?|approved|finished)",
    Claim.ENDS: rf"(?:expir(?:y|es?|ed|ation)|unpublish(?:ed)?|takedown|hide(?:after|on|from)){_MOMENT}*|until|"
    rf"(?:{_PUBLISHING}|visible|live|show|shown|display|valid|available|online)(?:until|till|ends?){_MOMENT}*",
    # `live at` a hall, `available on` a disk and a `show date` are of what a text tells of.
    Claim.OPENS: rf"(?:{_PUBLISHING}|go(?:es)?live|release[ds]?|scheduled?(?:{_PUBLISHING})?)(?:after|start|{_MOMENT})+|"
    r"(?:live|visible|available|shown?|display)(?:from|after|start)(?:date|time|datetime)?|livedate|scheduledfor",
    Claim.MAYBE_ENDS: r"ends?(?:on|at|date|datetime)",
}
_PATTERNS = {claim: re.compile(_AHEAD + f"(?:{pattern})") for claim, pattern in _CLAIMS.items()}


@lru_cache(maxsize=4096)
def claim_of(field: str) -> Claim | None:
    """What a field of this name claims; None for one that is of something else, or has a word that is not understood."""
    name = re.sub(r"[\W_]+", "", field.casefold())
    if len(name) > 60:
        return None
    return next((claim for claim, pattern in _PATTERNS.items() if pattern.fullmatch(name)), None)
