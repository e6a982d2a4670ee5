"""What a column of a table may mean, and the words that headings say it with.

The words are one witness among several (see `guessing`): a table may have other headings, or none.
"""

import re
import unicodedata
from collections import defaultdict
from enum import StrEnum
from functools import lru_cache


class Field(StrEnum):
    """What a column is to an article. The values are the words of `--column`."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    TEXT = "text"
    BYLINE = "byline"
    GIVEN_NAME = "given-name"
    FAMILY_NAME = "family-name"
    PHOTOGRAPHER = "photographer"
    ILLUSTRATOR = "illustrator"
    TRANSLATOR = "translator"
    EDITOR = "editor"
    DATE = "date"
    UPDATED = "updated"
    STATE = "state"
    SECTION = "section"
    TOPICS = "topics"
    SLUG = "slug"
    ADDRESS = "address"
    ID = "id"
    PICTURE = "picture"
    CAPTION = "caption"
    KEPT = "kept"  # understood to be no part of the article, or not understood: in the ledger only


# Of these there may be several columns; of any other there is one.
SEVERAL = frozenset(
    {
        Field.BYLINE,
        Field.PHOTOGRAPHER,
        Field.ILLUSTRATOR,
        Field.TRANSLATOR,
        Field.EDITOR,
        Field.STATE,
        Field.TOPICS,
        Field.KEPT,
    }
)
ROLES = {
    Field.BYLINE: "",
    Field.PHOTOGRAPHER: "photographer",
    Field.ILLUSTRATOR: "illustrator",
    Field.TRANSLATOR: "translator",
    Field.EDITOR: "editor",
}

_WORDS: dict[Field, str] = {
    Field.HEADLINE: """
        title, headline, head, heading, article title, post title, story, name, item, subject, hed, titel, überschrift,
        schlagzeile, haupttitel, titre, titre de l article, título, titular, titolo, kop, rubrik, overskrift, otsikko,
        tytuł, titulek, nadpis, cím, titlu, başlık, τίτλος, заголовок, название, назва, タイトル, 見出し, 题目, 标题, 標題, 제목,
        العنوان, כותרת, शीर्षक""",
    Field.STANDFIRST: """
        standfirst, excerpt, summary, dek, deck, deckhed, dekhed, subtitle, sub title, subhead, subheading, subheadline, lede, lead, intro,
        introduction, teaser, abstract, description, short description, strapline, strap, sell, blurb, preview, untertitel,
        vorspann, anreißer, anrisstext, kurztext, zusammenfassung, einleitung, chapeau, chapô, résumé, accroche, sous titre,
        entradilla, resumen, subtítulo, bajada, copete, sottotitolo, sommario, occhiello, resumo, ondertitel, samenvatting,
        inleiding, ingress, sammanfattning, manchet, zajawka, streszczenie, perex, összefoglaló, özet, περίληψη, лид, анонс,
        подзаголовок, краткое описание, 概要, リード, 要約, 摘要, 导语, 요약, ملخص, תקציר""",
    Field.TEXT: """
        text, body, content, article, article text, article body, post body, full text, fulltext, body html, content html,
        story, poem, gedicht, poème, poema, poesia, стихотворение, draft text, html, rich content, plain content, post content, copy, story text, main text, artikeltext, beitragstext, inhalt,
        haupttext, fließtext, volltext, texte, corps, contenu, texto, cuerpo, contenido, conteúdo, corpo, testo, contenuto,
        corpo del testo, tekst, inhoud, brödtext, innehåll, brødtekst, indhold, innhold, teksti, sisältö, treść, obsah,
        szöveg, tartalom, conținut, metin, içerik, κείμενο, текст, содержание, тело, текст статьи, зміст, 本文, 内容, 正文, 본문, 내용,
        النص, المحتوى, תוכן, गद्य""",
    Field.BYLINE: """
        author, authors, author name, byline, by line, by, writer, writers, written by, words by, words, contributor, contributors,
        name, contributor name, credit, poet, dichter, poète, poeta, credits, journalist, reporter, columnist, post author, created by name, autor, autoren,
        autorin, autor in, verfasser, verfasserin, verfasst von, von, text von, redakteur, auteur, auteurs, auteure, rédacteur,
        rédigé par, signature, autores, autora, por, escrito por, firma, redactor, autore, autrice, autori, di, scritto da,
        schrijver, door, författare, skribent, forfatter, av, af, kirjoittaja, tekijä, autorka, autorzy, szerző, yazar,
        συγγραφέας, автор, авторы, имя автора, 著者, 筆者, 執筆者, 作者, 作者名, 글쓴이, 저자, 기자, الكاتب, المؤلف, מחבר, כותב, लेखक""",
    Field.GIVEN_NAME: """
        first name, author first name, given name, forename, vorname, prénom, nombre de pila, nome di battesimo, voornaam,
        förnamn, fornavn, imię, имя""",
    Field.FAMILY_NAME: """
        last name, author last name, family name, surname, nachname, familienname, nom de famille, apellido, apellidos,
        cognome, achternaam, efternamn, etternavn, nazwisko, фамилия""",
    Field.PHOTOGRAPHER: """
        photographer, photographers, photo credit, photos by, photography, photo by, picture credit, image credit, fotograf,
        fotografin, fotos, foto von, bildnachweis, photographe, crédit photo, fotógrafo, fotografía, fotografo, fotografie,
        foto di, foto, valokuvaaja, zdjęcia, фотограф, фото, 写真, 摄影""",
    Field.ILLUSTRATOR: """
        illustrator, illustrators, illustration, illustrations, illustrationen, illustrations by, artwork by, illustration credit, illustratorin,
        illustrateur, illustratrice, ilustrador, ilustración, illustratore, ilustracje, иллюстратор, イラスト, 插画""",
    Field.TRANSLATOR: """
        translator, translators, translated by, translation, übersetzer, übersetzerin, übersetzung, aus dem, traducteur,
        traductrice, traduction, traductor, traducción, tradutor, traduttore, traduzione, vertaler, översättare, oversetter,
        tłumacz, tłumaczenie, překlad, переводчик, перевод, 翻訳, 訳者, 译者, 翻译""",
    Field.EDITOR: """
        editor, editors, edited by, section editor, commissioning editor, redaktion, lektorat, rédaction, editado por,
        a cura di, redactie, redaktör, redakcja, редактор, 編集, 编辑""",
    Field.DATE: """
        date, published on, publish date, published date, publication date, date published, published at, pub date, pubdate,
        posted on, post date, posted, publish on, day, published, authored on, release date, veröffentlicht, publié, publiée,
        publicado, pubblicato, gepubliceerd, publicerat, опубликовано, datum, erschienen, erschienen am, veröffentlicht am,
        veröffentlichungsdatum, erscheinungsdatum, publiziert am, date de publication, publié le, date de parution, fecha,
        fecha de publicación, publicado el, data, data di pubblicazione, data de publicação, pubblicato il, publicatiedatum,
        gepubliceerd op, publiceringsdatum, publicerad, dato, udgivet, publisert, julkaistu, päiväys, data publikacji, datum
        vydání, dátum, tarih, yayın tarihi, ημερομηνία, дата, дата публикации, опубликовано, 日付, 公開日, 掲載日, 日期, 发布日期, 发布时间,
        날짜, 발행일, التاريخ, תאריך""",
    Field.UPDATED: """
        updated, updated on, updated at, modified at, modified on, changed at, changed on, edited, edited on, edited at, last updated, modified, last modified, last edited, last edited time, changed,
        date modified, updated date, geändert, geändert am, aktualisiert, mis à jour, modifié le, actualizado, modificado,
        aggiornato, modificato, gewijzigd, uppdaterad, изменено, обновлено, 更新日, 更新时间""",
    Field.STATE: """
        status, state, published, publish, is published, published post, publication status, live, is live, public, draft,
        audience, access, access level, membership, paywall, is draft, archived, is archived, deleted, trashed, hidden, unpublished, visibility, stage, workflow, workflow state, online,
        veröffentlicht, freigegeben, zustand, entwurf, publié, publiée, état, statut, brouillon, en ligne, publicado, estado,
        borrador, rascunho, pubblicato, stato, bozza, gepubliceerd, concept, publicerat, publicerad, publiceret, publisert, julkaistu, opublikowane, publikováno, publicada,
        pubblicata, опубликовано, utkast, stan, szkic, состояние, статус,
        черновик, публикация, ステータス, 状態, 公開, 下書き, 状态, 草稿, 상태""",
    Field.SECTION: """
        section, category, department, desk, channel, primary category, main category, categories, section name, ressort,
        rubrik name, kategorie, kategorien, rubrique, catégorie, sección, categoría, seção, editoria, sezione, categoria,
        rubriek, categorie, avdelning, kategori, osasto, dział, kategoria, rubrika, rovat, bölüm, κατηγορία, раздел, рубрика,
        категория, カテゴリ, カテゴリー, 分类, 栏目, 카테고리, القسم, מדור""",
    Field.TOPICS: """
        topics, topic, tags, tag, keywords, keyword, subjects, labels, themes, schlagwort, schlagworte, schlagwörter,
        stichworte, themen, thema, mots clés, mots clé, étiquettes, thèmes, etiquetas, palabras clave, temas, palavras chave,
        tag articolo, parole chiave, argomenti, trefwoorden, onderwerpen, nyckelord, ämnen, emneord, avainsanat, tagi, słowa
        kluczowe, štítky, címkék, etiketler, теги, метки, темы, ключевые слова, タグ, キーワード, 标签, 关键词, 태그""",
    Field.SLUG: "slug, post slug, url slug, permalink slug, handle, short name, url key, kurzname, alias",
    Field.ADDRESS: """
        url, link, address, permalink, path, web address, article url, post url, page url, canonical, canonical url, old url,
        post page url, item url, location, adresse, webadresse, lien, enlace, dirección, indirizzo, länk, lenke, osoite, adres,
        ссылка, адрес, リンク, 链接, 网址""",
    Field.ID: """
        id, uid, uuid, guid, nid, node id, post id, article id, item id, internal id, record id, row id, key, number, no, nr,
        artikel id, artikelnummer, nummer, numéro, número, identificatore, kennung, _id, identifier, номер, 番号, 编号""",
    Field.PICTURE: """
        image, picture, photo, photos, foto, fotos, cover, cover image, main image, featured image, hero image, lead image, thumbnail, image url,
        header image, feature image, bild, titelbild, aufmacherbild, beitragsbild, illustration url, image principale, photo
        de couverture, imagen, imagen destacada, imagem, immagine, immagine di copertina, afbeelding, bilde, billede, kuva,
        obraz, zdjęcie, obrázek, kép, изображение, картинка, обложка, 画像, アイキャッチ, 图片, 封面""",
    Field.CAPTION: """
        caption, image caption, photo caption, picture caption, cutline, cover image caption, bildunterschrift, légende,
        pie de foto, didascalia, bijschrift, bildtext, billedtekst, подпись, 图片说明, キャプション""",
    # What is nobody's to read, or says nothing of the article: never printed for what it holds.
    Field.KEPT: """
        notes, note, internal notes, editor notes, editors notes, comments, comment, remarks, feedback, todo, to do, brief,
        pitch, email, e mail, author email, mail, phone, telephone, fee, rate, payment, invoice, budget, price, word count,
        words count, wordcount, length, deadline, due, due date, created, created at, created on, created time, date created,
        created date, creation date, created by, modified by, last edited by, last modified by, assigned to, assignee, owner,
        user, username, login, author id, author slug, author url, author bio, bio, biography, author uid, uid name, seo title,
        seo description, meta title, meta description, meta keywords, alt, alt text, image alt, main image alt text, locale,
        language, lang, collection id, locale id, page views, views, likes, featured, is featured, pinned, sticky, comments
        count, comment count, view count, like count, time to read, reading time, minutes to read, template, layout, type,
        content type, fact check, legal, rights, copyright, source, issue, page, pages, password, color, hashtags count, rating,
        notizen, notiz, interne notizen, bemerkung, bemerkungen, anmerkung, anmerkungen, kommentar, kommentare, honorar,
        abgabe, abgabetermin, erstellt, erstellt am, angelegt, bearbeitet von, sprache, zeichen, zeichenzahl, wortzahl, seite,
        ausgabe, heft, remarques, commentaires, honoraires, échéance, créé le, langue, notas, comentarios, honorarios, plazo,
        creado, creado el, idioma, commenti, compenso, scadenza, creato il, lingua, opmerkingen, honorarium, aangemaakt, taal,
        anteckningar, arvode, skapad, uwagi, honorarium autora, примечания, заметки, комментарии, гонорар, создано, язык, メモ,
        備考, 原稿料, 备注, 稿费""",
}
_GENERIC = re.compile(
    r"(?:|(?:column|col|field|unnamed|spalte|feld|colonne|champ|columna|campo|colonna|kolom|kolumn|столбец|列)[\s:_#-]*\w{0,3}|\d+|[a-z])\Z"
)


@lru_cache(maxsize=2048)
def plain_heading(heading: str) -> str:
    """A heading as its words are compared: small letters and spaces; `camelCase` and `snake_case` taken apart."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", heading)
    text = unicodedata.normalize("NFC", text).casefold()
    text = re.sub(r"\Afield\s*[_:]\s*(?=\w)", "", text.strip())  # as Drupal names what a site has added
    return " ".join(re.sub(r"[^\w]+|_", " ", text).split())


def _vocabulary() -> dict[str, tuple[Field, ...]]:
    """What each phrase says; some say one thing here and another there, as “Story” and “Published”."""
    found: defaultdict[str, tuple[Field, ...]] = defaultdict(tuple)
    for field, words in _WORDS.items():
        for phrase in " ".join(words.split()).split(","):
            found[plain_heading(phrase)] += (field,)
    return dict(found)


_VOCABULARY = _vocabulary()
_LONGEST_PHRASE = max(phrase.count(" ") + 1 for phrase in _VOCABULARY)


def says_nothing(heading: str) -> bool:
    """Whether a heading is a number or a letter, as a spreadsheet gives it, or none."""
    return bool(_GENERIC.match(plain_heading(heading)))


@lru_cache(maxsize=2048)
def said_by(heading: str) -> dict[Field, float]:
    """What a heading says its column is, each with a weight from 0 to 1; empty if its words are not known."""
    plain = plain_heading(heading)
    if says_nothing(heading) and plain not in _VOCABULARY:
        return {}
    if plain in _VOCABULARY:
        return dict.fromkeys(_VOCABULARY[plain], 1.0)
    words = plain.split()
    found: dict[Field, float] = {}
    for length in range(min(len(words) - 1, _LONGEST_PHRASE), 0, -1):
        for start in range(len(words) - length + 1):
            # The last word is mostly what a thing is, and those before it are of what kind.
            weight = 0.75 if start + length == len(words) else 0.45
            for field in _VOCABULARY.get(" ".join(words[start : start + length]), ()):
                found[field] = max(found.get(field, 0.0), weight)
        if found:
            return found
    # Compounds, as in German and Chinese: “Artikelüberschrift”, “文章标题”.
    ends = {
        field: 0.6
        for phrase, fields in _VOCABULARY.items()
        for field in fields
        if plain.endswith(phrase) and (len(phrase) >= 5 or not phrase.isascii())
    }
    return ends
