"""Tells from the words of a column whether an article was published. What is not understood was not."""

import re
from collections.abc import Collection
from enum import Enum

from standfirst.importers.tables.fields import Field, plain_heading, said_by


class Said(Enum):
    """What one column says of one article."""

    PUBLISHED = "published"
    SCHEDULED = "scheduled"
    NOT_PUBLISHED = "not published"
    NOTHING = "nothing"  # the field is empty, or says only what the article is not
    UNKNOWN = "unknown"


def _words(text: str) -> frozenset[str]:
    return frozenset(plain_heading(word) for word in " ".join(text.split()).split(","))


_PUBLISHED = _words(
    """published, publish, live, public, online, posted, done and published, publicly visible, veröffentlicht, publiziert,
    erschienen, freigeschaltet, publié, publiée, en ligne, paru, publicado, publicada, pubblicato, pubblicata, gepubliceerd,
    publicerad, publicerat, udgivet, publisert, julkaistu, opublikowany, opublikowane, publikováno, megjelent, publicat,
    yayınlandı, yayında, δημοσιευμένο, опубликовано, опубликован, опубликована, опубликованный, опубліковано, 公開, 公開済み, 公開中,
    已发布, 已發布, 发布, 发表, 발행, 발행됨, 공개, منشور, פורסם, प्रकाशित"""
)
_SCHEDULED = _words(
    """scheduled, future, geplant, planifié, programmé, programado, programada, programmato, agendado, gepland, schemalagd,
    zaplanowany, запланировано, 予約, 予約投稿, 定时发布, 예약"""
)
_NOT_PUBLISHED = _words(
    """draft, drafts, unpublished, pending, pending review, private, trash, trashed, deleted, archived, archive, hidden, review,
    in review, in progress, idea, to do, todo, not started, spiked, killed, rejected, withdrawn, embargoed, on hold, inherit,
    auto draft, members, paid, only paid, premium, premium only, members only, subscribers, subscribers only, staff only, internal, password, unlisted, offline,
    not published, ready, entwurf, in arbeit, in prüfung, unveröffentlicht, nicht veröffentlicht, privat, papierkorb, gelöscht,
    archiviert, verworfen, idee, brouillon, en attente, non publié, corbeille, privé, archivé, borrador, pendiente, privado,
    papelera, no publicado, archivado, rascunho, pendente, bozza, in attesa, non pubblicato, cestino, archiviato, concept,
    niet gepubliceerd, prullenbak, utkast, kladde, opublicerad, luonnos, szkic, nieopublikowany, koncept, piszkozat, ciornă,
    taslak, πρόχειρο, черновик, не опубликовано, на проверке, скрыто, удалено, 下書き, 非公開, 草稿, 未发布, 待审核, 초안, 비공개, مسودة,
    טיוטה"""
)
# Says who may read it, and not that anybody has.
_OPEN = _words("free, everyone, all, open, anyone, kostenlos, frei, gratuit, gratis, libre")
_YES = _words(
    "true, yes, y, 1, on, x, checked, wahr, ja, j, vrai, oui, verdadero, sí, si, vero, sim, prawda, tak, да, истина, はい, 是, ✓, ✔"
)
_NO = _words(
    "false, no, n, 0, off, unchecked, falsch, nein, faux, non, falso, não, nee, nej, nei, fałsz, nie, нет, ложь, いいえ, 否"
)
_MARKS = {"✓": True, "✔": True, "☑": True, "☐": False, "✗": False}
# Headings over yes and no that say what is not published; any other that is of a state says what is.
# That it may be published is not that it was.
_INTENT = re.compile(
    r"\b(?:to|ready|ok|okay|can|may|should|will|approved|approval|request|requested|bereit|soll|prêt|listo|pronto)\b"
)
_NEGATIVE = re.compile(
    r"\b(?:not|non|no|nicht|niet|inte|ikke|nie|не|unpublished|draft|archived|deleted|trashed|hidden|private|entwurf|archiviert|gelöscht|brouillon|archivé|borrador|"
    r"rascunho|bozza|utkast|szkic|черновик)\b|下書き|草稿"
)


def is_yes_or_no(value: str) -> bool:
    return value.strip() in _MARKS or plain_heading(value) in _YES | _NO


def is_state(value: str) -> bool:
    """Whether a value is a word for a state, and no mere yes or no."""
    return plain_heading(value) in _PUBLISHED | _SCHEDULED | _NOT_PUBLISHED


def is_flag(heading: str) -> bool:
    """Whether a heading makes sense of yes and no below it."""
    return Field.STATE in said_by(heading)


def said(value: str, heading: str) -> Said:
    """What one value says, below its heading."""
    plain = plain_heading(value)
    if not value.strip() or plain in _OPEN:
        return Said.NOTHING
    for words, meaning in (
        (_NOT_PUBLISHED, Said.NOT_PUBLISHED),
        (_SCHEDULED, Said.SCHEDULED),
        (_PUBLISHED, Said.PUBLISHED),
    ):
        if plain in words:
            return meaning
    yes = _MARKS.get(value.strip(), plain in _YES)
    if not yes and plain not in _NO and value.strip() not in _MARKS:
        return Said.UNKNOWN
    if _INTENT.search(plain_heading(heading)):
        return Said.UNKNOWN if yes else Said.NOT_PUBLISHED
    if _NEGATIVE.search(plain_heading(heading)):
        return Said.NOT_PUBLISHED if yes else Said.NOTHING
    if Field.STATE in said_by(heading):
        return Said.PUBLISHED if yes else Said.NOT_PUBLISHED
    return Said.UNKNOWN


def all_said(verdicts: Collection[Said]) -> Said:
    """What several columns say together: one that says no, or something that is not understood, is enough."""
    for verdict in (Said.NOT_PUBLISHED, Said.UNKNOWN, Said.SCHEDULED, Said.PUBLISHED):
        if verdict in verdicts:
            return verdict
    return Said.NOTHING
