"""What the styles of manuscripts mean, by their names in the languages of Word and of newsrooms.

Word writes the names of its own styles in English whatever its language; other programs, and magazines' own templates, do not.
"""

import re
from enum import StrEnum


class Style(StrEnum):
    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    CAPTION = "caption"
    QUOTATION = "quotation"


def _names(text: str) -> frozenset[str]:
    return frozenset(" ".join(name.split()) for name in " ".join(text.split()).split(","))


_NAMES = {
    Style.HEADLINE: _names(
        """title, headline, head, main title, article title, titel, haupttitel, schlagzeile, titre, titre principal, título,
        titulo, titolo, titel1, tittel, otsikko, tytuł, název, titulek, cím, titlu, konu başlığı, τίτλος, название, заголовок статьи, 表題,
        タイトル, 标题, 標題, 제목, 표제, عنوان, כותרת"""
    ),
    Style.STANDFIRST: _names(
        """subtitle, standfirst, dek, deck, lede, lead, intro, introduction, teaser, sub title, subhead, strapline, untertitel,
        vorspann, anreißer, anlauf, sous titre, chapeau, chapô, subtítulo, subtitulo, entradilla, bajada, sottotitolo, sommario,
        occhiello, ondertitel, inleiding, underrubrik, ingress, undertitel, manchet, alaotsikko, podtytuł, podtitul, perex,
        alcím, altyazı, υπότιτλος, подзаголовок, лид, 副題, リード, 副标题, 导语, 부제, عنوان فرعي, כותרת משנה"""
    ),
    Style.BYLINE: _names(
        """author, byline, by line, authors, writer, autor, autoren, verfasser, autorenzeile, auteur, auteurs, signature de l
        article, autores, firma, autore, autrice, schrijver, författare, forfatter, kirjoittaja, autorzy, szerző, yazar, автор,
        авторы, 著者, 筆者, 作者, 저자, 글쓴이, الكاتب, מחבר"""
    ),
    Style.CAPTION: _names(
        """caption, cutline, photo caption, picture caption, beschriftung, bildunterschrift, légende, epígrafe, leyenda,
        didascalia, bijschrift, bildtext, beskrivning, billedtekst, kuvateksti, podpis, legenda, titulek obrázku, képaláírás, название объекта,
        подпись, 図表番号, キャプション, 题注, 캡션"""
    ),
    Style.QUOTATION: _names(
        """quote, intense quote, quotation, block quote, block text, zitat, intensives zitat, citation, citation intense, cita,
        citação, citazione, citaat, citat, sitat, lainaus, cytat, idézet, alıntı, цитата, 引用文, 引用, 인용"""
    ),
}
_BY_NAME = {name: style for style, names in _NAMES.items() for name in names}
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|címsor|başlık|заголовок|"
    r"見出し|标题|標題|제목)\s*([1-6])\Z"
)


def style_of(name: str) -> Style | None:
    """What a paragraph's style says it is; None for what says nothing of the kind."""
    return _BY_NAME.get(_plain(name))


def heading_level(name: str) -> int:
    """The level of the heading a style is of; 0 if of none."""
    found = _HEADING.match(_plain(name))
    return int(found.group(1)) if found else 0


def _plain(name: str) -> str:
    spaced = re.sub(r"(?<=[a-zß-ÿ])(?=[A-Z])", " ", name)
    return " ".join(re.sub(r"[\W_]+", " ", spaced).casefold().split())
