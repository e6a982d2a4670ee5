"""Whether what a source calls the state of a text says that it was public. What is not understood does not."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Of systems in the languages they are translated into; compared without case, and with `-` for what parts words.
_PUBLIC = _words(
    """publish published public live posted released release final finished done complete completed visible active
    online open everyone everybody all yes true 1 on approved publié publiée publie veröffentlicht publicado publicada
    pubblicato pubblicata gepubliceerd publicerad publiceret publisert julkaistu opublikowany opublikowane опубликовано
    опубликован yayında yayınlandı 公開 公开 已发布 发布 已發佈 발행 게시됨 منشور פורסם"""
)
_NOT_PUBLIC = _words(
    """draft drafts hidden private unlisted pending unpublished scheduled future trash trashed deleted rejected review
    in-review archived expired embargoed inactive offline members paid password secret internal wip todo idea no false 0
    off brouillon entwurf borrador rascunho bozza concept utkast kladde luonnos szkic черновик taslak 草稿 下書き 초안
    مسودة טיוטה"""
)
# Folders in which people keep what is not ready. What is only sometimes one (“review”, “ideas”) is not among them.
_PLACES = _words(
    """draft drafts unpublished unfinished wip work-in-progress in-progress private hidden trash deleted rejected
    embargoed brouillon brouillons entwurf entwürfe entwuerfe borrador borradores rascunho rascunhos bozza bozze concepten
    utkast kladde kladder luonnos luonnokset szkic szkice черновик черновики чернетки taslak taslaklar piszkozat
    piszkozatok προσχέδια 草稿 下書き 초안 مسودات مسودة טיוטות"""
)


def was_public(word: str) -> bool | None:
    """Whether a text in this state could be read by everybody; None for a word nobody here understands."""
    word = "-".join(word.casefold().replace("_", "-").split()).strip("-.")
    return True if word in _PUBLIC else False if word in _NOT_PUBLIC else None


def is_put_aside(folder: str) -> bool:
    """Whether a folder of this name is where people keep what is not ready for readers."""
    return "-".join(folder.casefold().replace("_", "-").split()).strip("-. ") in _PLACES
