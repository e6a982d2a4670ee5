"""Three dozen odd sheets, as systems and people make them, each with what its columns are. All that is in them is invented.

A sheet is its rows, the headings among them; `expected` names the columns that are something, by heading or letter. Any other
column must be kept: what is printed though it should not be is as wrong as what is not found.
"""

import csv
import io
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice

PEOPLE = [
    "Ada Quill", "Ben Marsh", "Cleo Wren", "Dora van der Penn", "Ida Penhale", "Rory O’Dell", "Mine Çetinkaya-Marsh", "Tom Sadler",
]  # fmt: skip
HEADLINES = [
    "The ferry that would not sink", "Who owns the harbour wall?", "Letters from a dry river", "A short history of the tide table",
    "Why the lamp was lit twice", "Bread and salt in the fishing quarter", "What the archive forgot", "Ten days without a bridge",
    "The last lighthouse keeper", "Notes on an unfinished pier",
]  # fmt: skip
SENTENCES = [
    "For forty years the boat had crossed the bay without a word of complaint.",
    "Nobody in the council could say who had signed the order, or when.",
    "The water came up to the second step and stayed there until March.",
    "She kept the book in a biscuit tin under the stairs, with the keys.",
    "It was the kind of evening on which everybody remembers somebody else’s mistake.",
    "By then the market had moved to the car park behind the chapel.",
]
SECTIONS = ["News", "Essays", "Reviews"]
GERMAN_HEADLINES = [
    "Die Fähre, die nicht sinken wollte", "Wem gehört die Hafenmauer?", "Briefe vom trockenen Fluss", "Kleine Geschichte der Gezeiten",
    "Zehn Tage ohne Brücke", "Der letzte Leuchtturmwärter", "Brot und Salz im Fischerviertel",
]  # fmt: skip
GERMAN_SENTENCES = [
    "Vierzig Jahre lang fuhr das Schiff über die Bucht, ohne dass jemand klagte.",
    "Im Rat wusste niemand, wer den Auftrag unterschrieben hatte.",
    "Das Wasser stand bis zur zweiten Stufe und blieb dort bis März.",
    "Sie bewahrte das Buch in einer Keksdose unter der Treppe auf.",
]
FRENCH_HEADLINES = [
    "Le bac qui refusait de couler",
    "À qui appartient la digue ?",
    "Lettres d’un fleuve à sec",
    "Dix jours sans pont",
    "Le dernier gardien du phare",
]
FRENCH_SENTENCES = [
    "Pendant quarante ans, le bateau traversa la baie sans se plaindre.",
    "Personne au conseil ne savait qui avait signé.",
    "L’eau monta jusqu’à la deuxième marche et y resta.",
]
RUSSIAN_HEADLINES = [
    "Паром, который не тонул",
    "Кому принадлежит дамба?",
    "Письма с сухой реки",
    "Десять дней без моста",
    "Последний смотритель маяка",
]
RUSSIAN_SENTENCES = [
    "Сорок лет судно ходило через залив без единой жалобы.",
    "Никто в совете не знал, кто подписал приказ.",
    "Вода поднялась до второй ступени.",
]
JAPANESE_HEADLINES = [
    "沈まない渡し船",
    "防波堤は誰のものか",
    "乾いた川からの手紙",
    "橋のない十日間",
    "最後の灯台守",
]
JAPANESE_SENTENCES = [
    "四十年のあいだ、船は文句も言わずに湾を渡ってきた。",
    "誰が命令に署名したのか、議会の誰も知らなかった。",
    "水は二段目まで上がり、三月までそこにあった。",
]


@dataclass
class OddSheet:
    name: str
    rows: list[list[object]]
    expected: dict[str, str]
    separator: str = ","
    encoding: str = "utf-8"
    workbook: bool = False

    def content(self) -> bytes:
        out = io.StringIO()
        csv.writer(out, delimiter=self.separator).writerows(self.rows)
        return out.getvalue().encode(self.encoding)


def some(values, count=24):
    return list(islice(cycle(values), count))


def text(number, sentences=SENTENCES, length=9, between=" "):
    if length == 1:  # no two alike
        return f"{sentences[number % len(sentences)][:-1]}, or so it was said in {1950 + number}."
    return between.join(sentences[(number + step) % len(sentences)] for step in range(length))


def html(number, sentences=SENTENCES):
    return "".join(f"<p>{text(number + part, sentences, 4)}</p>" for part in range(3))


def slug(words):
    return "-".join("".join(c for c in words.lower() if c.isalnum() or c == " ").split())


def titled(number, headlines=HEADLINES):
    """Headlines that differ, as an archive's do."""
    return f"{headlines[number % len(headlines)]}{'' if number < len(headlines) else f' ({number // len(headlines) + 1})'}"


def day(number):
    return date(2017, 1, 5) + timedelta(days=number * 23)


def table(headings, row, count=24):
    return [headings, *([*row(number)] for number in range(count))]


def wix():
    def row(n):
        rich = json.dumps(
            {"nodes": [{"type": "PARAGRAPH", "nodes": [{"type": "TEXT", "textData": {"text": text(n)}}]}]}
        )
        return [titled(n), f"{n:08x}-6c1b-4f5e-9a51-0d3c5b1f{n:04x}", slug(titled(n)), f"wix:image://v1/{n}a_b.jpg/p.jpg#originWidth=9", text(n, length=1), rich, f"{day(n)}T09:15:00Z", n % 5 != 0, PEOPLE[n % 4], n % 9, f"/post/{slug(titled(n))}", '["Harbour","Tides"]']  # fmt: skip

    return OddSheet(
        "wix",
        table(["Title", "Internal ID", "Slug", "Cover Image", "Excerpt", "Rich Content", "Publish Date", "Published Post", "Author", "View Count", "Post Page URL", "Tags"], row),
        {"Title": "headline", "Internal ID": "id", "Slug": "slug", "Cover Image": "picture", "Excerpt": "standfirst", "Rich Content": "text", "Publish Date": "date", "Published Post": "state", "Author": "byline", "Post Page URL": "address", "Tags": "topics"},
    )  # fmt: skip


def wix_collection():
    def row(n):
        return [f"{n:08x}-6c1b-4f5e-9a51-0d3c5b1f{n:04x}", f"{day(n)}T08:00:00Z", f"{day(n)}T10:00:00Z", "77c0ffee-1111-4222-8333-444455556666", titled(n), PEOPLE[n % 5], html(n), f"{day(n)}T00:00:00Z", f"wix:image://v1/{n}/x.png/x.png", SECTIONS[n % 3]]  # fmt: skip

    return OddSheet(
        "wix-collection",
        table(["ID", "Created Date", "Updated Date", "Owner", "Title", "Writer", "Article Text", "Date Published", "Main Image", "Desk"], row),
        {"ID": "id", "Updated Date": "updated", "Title": "headline", "Writer": "byline", "Article Text": "text", "Date Published": "date", "Main Image": "picture", "Desk": "section"},
    )  # fmt: skip


def drupal_views():
    def row(n):
        return [100 + n, f'<a href="/node/{100 + n}">{titled(n)}</a>' if n % 7 == 0 else titled(n), html(n), f"{PEOPLE[n % 6]}, {PEOPLE[(n + 1) % 6]}" if n % 3 == 0 else PEOPLE[n % 6], f"{['Thu', 'Fri', 'Sat'][n % 3]}, {day(n):%m/%d/%Y} - 19:15", "On" if n % 6 else "Off", SECTIONS[n % 3], "harbour, tides, law", f"/reports/{slug(titled(n))}"]  # fmt: skip

    return OddSheet(
        "drupal-views",
        table(["Nid", "Title", "Body", "Field_writers", "Authored on", "Published", "Section", "Tags", "Path"], row),
        {"Nid": "id", "Title": "headline", "Body": "text", "Field_writers": "byline", "Authored on": "date", "Published": "state", "Section": "section", "Tags": "topics", "Path": "address"},
    )  # fmt: skip


def airtable():
    def row(n):
        return [titled(n), ["Published", "Draft", "In review"][n % 3], f"{PEOPLE[n % 5]}", f"{day(n).month}/{day(n).day}/{day(n).year}", f"# Part\n\n{text(n, length=3)}\n\n**But** {text(n + 1, length=4)} [more](https://lantern.example/x).", text(n, length=1), f"photo.jpg (https://dl.pictures.example/{n}/photo.jpg)", "call Ben before the weekend, and check who paid for the boat", f"rec{n:04d}AbCdEfGhIj"]  # fmt: skip

    return OddSheet(
        "airtable",
        table(["Name", "Status", "Author", "Pub date", "Copy", "Dek", "Lead image", "Notes", "Record ID"], row),
        {"Name": "headline", "Status": "state", "Author": "byline", "Pub date": "date", "Copy": "text", "Dek": "standfirst", "Lead image": "picture", "Record ID": "id"},
        encoding="utf-8-sig",
    )  # fmt: skip


def notion():
    def row(n):
        return [titled(n), f"{day(n):%B} {day(n).day}, {day(n).year}", f"{PEOPLE[n % 4]}, {PEOPLE[(n + 2) % 4]}", "Done" if n % 2 else "Published", "Essays, Reviews" if n % 4 == 0 else SECTIONS[n % 3], text(n, length=2), f"{text(n)}\n\n{text(n + 1)}", f"{day(n):%B} {day(n).day}, {day(n).year} 7:15 PM"]  # fmt: skip

    return OddSheet(
        "notion",
        table(["Name", "Publish date", "Contributors", "Status", "Category", "Summary", "Text", "Created time"], row),
        {"Name": "headline", "Publish date": "date", "Contributors": "byline", "Status": "state", "Category": "section", "Summary": "standfirst", "Text": "text"},
    )  # fmt: skip


def google_sheet_with_a_title():
    def row(n):
        return [
            "",
            titled(n),
            PEOPLE[n % 7],
            f"{day(n):%d/%m/%Y}",
            SECTIONS[n % 3],
            text(n, between="\n"),
            "yes" if n % 4 else "no",
            "£120",
        ]

    rows = table(["", "Headline", "By", "Date", "Section", "Story", "Online?", "Fee"], row)
    return OddSheet(
        "google-sheet-with-a-title",
        [["", "The Lantern: all stories", "", "", "", "", "", ""], [""] * 8, ["", "Words", "", "", "", "", "Web", ""], *rows],
        {"Headline": "headline", "By": "byline", "Date": "date", "Section": "section", "Story": "text", "Online?": "state"},
    )  # fmt: skip


def german():
    def row(n):
        return [n + 1, titled(n, GERMAN_HEADLINES), text(n, GERMAN_SENTENCES, 1), html(n, GERMAN_SENTENCES), some(["Jürgen Groß", "Lena Weiß", "Ümit Öztürk"])[n], f"{day(n):%d.%m.%Y}", ["Politik", "Kultur"][n % 2], "veröffentlicht" if n % 5 else "Entwurf", "Lena Weiß", "250,00 €"]  # fmt: skip

    return OddSheet(
        "german",
        table(["Nr.", "Überschrift", "Vorspann", "Artikeltext", "Verfasser", "Erscheinungsdatum", "Ressort", "Status", "Fotos", "Honorar"], row),
        {"Nr.": "id", "Überschrift": "headline", "Vorspann": "standfirst", "Artikeltext": "text", "Verfasser": "byline", "Erscheinungsdatum": "date", "Ressort": "section", "Status": "state", "Fotos": "photographer"},
        separator=";",
        encoding="cp1252",
    )  # fmt: skip


def french():
    def row(n):
        return [titled(n, FRENCH_HEADLINES), text(n, FRENCH_SENTENCES, 1), f"{text(n, FRENCH_SENTENCES)}\n\n{text(n + 1, FRENCH_SENTENCES)}", some(["Zoé Lemaître", "Hervé Plouvier", "Anaïs Coëffic"])[n], f"{day(n):%d/%m/%Y} 10h30", ["Société", "Livres"][n % 2], "mer, phare, digue", "oui" if n % 5 else "non"]  # fmt: skip

    return OddSheet(
        "french",
        table(["Titre", "Chapô", "Texte", "Auteur", "Date de publication", "Rubrique", "Mots-clés", "Publié"], row),
        {"Titre": "headline", "Chapô": "standfirst", "Texte": "text", "Auteur": "byline", "Date de publication": "date", "Rubrique": "section", "Mots-clés": "topics", "Publié": "state"},
        separator="\t",
        encoding="utf-16",
    )  # fmt: skip


def russian():
    def row(n):
        return [
            titled(n, RUSSIAN_HEADLINES),
            some(["Анна Кузнецова", "Борис Петров", "Вера Иванова"])[n],
            f"{day(n):%d.%m.%Y}",
            text(n, RUSSIAN_SENTENCES),
            some(["Культура", "Общество"])[n],
            "опубликовано" if n % 4 else "черновик",
        ]

    return OddSheet(
        "russian",
        table(["Заголовок", "Автор", "Дата публикации", "Текст", "Рубрика", "Статус"], row),
        {"Заголовок": "headline", "Автор": "byline", "Дата публикации": "date", "Текст": "text", "Рубрика": "section", "Статус": "state"},
        separator=";",
        encoding="cp1251",
    )  # fmt: skip


def japanese():
    def row(n):
        return [
            titled(n, JAPANESE_HEADLINES),
            some(["佐藤花子", "鈴木一郎", "高橋翼"])[n],
            f"{day(n):%Y/%m/%d}",
            text(n, JAPANESE_SENTENCES),
            some(["文化", "社会"])[n],
            "公開" if n % 4 else "下書き",
        ]

    return OddSheet(
        "japanese",
        table(["タイトル", "著者", "公開日", "本文", "カテゴリー", "ステータス"], row),
        {"タイトル": "headline", "著者": "byline", "公開日": "date", "本文": "text", "カテゴリー": "section", "ステータス": "state"},
    )  # fmt: skip


def without_headings():
    def row(n):
        return [
            titled(n),
            PEOPLE[n % 5],
            f"{day(n)}",
            SECTIONS[n % 3],
            text(n, length=1),
            html(n),
            f"https://lantern.example/{day(n):%Y}/{slug(titled(n))}/",
        ]

    return OddSheet(
        "without-headings",
        table([], row)[1:],
        {
            "A": "headline",
            "B": "byline",
            "C": "date",
            "D": "section",
            "E": "standfirst",
            "F": "text",
            "G": "address",
        },
    )


def plain_without_headings():
    def row(n):
        return [1000 + n, f"{day(n):%d/%m/%Y}", titled(n), text(n), PEOPLE[n % 8]]

    return OddSheet(
        "plain-without-headings",
        table([], row)[1:],
        {"A": "id", "B": "date", "C": "headline", "D": "text", "E": "byline"},
    )


def headings_that_say_nothing():
    def row(n):
        return [titled(n), text(n), f"{day(n):%d %B %Y}", PEOPLE[n % 6], "published" if n % 3 else "draft"]

    return OddSheet(
        "headings-that-say-nothing",
        table(["Column1", "Column2", "Column3", "Column4", "Column5"], row),
        {
            "Column1": "headline",
            "Column2": "text",
            "Column3": "date",
            "Column4": "byline",
            "Column5": "state",
        },
    )


def headings_nobody_knows():
    def row(n):
        return [
            titled(n),
            PEOPLE[n % 6],
            f"{day(n)}",
            html(n),
            "somebody must ask the printer again about the paper, soon.",
        ]

    return OddSheet(
        "headings-nobody-knows",
        table(["Teitl", "Awdur", "Dyddiad", "Corff", "Sylwadau"], row),
        {"Teitl": "headline", "Awdur": "byline", "Dyddiad": "date", "Corff": "text"},
    )


def headings_that_mislead():
    """The heading says one thing, and what stands below it another."""

    def row(n):
        return [PEOPLE[n % 6], titled(n), f"{day(n)}", html(n), SECTIONS[n % 3]]

    return OddSheet(
        "headings-that-mislead",
        table(["Name", "Story", "Published", "Text", "Type"], row),
        {"Name": "byline", "Story": "headline", "Published": "date", "Text": "text"},
    )


def webflow():
    def row(n):
        stamp = f"{day(n):%a %b %d %Y} 09:15:00 GMT+0000 (Coordinated Universal Time)"
        return [titled(n), slug(titled(n)), "5f1c0ffee", f"64b7c0ffee{n:014x}", "false", "false" if n % 5 else "true", stamp, stamp, stamp if n % 5 else "", html(n), text(n, length=1), f"https://uploads.pictures.example/{n}.jpg", "true", PEOPLE[n % 4]]  # fmt: skip

    return OddSheet(
        "webflow",
        table(["Name", "Slug", "Collection ID", "Item ID", "Archived", "Draft", "Created On", "Updated On", "Published On", "Post Body", "Post Summary", "Main Image", "Featured?", "Author Name"], row),
        {"Name": "headline", "Slug": "slug", "Item ID": "id", "Archived": "state", "Draft": "state", "Updated On": "updated", "Published On": "date", "Post Body": "text", "Post Summary": "standfirst", "Main Image": "picture", "Author Name": "byline"},
    )  # fmt: skip


def beehiiv():
    def row(n):
        return [f"post_{n:08x}-aaaa-4bbb-8ccc-0123456789ab", f"https://lantern.example/p/{slug(titled(n))}", titled(n), text(n, length=1), PEOPLE[n % 3], "confirmed" if n % 9 == 0 else "published", f"{day(n)} 07:30:00 UTC", html(n), "free", "harbour;tides"]  # fmt: skip

    return OddSheet(
        "beehiiv",
        table(["id", "web_url", "web_title", "web_subtitle", "authors", "status", "published_at", "content_html", "audience", "content_tags"], row),
        {"id": "id", "web_url": "address", "web_title": "headline", "web_subtitle": "standfirst", "authors": "byline", "status": "state", "published_at": "date", "content_html": "text", "audience": "state", "content_tags": "topics"},
    )  # fmt: skip


def database_dump():
    def row(n):
        stamp = int(datetime(day(n).year, day(n).month, day(n).day, tzinfo=UTC).timestamp())
        return [
            n + 1,
            titled(n),
            slug(titled(n)),
            html(n),
            stamp,
            stamp + 90_000,
            1 if n % 6 else 0,
            PEOPLE[n % 5],
            SECTIONS[n % 3],
        ]

    return OddSheet(
        "database-dump",
        table(["article_id", "article_title", "article_alias", "article_body", "publish_date", "modified_at", "is_published", "author_name", "category_name"], row),
        {"article_id": "id", "article_title": "headline", "article_alias": "slug", "article_body": "text", "publish_date": "date", "modified_at": "updated", "is_published": "state", "author_name": "byline", "category_name": "section"},
        separator="|",
    )  # fmt: skip


def excel_serials():
    def row(n):
        return [titled(n), f"{43_000 + n * 23}.{n % 10}", PEOPLE[n % 5], text(n), 900 + n]

    return OddSheet(
        "excel-serials",
        table(["Article title", "Date", "Writer", "Full text", "Word count"], row),
        {"Article title": "headline", "Date": "date", "Writer": "byline", "Full text": "text"},
        separator=";",
    )


def names_in_two_columns():
    def row(n):
        first, _, last = PEOPLE[n % 8].partition(" ")
        return [
            titled(n),
            first,
            last,
            f"{first.lower()}@lantern.example",
            f"{day(n)}",
            text(n),
            text(n, length=1),
        ]

    return OddSheet(
        "names-in-two-columns",
        table(["Title", "Author first name", "Author last name", "Author email", "Date", "Body", "Teaser"], row),
        {"Title": "headline", "Author first name": "given-name", "Author last name": "family-name", "Date": "date", "Body": "text", "Teaser": "standfirst"},
    )  # fmt: skip


def several_roles():
    def row(n):
        return [
            titled(n),
            PEOPLE[n % 8],
            PEOPLE[(n + 1) % 8],
            PEOPLE[(n + 2) % 8] if n % 4 == 0 else "",
            PEOPLE[(n + 3) % 8],
            html(n),
            f"{day(n)}",
            f"https://lantern.example/i/{n}.webp",
            f"The quay, {day(n).year}.",
        ]

    return OddSheet(
        "several-roles",
        table(["Title", "Author", "Photographer", "Translated by", "Illustrations", "Content", "Published on", "Image URL", "Image caption"], row),
        {"Title": "headline", "Author": "byline", "Photographer": "photographer", "Translated by": "translator", "Illustrations": "illustrator", "Content": "text", "Published on": "date", "Image URL": "picture", "Image caption": "caption"},
    )  # fmt: skip


def spanish_workbook():
    def row(n):
        return [titled(n), text(n, length=1), f"{text(n)}\n\n{text(n + 2)}", PEOPLE[n % 5], datetime(day(n).year, day(n).month, day(n).day, 9, 30, tzinfo=UTC), "Publicado" if n % 5 else "Borrador", "mar, faro", "pagar en mayo, y preguntar por la foto del muelle"]  # fmt: skip

    return OddSheet(
        "spanish-workbook",
        [["Todas las notas", "", "", "", "", "", "", ""], *table(["Título", "Bajada", "Cuerpo", "Firma", "Fecha", "Estado", "Etiquetas", "Comentarios"], row)],
        {"Título": "headline", "Bajada": "standfirst", "Cuerpo": "text", "Firma": "byline", "Fecha": "date", "Estado": "state", "Etiquetas": "topics"},
        workbook=True,
    )  # fmt: skip


def workflow_sheet():
    """An editors' planner: what is for the desk only must not be taken for a standfirst or a text."""

    def row(n):
        return [titled(n), PEOPLE[n % 6], "Ben to ring the harbour office about the second letter, and to be quick about it.", f"{day(n)}", f"{day(n + 1)}", ["Live", "Spiked", "With legal"][n % 3], 1200 + n, html(n), f"{text(n, length=2)}"]  # fmt: skip

    return OddSheet(
        "workflow-sheet",
        table(["Slug line", "Writer", "Brief", "Deadline", "Publish on", "Stage", "Length", "Draft text", "Editor's notes"], row),
        {"Slug line": "headline", "Writer": "byline", "Publish on": "date", "Stage": "state", "Draft text": "text"},
    )  # fmt: skip


def with_separator_line():
    def row(n):
        return [
            titled(n),
            f"{day(n):%m/%d/%Y}",
            PEOPLE[n % 5],
            f'She said, "{text(n, length=1)}"\nand then: {text(n)}',
            SECTIONS[n % 3],
        ]

    sheet = OddSheet(
        "with-separator-line",
        [["sep=;"], *table(["TITLE", "DATE", "BYLINE", "BODY TEXT", "SECTION"], row)],
        {"TITLE": "headline", "DATE": "date", "BYLINE": "byline", "BODY TEXT": "text", "SECTION": "section"},
        separator=";",
    )
    return sheet


def poems():
    """Short texts, in lines."""

    def row(n):
        return [
            titled(n),
            f"Salt on the stair,\nsalt on the hand,\n{titled(n + 3).lower()},\nand sand.",
            PEOPLE[n % 5],
            f"{day(n).year}-{day(n).month:02}-{day(n).day:02}",
        ]

    return OddSheet(
        "poems",
        table(["Title", "Poem", "Poet", "Date"], row),
        {"Title": "headline", "Poem": "text", "Poet": "byline", "Date": "date"},
    )


def italian():
    def row(n):
        return [f"{day(n):%d/%m/%Y}", some(["Zoe Lametti", "Ennio Portolan", "Ada Scorza"])[n], some(["Il traghetto che non affondava", "Di chi è il molo?", "Lettere da un fiume secco"])[n] + f" {n}", f"Per quarant’anni la barca attraversò la baia, nel {1950 + n}.", html(n), "mare; molo; legge", "Sì" if n % 4 else "No", "da pagare a fine mese, sentire Ennio per la fattura"]  # fmt: skip

    return OddSheet(
        "italian",
        table(["Data uscita", "Autore", "Titolo", "Occhiello", "Testo articolo", "Parole chiave", "Pubblicato", "Note interne"], row),
        {"Data uscita": "date", "Autore": "byline", "Titolo": "headline", "Occhiello": "standfirst", "Testo articolo": "text", "Parole chiave": "topics", "Pubblicato": "state"},
        separator=";",
    )  # fmt: skip


def dutch():
    def row(n):
        return [
            f"ART-{n:04d}",
            titled(n),
            f"{day(n):%d-%m-%Y}",
            some(["Joost van der Wal", "Mieke de Graaf"])[n],
            ["Gepubliceerd", "Concept"][n % 4 == 0],
            ["Boeken", "Stad"][n % 2],
            text(n),
            f"https://www.lantern.example/artikel/{n}",
        ]

    return OddSheet(
        "dutch",
        table(["Artikelnr", "Kop", "Publicatiedatum", "Door", "Status", "Rubriek", "Platte tekst", "Link"], row),
        {"Artikelnr": "id", "Kop": "headline", "Publicatiedatum": "date", "Door": "byline", "Status": "state", "Rubriek": "section", "Platte tekst": "text", "Link": "address"},
        separator=";",
        encoding="cp1252",
    )  # fmt: skip


def polish():
    def row(n):
        return [
            titled(n),
            some(["Zofia Wójcik", "Łukasz Dąbrowski"])[n],
            f"{day(n):%Y.%m.%d}",
            f"Przez czterdzieści lat prom pływał bez skargi, rok {1950 + n}.",
            html(n),
            some(["Kultura", "Miasto"])[n],
            "opublikowany" if n % 3 else "szkic",
            f"https://pictures.example/{n}.jpg",
        ]

    return OddSheet(
        "polish",
        table(["Tytuł", "Autor", "Data publikacji", "Zajawka", "Treść", "Dział", "Stan", "Zdjęcie"], row),
        {"Tytuł": "headline", "Autor": "byline", "Data publikacji": "date", "Zajawka": "standfirst", "Treść": "text", "Dział": "section", "Stan": "state", "Zdjęcie": "picture"},
        separator=";",
        encoding="cp1250",
    )  # fmt: skip


def chinese():
    def row(n):
        return [
            n + 1,
            f"不沉的渡船（{n}）",
            some(["王小明", "李华", "陈静"])[n],
            f"{day(n).year}年{day(n).month}月{day(n).day}日",
            "四十年来，这艘船一直横渡海湾，从未有人抱怨。" * 9,
            some(["文化", "社会"])[n],
            "已发布" if n % 3 else "草稿",
            "海港,潮汐",
        ]

    return OddSheet(
        "chinese",
        table(["编号", "文章标题", "作者", "发布时间", "正文", "栏目", "状态", "标签"], row),
        {"编号": "id", "文章标题": "headline", "作者": "byline", "发布时间": "date", "正文": "text", "栏目": "section", "状态": "state", "标签": "topics"},
        encoding="gb18030",
    )  # fmt: skip


def swedish_workbook():
    def row(n):
        return [
            datetime(day(n).year, day(n).month, day(n).day, tzinfo=UTC),
            titled(n),
            f"I fyrtio år gick båten över viken, skrev de {1950 + n}.",
            text(n, between="\n"),
            some(["Åsa Öberg", "Nils Ström"])[n],
            some(["Nils Ström", ""])[n],
            n % 5 != 0,
        ]

    return OddSheet(
        "swedish-workbook",
        table(["Publiceringsdag", "Rubrik", "Ingress", "Brödtext", "Skribent", "Foto", "Publicerad"], row),
        {"Publiceringsdag": "date", "Rubrik": "headline", "Ingress": "standfirst", "Brödtext": "text", "Skribent": "byline", "Foto": "photographer", "Publicerad": "state"},
        workbook=True,
    )  # fmt: skip


def arabic():
    def row(n):
        return [
            f"العبارة التي لم تغرق {n}",
            some(["ليلى حداد", "سامي خوري"])[n],
            f"{day(n)}",
            "ظلت السفينة تعبر الخليج أربعين عاما دون شكوى. " * 8,
            some(["ثقافة", "مجتمع"])[n],
            "منشور" if n % 3 else "مسودة",
        ]

    return OddSheet(
        "arabic",
        table(["العنوان", "الكاتب", "التاريخ", "النص", "القسم", "الحالة"], row),
        {
            "العنوان": "headline",
            "الكاتب": "byline",
            "التاريخ": "date",
            "النص": "text",
            "القسم": "section",
            "الحالة": "state",
        },
    )


def newspaper_system():
    def row(n):
        return [
            f"GUID-{n:06d}",
            titled(n).upper(),
            f"By {PEOPLE[n % 8]}",
            "Staff Writer",
            f"{day(n):%Y%m%d}",
            f"A{n % 20 + 1}",
            "LOCAL" if n % 2 else "ARTS",
            f"{text(n)}\n{text(n + 1)}",
            f"{text(n, length=1)}",
            n * 37 + 250,
        ]

    return OddSheet(
        "newspaper-system",
        table(["STORYID", "HED", "BYLINE1", "BYTITLE", "PUBDATE", "PAGENO", "DESK", "STORYTEXT", "DECKHED", "WORDCT"], row),
        {"STORYID": "id", "HED": "headline", "BYLINE1": "byline", "PUBDATE": "date", "DESK": "section", "STORYTEXT": "text", "DECKHED": "standfirst"},
        separator="\t",
    )  # fmt: skip


def states_without_headings():
    def row(n):
        return [
            f"{day(n)} 10:00",
            "published" if n % 3 else "draft",
            slug(titled(n)),
            titled(n),
            PEOPLE[n % 7],
            "harbour, law, tides",
            text(n),
        ]

    return OddSheet(
        "states-without-headings",
        table([], row)[1:],
        {"A": "date", "B": "state", "C": "slug", "D": "headline", "E": "byline", "F": "topics", "G": "text"},
    )


def podcast_and_members():
    def row(n):
        return [
            titled(n),
            f"{day(n):%b} {day(n).day}, {day(n).year}",
            "members" if n % 3 else "everyone",
            PEOPLE[n % 5],
            f"<div>{text(n)}</div>",
            f"{40 + n} min",
            f"https://lantern.example/{slug(titled(n))}",
            f"{n * 31}",
            text(n, length=1),
        ]

    return OddSheet(
        "podcast-and-members",
        table(["Post title", "Sent", "Audience", "Authors", "Post HTML", "Read time", "Post URL", "Opens", "Subtitle"], row),
        {"Post title": "headline", "Sent": "date", "Audience": "state", "Authors": "byline", "Post HTML": "text", "Post URL": "address", "Subtitle": "standfirst"},
    )  # fmt: skip


def mostly_blank():
    def row(n):
        return [
            titled(n),
            "" if n % 2 else PEOPLE[n % 5],
            f"{day(n)}" if n % 3 else "",
            text(n) if n % 4 else "",
            "" if n % 8 else "harbour",
            "",
            "",
        ]

    return OddSheet(
        "mostly-blank",
        [[""] * 7, *table(["Headline", "Reporter", "Ran on", "Body", "Keywords", "", ""], row)],
        {
            "Headline": "headline",
            "Reporter": "byline",
            "Ran on": "date",
            "Body": "text",
            "Keywords": "topics",
        },
    )


ODD_SHEETS = [
    make()
    for make in (
        wix, wix_collection, drupal_views, airtable, notion, google_sheet_with_a_title, german, french, russian, japanese,
        without_headings, plain_without_headings, headings_that_say_nothing, headings_nobody_knows, headings_that_mislead,
        webflow, beehiiv, database_dump, excel_serials, names_in_two_columns, several_roles, spanish_workbook, workflow_sheet,
        with_separator_line, poems,
        italian, dutch, polish, chinese, swedish_workbook, arabic, newspaper_system, states_without_headings, podcast_and_members,
        mostly_blank,
    )
]  # fmt: skip
