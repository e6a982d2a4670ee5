"""Kinds of files that people bring and that are not read yet: told by what is in them, each by its right name.

A kind is told by its first bytes, by the files in a ZIP archive, or by the element or words a text begins with; never by the
ending of its name alone. Each comes with what works today for what such a file holds.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from standfirst.importers.errors import ImportRefused
from standfirst.importers.reading.format import Offered
from standfirst.importers.reading.members import ZIP, members_of, names_in_zip

_MOST_LOOKED_AT = 400

SITE = (
    "if the articles stand on a website, save its pages into a folder and import that, or import its feed (RSS, Atom or JSON "
    "Feed); both are read today"
)
TEXTS = (
    "save each article as a Word document (.docx), or as a text file of its own (Markdown, with headline, author and date at "
    "the top), and import the folder of them; both are read today"
)
PAGES = f"{SITE}; otherwise {TEXTS}"
EXPORT = (
    "in the system it is from, make an export as WordPress does (WXR) if it can, or a table of its articles (CSV or Excel); "
    "otherwise save the site's pages into a folder and import that, or import its feed"
)
SINGLE = (
    "give the articles' own archive instead: an export, a table, a feed, or a folder of texts, of Word manuscripts or of saved "
    "pages"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is not read: what it is called, as in “a PDF”, and what works instead."""

    what: str
    instead: str
    why: str = ""

    @property
    def sentence(self) -> str:
        """The end of a sentence that begins with a file's name."""
        why = f" ({self.why})" if self.why else ""
        return f"is {self.what}, which is not read yet{why}; nothing was imported; {self.instead}"


_BYTES: tuple[tuple[bytes, int, Kind], ...] = (
    (b"%PDF-", 0, Kind("a PDF", PAGES, "it keeps how pages look, not what is headline, byline or text")),
    (b"\x06\x06\xed\xf5\xd8\x1d\x46\xe5", 0, Kind("an InDesign document", PAGES)),
    (b"XPR", 4, Kind("a QuarkXPress document", PAGES)),
    (b"HBAM7", 14, Kind("a FileMaker database", EXPORT)),
    (b"Standard Jet DB", 4, Kind("an Access database", EXPORT)),
    (b"Standard ACE DB", 4, Kind("an Access database", EXPORT)),
    (b"PGDMP", 0, Kind("a dump of a PostgreSQL database", EXPORT)),
    (b"{\\rtf", 0, Kind("a document in Rich Text Format (RTF)", TEXTS)),
    (b"%!PS", 0, Kind("PostScript", PAGES)),
    (b"WARC/", 0, Kind("a web archive (WARC)", SITE)),
    (b"bplist00", 0, Kind("a property list of Apple's, such as a Safari web archive", SITE)),
    (b"\x89PNG\r\n", 0, Kind("a picture (PNG)", SINGLE)),
    (b"\xff\xd8\xff", 0, Kind("a picture (JPEG)", SINGLE)),
    (b"GIF8", 0, Kind("a picture (GIF)", SINGLE)),
    (b"II*\0", 0, Kind("a picture (TIFF)", SINGLE)),
    (b"MM\0*", 0, Kind("a picture (TIFF)", SINGLE)),
    (b"8BPS", 0, Kind("a Photoshop document", SINGLE)),
    (b"AT&TFORM", 0, Kind("a scan (DjVu)", PAGES)),
    (b"ID3", 0, Kind("a sound recording (MP3)", SINGLE)),
    (b"ftyp", 4, Kind("a film or a sound recording (MP4)", SINGLE)),
)  # fmt: skip

# In a ZIP archive: a name that only this kind has, as a pattern of all of it.
_IN_ZIP: tuple[tuple[str, Kind], ...] = (
    (r"ppt/presentation\.xml", Kind("a PowerPoint presentation (.pptx)", TEXTS)),
    (r"designmap\.xml", Kind("an InDesign document for exchange (.idml)", PAGES)),
    (r"META-INF/container\.xml", Kind("an e-book (EPUB)", PAGES)),
    (r"Index/Document\.iwa|index\.apxl|Index\.zip", Kind("a document of Apple's Pages, Numbers or Keynote", TEXTS)),
    (r"datapackage\.json", Kind("a web archive (WACZ)", SITE)),
    (r"(?:.*/)?(?:dup-installer/.*|installer-backup\.php|dup-database__.*)", Kind("a copy of a WordPress site by Duplicator", EXPORT)),
    (r"(?:.*/)?data/(?:tweets?|tweet-headers)\.js", Kind("an archive of X (Twitter)", SITE)),
    (r"(?:.*/)?(?:your_facebook_activity|your_instagram_activity)/.*", Kind("an archive of Facebook or Instagram", SITE)),
    (r"(?:.*/)?exportDescriptor\.properties", Kind("an export of Confluence", SITE)),
    (r"(?:.*/)?posts/html/\d+\.html|(?:.*/)?posts_index\.html", Kind("an export of Tumblr", SITE)),
    (r"mimetype", Kind("an OpenDocument text (.odt) or a like document", TEXTS)),
)  # fmt: skip

# A text's first element, or what else it begins with; in small letters.
_IN_TEXT: tuple[tuple[str, Kind], ...] = (
    (r"<(?:\w+:)?(?:newsml|newsitem|newsmessage|packageitem)\b", Kind("NewsML, which news agencies exchange", SITE)),
    (r"<(?:pam:)?message\b[^>]*prism|<pam:", Kind("PRISM (PAM), which magazines give to databases", SITE)),
    (r"<(?:\w+:)?tei\b|<teicorpus\b|<!doctype tei", Kind("a text in TEI", SITE)),
    (r"<(?:\w+:)?(?:book|article|chapter)\b[^>]*docbook|<!doctype (?:book|article|chapter)\b[^>]*docbook", Kind("DocBook", TEXTS)),
    (r"<!doctype (?:topic|concept|task|map)\b|<(?:topic|concept|dita)\b", Kind("DITA", TEXTS)),
    (r"<en-export\b", Kind("an export of Evernote (ENEX)", TEXTS)),
    (r"<mediawiki\b", Kind("a dump of MediaWiki", SITE)),
    (r"<hibernate-generic\b", Kind("an export of Confluence", SITE)),
    (r"<t3recorddocument\b|<t3_", Kind("an export of TYPO3", SITE)),
    (r"<movabletype\b", Kind("a backup of Movable Type", "in Movable Type, choose Tools → Export Blog instead: that file is read today")),
    (r"<spip\b", Kind("a backup of SPIP", SITE)),
    (r"///dotclear\|", Kind("an export of Dotclear", SITE)),
    (r"[\[{](?=[\s\S]*\"@type\"\s*:\s*\"(?:news item|document|folder|collection|event|link|plone site)\")(?=[\s\S]*\"@id\")",
     Kind("an export of Plone", SITE)),
    (r"title:[^\n]*\n+----\n", Kind("a text of Kirby's", TEXTS)),
    (r"<livejournal\b|<lj-", Kind("an export of LiveJournal", SITE)),
    (r"<tumblr\b", Kind("an export of Tumblr", SITE)),
    (r"<opml\b", Kind("a list of feeds (OPML), which holds no articles", "import the feeds it lists")),
    (r"<(?:urlset|sitemapindex)\b", Kind("a sitemap, which lists addresses and holds no articles", SITE)),
    (r"<(?:office:document|pkg:package|w:worddocument)\b", Kind("a document of a word processor, as XML", TEXTS)),
    (r"<dmodule\b|<quark\b|<xpressdoc|<document\b[^>]*domversion|<idpkg:", Kind("a document of a layout program, as XML", PAGES)),
    (r"<svg\b", Kind("a drawing (SVG)", SINGLE)),
    (r"<plist\b", Kind("a property list of Apple's", SITE)),
    (r"<asciimath>|<v\d+\.\d+><e\d>|<v[\d.]+>", Kind("tagged text of QuarkXPress", TEXTS)),
    (r"<(?:ascii|unicode)-(?:mac|win)>", Kind("tagged text of InDesign", TEXTS)),
    (r"(?:from: <saved by|mime-version:|from:|return-path:|received:|subject:)[\s\S]*?(?:content-type:|mime-version:)",
     Kind("a page or a letter saved as mail (MHTML or EML)", "save the page again as “web page, complete”, or " + SITE)),
    (r"from \S+ .*\d{4}\n", Kind("a mailbox (mbox)", TEXTS)),
    (r"window\.ytd\.", Kind("an archive of X (Twitter)", SITE)),
    (r"begin:vcard|begin:vcalendar", Kind("a list of people or dates (vCard, iCalendar)", SINGLE)),
    (r"\\documentclass|\\begin\{document\}", Kind("LaTeX", TEXTS)),
    (r"#\+title:", Kind("an Org document", TEXTS)),
    (r"\{\s*\"(?:contenttypes|entries|editorinterfaces|locales)\"\s*:\s*\[", Kind("an export of Contentful", SITE)),
    (r"\{\s*\"_(?:id|type|createdat|rev)\"\s*:", Kind("an export of Sanity", SITE)),
    (r"\{\s*\"version\"\s*:\s*2\s*,\s*\"data\"\s*:\s*\{", Kind("an export of Strapi", SITE)),
    (r"[\[{](?=[\s\S]*\"content_elements\"\s*:)", Kind("an export of Arc XP (ANS)", SITE)),
    (r"\[\s*\{\s*\"type\"\s*:\s*\"header\"", Kind("a dump of a database, as phpMyAdmin makes it", EXPORT)),
    (r"[\[{](?=[\s\S]*\"(?:versioncreated|pubstatus)\")(?=[\s\S]*\"(?:body_xhtml|body_html|headline)\")",
     Kind("ninjs, which news agencies exchange", SITE)),
    (r"(?:--|/\*|set |pragma |begin)[\s\S]{0,4000}?(?:mysql dump|mariadb dump|postgresql database dump|phpmyadmin sql dump|create table|insert into)"
     r"|(?:create table|insert into|drop table)\b", Kind("a dump of a database", EXPORT)),
)  # fmt: skip

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = Kind(
    "a document of an older Office (Word, Excel or PowerPoint), or one that is locked with a password",
    "open it and save it as a Word document (.docx) or an Excel workbook (.xlsx) without one, and import that; both are read "
    "today",
)
_WPRESS = Kind(
    "a copy of a WordPress site by All-in-One WP Migration",
    "make an export in WordPress under Tools → Export instead",
)
_BEFORE_ROOT = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->)*", re.S)
_DOCTYPE = re.compile(r"<!doctype\b[^>\[]*(?:\[.*?\]\s*)?>\s*", re.S)


def unread_kind(offered: Offered) -> Kind | None:
    """The kind of a file that is not read, by what is in it; None for one that no kind is known of."""
    head = offered.head
    for mark, place, kind in _BYTES:
        if head.startswith(mark, place):
            return kind
    if head.startswith(_OLE):
        return _OFFICE
    if head.startswith(b"package.json\0"):
        return _WPRESS
    if head.startswith(ZIP):
        return _in_zip(offered.path)
    is_binary = b"\0" in head[:2000] and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return None if is_binary else _in_text(offered.text)


def unread_kinds_in(path: Path) -> Counter[Kind]:
    """How many files of each kind that is not read lie in a folder or a ZIP archive, of the first few hundred."""
    found: Counter[Kind] = Counter()
    try:
        for number, member in enumerate(members_of(path)):
            if number >= _MOST_LOOKED_AT:
                break
            head = member.head()
            if member.inside and head.startswith(ZIP):
                continue  # an archive in an archive
            kind = unread_kind(Offered(member.path, head))
            if kind is not None:
                found[kind] += 1
    except ImportRefused:
        pass
    return found


def unread_sentence(kinds: Counter[Kind]) -> str:
    """The end of a sentence that begins with a folder's name, about the files in it."""
    most = kinds.most_common()
    counted = ", ".join(f"{kind.what} ({count:,} ×)" for kind, count in most[:5])
    return f"what is not read yet: {counted}; nothing was imported; {most[0][0].instead}"


def _in_zip(path: Path) -> Kind | None:
    try:
        names = names_in_zip(path)
    except ImportRefused:
        return None
    return _first(_IN_ZIP, lambda pattern: any(re.fullmatch(pattern, name) for name in names))


def _in_text(text: str) -> Kind | None:
    begin = _BEFORE_ROOT.match(text)
    text = text[begin.end() :] if begin else text
    kind = _first(_IN_TEXT, lambda pattern: re.match(pattern, text) is not None)
    if kind is not None or not text.startswith("<!doctype"):
        return kind
    rest = _DOCTYPE.sub("", text, count=1)
    return _first(_IN_TEXT, lambda pattern: re.match(pattern, rest) is not None)


def _first(kinds: Iterable[tuple[str, Kind]], matches: Callable[[str], bool]) -> Kind | None:
    return next((kind for pattern, kind in kinds if matches(pattern)), None)
