"""What kind of name a name is: a person's, a handle, a team's, an agency's … by its shape and by general words."""

import re
from dataclasses import dataclass

from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.conjunctions import scripts_of
from standfirst.bylines.reading.context import Context
from standfirst.bylines.reading.given import is_english_given_name, is_given_name, is_surname
from standfirst.bylines.reading.values import Kind

CJK = re.compile("[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
HAN_OR_HANGUL = re.compile("^[\u4e00-\u9fff\u3400-\u4dbf\uac00-\ud7af]+$")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
WORD = re.compile(r"[^\s,;()\"]+")
# McDonald, MacLeod, DeLillo, LaZerte, O'Toole, D'Atri, FitzGerald, VanHorn: capitals inside one surname.
SURNAME_CAPITALS = re.compile(
    r"(?:Mc|Mac|De|Di|Du|La|Le|Lo|Van|Von|Fitz|St|O['’]|D['’]|[dlL]['’])(?=[A-ZÀ-Þ])"
)
CAMEL = re.compile(r"[a-zà-ÿ0-9][A-ZÀ-Þ]|[A-Z]{2,}[a-zà-ÿ]")
INITIALS = re.compile(r"(?:[^\W\d_]\.?-?){1,4}", re.UNICODE)
TEMPLATE = re.compile(r"\{\{|\}\}|\{%|<%|\$\{|\[\[|%[a-z_]+%|^\[[^@]*\]$|^<[^@]*>$|^\{[ -z|~]*\}$", re.I)
# What a template prints where a field was empty.
NOTHING_FOUND = re.compile(
    r"(?:no|not|unknown|missing|undefined|invalid|empty)\b[\w\s-]{0,40}\b(?:found|available|given|provided|specified|listed|set|assigned|"
    r"author|authors|byline|name|content|data|value|result|results|entry)|(?:author|byline|name|content|page)\snot\s\w+|"
    r"(?:please )?(?:enter|insert|type|add|put) (?:your|a|an|the|author|full)\b[\w\s-]{0,30}\bname\b[\w\s-]{0,20}|"
    r"(?:kein|sin|aucun|sem|nessun|geen)e?\s(?:autor|auteur|autore|nombre|nome|name|naam)\w*(?:\s\w+)?"
)
DOMAIN = re.compile(
    r"(?:www\.)?(?:[^\W_][\w-]{0,62}\.){1,4}(?:com|org|net|info|news|edu|gov|dev|blog|a[tu]|b[egry]|c[ahlnoz]|d[ek]|e[esu]|f[imr]|g[r]|"
    r"h[kru]|i[delnorst]|jp|k[r]|l[tuvy]|m[xy]|n[loz]|p[elthk]|r[osu]|s[egik]|t[rvw]|u[aks]|v[n]|za)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class NameKind:
    """The kind of a name, whether a person is meant, and why that may be wrong.

    `is_somebody` says that in an archive that names people the doubt is settled: it is one, whatever they go by.
    """

    kind: Kind
    doubt: str = ""
    is_somebody: bool = False

    @property
    def is_organisation(self) -> bool:
        return self.kind not in ("person", "handle", "slug")


def fold(text: str) -> str:
    """Small letters, single spaces, no full stops at the ends: the form of the word lists."""
    return " ".join(text.replace("İ", "I").casefold().replace("’", "'").split()).strip(" .,:;!-–—")


def bare(word: str) -> str:
    """One word in the form of the word lists."""
    return word.casefold().replace("’", "'").strip(".,:;!?()'\"")


def is_cjk(text: str) -> bool:
    return bool(CJK.search(text))


def is_initials(word: str) -> bool:
    """J, J., J.M., J.-P., S.A.: letters standing for names."""
    return bool(INITIALS.fullmatch(word)) and (len(word.replace(".", "")) == 1 or "." in word)


def is_capitalised(word: str) -> bool:
    first = next((character for character in word if character.isalpha()), "")
    return bool(first) and (first.isupper() or first.istitle() or first.lower() == first.upper())


def has_inner_capitals(word: str) -> bool:
    """iPhone, GitHub, BlackHoleFox; not McDonald, D'Angelo or Mar-Elia."""
    return any(CAMEL.search(SURNAME_CAPITALS.sub("", part)) for part in word.split("-"))


def is_job(word: str) -> bool:
    """Whether a word says what somebody is, alone or as the end of a word in German, Dutch or a Nordic language."""
    plain = bare(word)
    return plain in w.JOBS or (len(plain) > 10 and plain.endswith(w.COMPOUND_JOBS))


def is_handle_shape(word: str) -> bool:
    """Whether one word can hardly be a name as printed: digits, small letters, underscores, capitals inside."""
    if word.startswith("@") or any(character.isdigit() or character == "_" for character in word):
        return True
    return word.islower() or has_inner_capitals(word)


def has_organisation_word(text: str) -> bool:
    """Whether a word of a name says that no person bears it: University, Press, Team, 公司."""
    if is_cjk(text):
        return cjk_kind(text) is not None
    found = [bare(word) for word in WORD.findall(text)]
    return any(word in w.ORGANISATIONS or word in w.TEAMS for word in found) or fold(text) in w.AGENCIES


def cjk_kind(name: str) -> Kind | None:
    """The kind of an East Asian name that ends as no person's does, or nothing."""
    name = name.replace(" ", "")
    if any(name.endswith(ending) for ending in w.CJK_STAFF):
        return "staff"
    if any(word in name for word in w.CJK_AGENCIES) and len(name) > 2:
        return "agency"
    if any(name.endswith(ending) and len(name) > len(ending) for ending in w.CJK_TEAMS):
        return "team"
    if any(
        name.endswith(ending) and len(name) > max(2, len(ending))
        for ending in w.CJK_ORGANISATIONS
        if len(ending) > 1
    ):
        return "organisation"
    if len(name) > (4 if looks_like_cjk_person(name[:4]) else 2) and name.endswith(tuple("网網報报誌社")):
        return "organisation"
    if len(name) > 4 and any(name.endswith(ending) for ending in w.CJK_ORGANISATIONS):
        return "organisation"
    if len(name) > 3 and name.startswith(("日刊", "週刊", "月刊", "季刊", "周刊")):
        return "organisation"
    if len(name) > 5 and ("新聞" in name or "新闻" in name):
        return "organisation"
    return None


def looks_like_cjk_person(name: str) -> bool:
    """Surname first, two to four characters in all."""
    name = name.replace(" ", "").replace("\u3000", "")
    if not HAN_OR_HANGUL.match(name) or not 2 <= len(name) <= 4:
        return False
    return (len(name) > 2 and name[:2] in w.CJK_DOUBLE_SURNAMES) or name[0] in w.CJK_SURNAMES


def kind_of(
    name: str,
    context: Context,
    *,
    beside_cjk: bool = False,
    among_mononyms: bool = False,
    is_alone: bool = False,
) -> NameKind:
    """What kind of name this is. `beside_cjk` says that the line is in Chinese, Japanese or Korean."""
    folded = fold(name)
    if (
        TEMPLATE.search(name)
        or folded in w.PLACEHOLDERS
        or NOTHING_FOUND.fullmatch(folded)
        or folded.startswith("anonymous ")
        or re.fullmatch(r"name \w+|\w+ author", folded)
        or not any(character.isalnum() for character in name)
    ):
        return NameKind("placeholder")
    if folded in w.ACCOUNTS:
        return NameKind("account")
    if folded.endswith("admin") and " " not in folded and name.islower():
        return NameKind("account")
    if " " in folded and folded.split()[-1] in w.ACCOUNT_HEADS:
        # “Super Admin”
        return NameKind(
            "account", f"“{name}” may be a person's name." if is_given_name(folded.split()[0]) else ""
        )
    if len(folded.split()) == 2 and folded.endswith(" bot") and is_given_name(folded.split()[0]):
        return NameKind("person", f"“{name}” may be a person, or a machine.")
    if (
        folded in w.SYSTEM
        or (folded.split() and folded.split()[-1] in w.SYSTEM_HEADS)
        or folded.endswith("[bot]")
    ):
        return NameKind("system")
    if folded.startswith(("special to ", "special for ", "letter from ", "letters from ")):
        return NameKind("placeholder", f"“{name}” names nobody.")
    if name.islower() and "-" in name and " " not in name and not is_cjk(name):
        # “staff-writer”: an address of nobody.
        spaced = name.replace("-", " ")
        if (spelt := kind_of(spaced, context)).kind not in ("person", "handle"):
            return spelt
    if (found := _known(name, folded, context)) is not None:
        return found
    if is_cjk(name):
        return _cjk(name)
    words = name.split()
    if (found := _by_words(name, folded, words, context)) is not None:
        return found
    if len(words) == 1:
        return _single(name, context, beside_cjk, among_mononyms, is_alone)
    unquoted = re.sub(r'\s?"[^"]*"', "", name)
    return _several(unquoted or name, (unquoted or name).split())


def _known(name: str, folded: str, context: Context) -> NameKind | None:
    without_article = re.sub(r"^(?:the|our|an?|die|la|le|les|el|los|il|de) ", "", folded)
    if folded in w.STAFF or without_article in w.STAFF:
        return NameKind("staff")
    if folded in w.AGENCIES or without_article in w.AGENCIES:
        # TT, SID, ANI: two or three letters in capitals, or somebody's initials.
        if len(folded) <= 3 and not (name.isupper() or scripts_of(name)) and folded not in w.PLAIN_AGENCIES:
            return None
        if len(folded) <= 2 and name.isupper() and folded not in ("ap", "pa"):
            return NameKind("agency", _initials_doubt(name))
        return NameKind("agency")
    if context.is_known_organisation(name):
        return NameKind("team" if _has_team_word(folded) else "organisation")
    words = folded.split()
    is_named_after_somebody = (
        len(words) > 1 and is_given_name(words[0]) and words[0] not in w.FOREIGN_ARTICLES
    )
    # A cook's site has the cook's name, and it is a person's.
    return NameKind("staff") if context.is_publication(name) and not is_named_after_somebody else None


def _has_team_word(folded: str) -> bool:
    return any(bare(word) in w.TEAMS for word in folded.split())


def _by_words(name: str, folded: str, words: list[str], context: Context) -> NameKind | None:
    """What the words of a name say of it, where they are no person's."""
    bares = [bare(word) for word in words]
    if DOMAIN.fullmatch(words[-1]):
        if len(words) > 1 and bares[0] in w.NEWSROOMS:
            return NameKind("staff")
        return NameKind("organisation", f"“{name}” is the address of a site: is it an organisation?")
    if len(words) == 1:
        return _by_one_word(name, bares[0])
    if found := _newsroom(name, folded, words, bares, context):
        return found
    if any(word in w.TEAMS for word in bares):
        return _team(name, words, bares)
    if (
        bares[-1].endswith("s")
        and bares[-1][:-1] in w.JOBS
        and not (is_surname(words[-1]) or is_given_name(words[0]))
    ):
        # “Lantern Leads”
        return NameKind("team")
    if bares[-1] in w.SMALL_TEAMS and words[-1].islower():
        return NameKind("team")
    return _organisation(name, words, bares, context)


def _by_one_word(name: str, plain: str) -> NameKind | None:
    if plain in ("team", "community", "committee") or plain.rpartition("-")[2] in w.TEAMS:
        return NameKind("team")
    if plain.endswith("newswire"):
        return NameKind("agency")
    if "-" in plain and plain.rpartition("-")[2] in w.STAFF_HEADS:
        return NameKind("staff")
    if plain.endswith(w.COMPOUND_ENDINGS) and len(plain) > 9:
        return NameKind(
            "organisation",
            f"Two words may have run together in “{name}”." if has_inner_capitals(name) else "",
        )
    return None


def _newsroom(
    name: str, folded: str, words: list[str], bares: list[str], context: Context
) -> NameKind | None:
    if bares[-1] in w.WIRES or " wire " in folded or "news agency" in folded:
        return NameKind("agency")
    if bares[-1] in w.STAFF_HEADS or bares[0] in w.NEWSROOMS or " ".join(bares[-2:]) in w.STAFF:
        named = len(words) > 3 and is_given_name(words[0])
        return NameKind("staff", f"Does “{name}” name a person of the staff?" if named else "")
    is_ours = bares[0] in context.publication_words or "".join(bares[:-1]) in context.publication_names
    if is_ours and (bares[-1] in w.DESK_WORDS or w.UNNAMING.issuperset(bares[1:])):
        return NameKind("staff")
    return None


def _team(name: str, words: list[str], bares: list[str]) -> NameKind:
    if (
        len(words) == 2
        and bares[1] in ("council", "board", "crew")
        and is_given_name(words[0])
        and words[1].istitle()
    ):
        return NameKind("person", f"“{name}” may be a person or a group.")
    if bares[-1] == "group" and bares[0] != "the" and not any(word in w.GROUPS_THAT_WORK for word in bares):
        return NameKind("organisation", f"“{name}” may be a company or a group of people.")
    is_named = len(words) > 3 and is_given_name(words[0]) and is_capitalised(words[1])
    return NameKind("team", f"Does “{name}” name a person of the team?" if is_named else "")


def _organisation(name: str, words: list[str], bares: list[str], context: Context) -> NameKind | None:
    # Of two words the second says what it is: the first may be a given name.
    inside = bares[1:] if len(words) == 2 else bares
    inside = [word for word in inside if word not in w.SHORT_COMPANIES or _is_company(word, words)]
    is_title = bares[-1] in w.JOBS and len(words) <= 3
    if is_title and (words[0].isupper() or bares[0] in context.publication_words):
        return NameKind("staff", f"“{name}” is a job rather than a name.")
    if any(word.endswith(w.COMPOUND_ENDINGS) and len(word) > 7 for word in bares) and not is_given_name(
        words[0]
    ):
        # “Abendzeitung”, “Dagblad”: languages that write compounds in one word.
        return NameKind("organisation")
    if any(word in w.ORGANISATIONS for word in inside) or (
        bares[0] in w.LEADING_ORGANISATIONS and not is_title
    ):
        return NameKind("organisation", _organisation_doubt(name, words, bares))
    if bares[0] == "the" and is_capitalised(words[0]):
        doubt = "" if len(words) > 2 else f"“{name}” may be an organisation or a pen name."
        return NameKind("organisation", doubt)
    if is_title and words[-1].islower():
        return NameKind("staff", f"“{name}” is a job rather than a name.")
    if bares[0] in w.FOREIGN_ARTICLES and is_capitalised(words[0]) and len(words) == 2:
        return NameKind("organisation", f"“{name}” may be an organisation or a name.")
    if (
        bares[0] == "our"
        or (bares[0] in w.OURS and is_job(words[-1]))
        or words[0] in ("a", "an")
        or (words[0] in ("A", "An") and bares[-1] in w.JOBS)
    ):
        return NameKind("staff")
    if len(words) == 2 and bares[1] in w.NEWSROOM_JOBS and not is_given_name(words[0]):
        return NameKind("staff", f"“{name}” is a job rather than a name.")
    if bares[-1] in w.COUNTRIES and not is_given_name(words[0]):
        return NameKind("organisation", f"“{name}” ends in a country: it may be an organisation or a person.")
    return None


def _organisation_doubt(name: str, words: list[str], bares: list[str]) -> str:
    if len(words) > 3 and is_job(words[-1]):
        return f"A job ends “{name}”: is it a person's?"
    if not is_given_name(words[0]):
        return ""
    if len(words) == 2 and bares[1] in w.SURNAMES_TOO:
        return f"“{name}” may be a person or an organisation."
    if len(words) > 2 and not any(word.islower() or word == "&" for word in words):
        return f"“{name}” may be an organisation, or a person and where they work."
    return ""


def _is_company(word: str, words: list[str]) -> bool:
    """Co., & Co, AG: not the surname Co."""
    at = [bare(one) for one in words].index(word)
    return words[at].endswith(".") or words[at].isupper() or (at > 0 and words[at - 1] == "&")


def _initials_doubt(name: str) -> str:
    return f"“{name}” may be an organisation, or somebody's initials."


def _single(name: str, context: Context, beside_cjk: bool, among_mononyms: bool, is_alone: bool) -> NameKind:
    if name.startswith("@"):
        return NameKind("handle")
    if context.holds_logins and (name.islower() or "." in name or "_" in name):
        return NameKind("slug" if _is_slug(name) else "handle")
    parts = name.split("_")
    if name.islower() and len(parts) > 1 and all(map(str.isalpha, parts)) and is_given_name(parts[0]):
        return NameKind("slug", f"“{name}” is written as an address is: who is it?")
    if any(character.isdigit() or character == "_" for character in name) or (name.islower() and "." in name):
        if re.fullmatch(r"[A-Z0-9]{2,}", name):
            return NameKind("handle", f"“{name}” may be a handle or an organisation.")
        return NameKind("handle")
    if name.islower():
        if _is_slug(name):
            return NameKind("slug", f"“{name}” is written as an address is: who is it?")
        if beside_cjk or not is_alone:
            return NameKind("handle")
        if is_english_given_name(name):
            return NameKind("slug", f"“{name}” is a given name in small letters: who is it?")
        if len(name) <= 2 or any(character in "aeiouáéíóúàèäöü" for character in name):
            return NameKind("handle", f"“{name}” is written as a login is: who is it?", True)
        return NameKind("handle")
    if name.isupper() and len(name) > 5 and beside_cjk:
        return NameKind("handle", f"“{name}” may be a handle or an organisation.")
    if name.isupper() and len(name) > 1:
        letters = name.replace(".", "").replace("-", "")
        if len(letters) <= 2:
            return NameKind("person") if "." in name else NameKind("handle", _initials_doubt(name))
        if len(letters) <= 5 and not is_given_name(letters):
            return NameKind("organisation", _initials_doubt(name))
        return NameKind("person", f"“{name}” is one word: is it a person, a pseudonym or an organisation?")
    if has_inner_capitals(name):
        if re.search(r"[a-z](?:AI|TV|FM|HQ|UK|US|DB|OS|IT|IO|PR)$", name):
            return NameKind("organisation", f"“{name}” may be an organisation or a handle.")
        if name.endswith(tuple(ending.title() for ending in w.ORGANISATION_ENDINGS)):
            return NameKind("organisation", f"“{name}” may be an organisation or a handle.")
        if name[0].isupper() and not beside_cjk:
            return NameKind("handle", f"“{name}” may be a handle or an organisation.", True)
        return NameKind("handle")
    if beside_cjk:
        if is_given_name(name):
            return NameKind("person", f"“{name}” may be a given name or a handle.", True)
        return NameKind("handle", f"“{name}” may be a handle or a given name.", True)
    if is_given_name(name) and among_mononyms:
        return NameKind("person")
    return NameKind("person", f"“{name}” is one word: is it a person, a handle or an organisation?")


def _is_slug(name: str) -> bool:
    """`nicky-krause`: words joined by hyphens, as addresses are; `oli-obk` and `mark-i-m` are handles."""
    parts = name.split("-")
    if len(parts) < 2 or not all(part.isalpha() and len(part) > 1 for part in parts):
        return False
    return is_english_given_name(parts[0]) or all(
        len(part) > 3 and any(character in "aeiouyáéíóúàèäöü" for character in part) for part in parts
    )


def _begins_like_no_name(word: str) -> bool:
    """“Public Voices”, “Digital Nomad”: words of titles, roles and organisations."""
    plain = bare(word)
    return (
        len(plain) > 3
        and (plain in w.TITLE_WORDS or plain in w.JOBS or plain in w.ORGANISATIONS or plain in w.ROLE_WORDS)
        and not is_given_name(word)
    )


def _several(name: str, words: list[str]) -> NameKind:
    if "&" in words:
        return NameKind("organisation", f"“{name}” may be an organisation or two people.")
    if _begins_like_no_name(words[0]) and bare(words[0]) in w.ORGANISATIONS:
        return NameKind("organisation", f"“{name}” may be an organisation or a person.")
    if _begins_like_no_name(words[0]):
        return NameKind("person", f"“{words[0]}” is no usual beginning of a name: is “{name}” a person's?")
    if (
        bare(words[0]) in ("di", "de", "da", "von", "par", "por", "door")
        and len(words) > 2
        and words[0].istitle()
        and bare(words[1]) not in w.PARTICLES
    ):
        return NameKind("person", f"Is “{words[0]}” part of the name, or does it say “by”?")
    if (
        len(words) == 4
        and is_given_name(words[0])
        and is_given_name(words[2])
        and not is_given_name(words[1])
        and not any(is_initials(word) or bare(word) in w.PARTICLES | w.GENERATIONS for word in words)
    ):
        return NameKind("person", f"“{name}” may be two people.")
    if not name.isupper() and words[0].isalpha() and words[0].isupper() and len(words[0]) > 2:
        doubt = f"“{name}” begins in capitals: it may be an organisation, or a name with the surname first."
        return NameKind(
            "organisation" if len(words[0]) <= 4 and not is_given_name(words[-1]) else "person", doubt
        )
    core = [word for word in words if bare(word) not in w.PARTICLES and not is_initials(word)]
    if name.islower():
        if is_given_name(words[0]) and len(words) <= 4:
            return NameKind("person")
        return NameKind("person", f"“{name}” is in small letters: is it a person's name?")
    if any(character.isdigit() for character in name):
        if re.match(r"[A-Z0-9]{2,}$", words[0]):
            return NameKind("organisation", f"“{name}” has a figure in it: it may be an organisation.")
        return NameKind("person", f"“{name}” has a figure in it: is it a person's name?")
    if len(core) > 4:
        return NameKind("person", f"“{name}” is long for a name.")
    small = [word for word in core if word.islower()]
    if small:
        return NameKind("person", f"“{name}” has the word “{small[0]}” in it, which is no part of a name.")
    if any(len(word) == 1 and word.islower() and word not in w.PARTICLES for word in words[1:-1]):
        return NameKind("person", f"“{name}” has a single small letter in it: is it one name?")
    if "||" in name or any(character in name for character in "=+%$#~^\\|{}[]<>?!…:"):
        return NameKind("person", f"“{name}” has signs in it that names do not have.")
    return NameKind("person")


def _cjk(name: str) -> NameKind:
    if (kind := cjk_kind(name)) is not None:
        return NameKind(kind)
    if len(name) > 2 and name.endswith(("部", "局", "課", "课", "室")):
        return NameKind("organisation", f"“{name}” may be a department or a person.")
    if LATIN.search(name) and " " not in name.strip():
        return NameKind(
            "handle",
            "" if name[0].isascii() and name[0].isalpha() else f"“{name}” mixes scripts: is it a handle?",
        )
    plain = name.replace(" ", "").replace("·", "").replace("・", "")
    if len(plain) > 12:
        return NameKind("organisation", f"“{name}” is long for a name.")
    if (len(plain) > 4 and HAN_OR_HANGUL.match(plain)) or "。" in name:
        return NameKind("person", f"“{name}” is long for a name.")
    if len(plain) == 1:
        return NameKind("person", f"“{name}” is a single character.")
    if ":" in name:
        return NameKind("person", f"What does the colon in “{name}” say?")
    return NameKind("person")
