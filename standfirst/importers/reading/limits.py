"""What a field beside a text says of who may read it, and when: by the words of its name, weighed with what it holds."""

import re
from collections.abc import Callable, Collection
from datetime import UTC, datetime, tzinfo
from functools import lru_cache

from standfirst.importers.reading.moments import stated_moment

Moment = Callable[[str], datetime | None]

_EXPIRY = re.compile(
    r"\bexpir(?:es?|ed|y|ation)\b|\bunpublish(?:es)?\b(?! by)|\bvalid (?:until|till|to|through)\b|\boffline (?:from|on|am|ab)\b|"
    r"\b(?:visible|online|live|sichtbar) (?:until|till|bis)\b|\bläuft ab|\bablauf|\bgültig bis\b|\bdepubliz|\bdépubli|\bexpiraci|\bcaduc|"
    r"\bvencimiento|\bscadenza pubblicazione|\bexpira|\bverloopt\b|\bvervalt\b|\bvervaldatum|\butgångsdatum|\budløb|\butløp|"
    r"\bwygasa|срок действия|истекает|снять с публикации|有効期限|掲載終了|公開終了|到期|过期|만료"
)
_EMBARGO = re.compile(r"\bembarg|\bsperrfrist|\bnot before\b|\bhold until\b|\bэмбарго|解禁|禁运|엠바고")
_PASSWORD = re.compile(
    r"\bpassword|\bpasscode|\bpasswort|\bkennwort|\bmot de passe|\bcontraseña|\bsenha\b|\bparola d ordine|\bwachtwoord|"
    r"\blösenord|\badgangskode|\bpassord|\bsalasana|\bhasło|\bпароль|パスワード|密码|密碼|비밀번호"
)
_DELETION = re.compile(
    r"\b(?:deleted|deletion|trashed|removed|withdrawn|retracted)(?: (?:at|on|date|time))?\Z|\bdate deleted\b|\bgelöscht|"
    r"\bsupprimée?\b|\beliminad[oa]\b|\bborrad[oa]\b|\bexcluíd[oa]\b|\beliminat[oa]\b|\bverwijderd\b|\braderad\b|\bslettet\b|"
    r"\bpoistettu\b|\busunięt|\bудал[её]н|削除|删除|삭제"
)
# What only some readers may read: said by these words whatever the value, but for those that say everybody.
_ACCESS = re.compile(
    r"\baccess(?: (?:level|role|roles|rule|rules|type|plan|group|groups))?\Z|\baccess role|\bcontent access\b|\bacl\b|\brestrict|"
    r"\bpaywall|\b(?:members?|subscribers?|abonnenten|mitglieder|supporters?|patrons?) only\b|\bsubscription level|"
    r"\bmembership (?:level|plan|rule|ids?)|\bnur für (?:mitglieder|abonnent)|\bréservé|\b(?:solo|sólo|só|somente|apenas) "
    r"(?:para )?(?:socios|suscriptores|abbonati|assinantes|membros)|\balleen (?:voor )?(?:leden|abonnees)|"
    r"\btylko dla|\bтолько для|会員限定|会员专享|仅限会员|회원 전용"
)
# And by these where the value is a plain yes, or itself a word for such readers.
_READERS = re.compile(
    r"\bmembers?\b|\bsubscribers?\b|\bmembership\b|\bis paid\b|\bpaid (?:only|post|content|article)\b|\bpremium\b|\bprivate\b"
)
_IS_PUBLIC = re.compile(r"\bis public\Z")
_SIGNS = (_EXPIRY, _EMBARGO, _PASSWORD, _DELETION, _ACCESS, _READERS, _IS_PUBLIC)
# What is beside the question: words and settings around a lock, or something else with a term, a role or a price.
_ABOUT_ELSE = re.compile(
    r"\bopen access|\b(?:message|error|notice|text|title|label|link|url|button|count|counter|number|style|color|template|icon|image|"
    r"email|mail|mails|sent|send|notif\w*|push|status|option|options|type of|taxonom\w*|categor\w*|enabled|token|key|log|cache|"
    r"transient|event|coupon|card|licen\w*|domain|offer|deal|job|sponsor\w*|partner\w*|advert\w*|team|crew|cast|board|band|staff|"
    r"family|committee|hint|reset|video|thumbnail|accessed|comment|comments)\b"
)
_UNREAD = "had a term that cannot be read"
_EVERYBODY = frozenset(
    ["everybody", "everyone", "anyone", "public", "open", "free", "all", "none", "null", "nil", "never", "default", "inherit",
     "unrestricted", "no", "off", "false", "n", "0", "-", "–", "—", "n/a", "a:0:{}", "[]", "{}", "nein", "non", "nee", "nej", "nei",
     "nie", "não", "нет", "いいえ", "否", "☐", "✗", "unchecked", "falsch", "faux", "falso", "keine", "aucun", "ninguno"]
)  # fmt: skip
_YES = frozenset(
    ["yes", "y", "1", "on", "true", "x", "checked", "ja", "oui", "sí", "si", "sim", "tak", "да", "はい", "是", "✓", "✔", "☑"]
)  # fmt: skip
_SOME = re.compile(
    r"member|subscri|paid|premium|restrict|lock|private|registered|logged|administrator|editor|abonn|mitglied|tier|level"
)
# What wrappers are called that show their inside to some readers only, and what else they say of these.
_HIDES = re.compile(
    r"\b(?:private|members?(?: ?only| content)?|membership|subscribers?(?: ?only| content| view)?|restrict\w*|protect\w*|paywall\w*|"
    r"hide|hidden|is logged in|logged ?in|premium(?: content)?|password|paid|access)\b"
)
_HIDES_FROM = frozenset(
    ["password", "passwords", "role", "roles", "user_role", "membership", "memberships", "rules", "capability", "access", "logged_in"]
)  # fmt: skip
_SHOWS_A_PERSON = frozenset(["name", "image", "img", "photo", "picture", "position", "job", "src", "email"])


def hides_its_inside(name: str, attributes: Collection[str]) -> bool:
    """Whether a wrapper of the old site, by its name and what it is told, showed its inside to some readers only."""
    words = " ".join(re.split(r"[_-]+", name.casefold()))
    if _ABOUT_ELSE.search(words) or _SHOWS_A_PERSON.intersection(attributes):
        return False
    return _HIDES.search(words) is not None or bool(_HIDES_FROM.intersection(attributes))


def limit_of(name: str, value: str, *, now: datetime, moment: Moment) -> str:
    """Why a field of this name, filled like this, keeps a text from readers: “had expired”; empty if it does not.

    `moment` reads the dates of the source. A term that cannot be read is taken for one that keeps it from them.
    """
    if not (words := _words_of_a_limit(name)) or not (said := value.strip().casefold()):
        return ""
    if _IS_PUBLIC.search(words):
        return "had been kept for some readers" if said in _EVERYBODY - {"public", "all", "open"} else ""
    if said in _EVERYBODY:
        return ""
    if _EMBARGO.search(words):
        ends = moment(value)
        return _UNREAD if ends is None else "had an embargo" if ends > now else ""
    if _EXPIRY.search(words):
        ends = moment(value)
        return _UNREAD if ends is None else "had expired" if ends <= now else ""
    if _PASSWORD.search(words):
        return "had a password"
    if _DELETION.search(words):
        return "had been deleted"
    if _ACCESS.search(words) or (_READERS.search(words) and (said in _YES or _SOME.search(said))):
        return "had been kept for some readers"
    return ""


def moment_in(zone: tzinfo) -> Moment:
    """A reader of the moments that programs write: in words, or as seconds or milliseconds since 1970."""

    def read(text: str) -> datetime | None:
        text = text.strip()
        if re.fullmatch(r"\d{9,10}|\d{12,13}", text):
            return datetime.fromtimestamp(int(text) / (1000 if len(text) > 10 else 1), UTC)
        return stated_moment(text, zone)

    return read


@lru_cache(maxsize=4096)
def _words_of_a_limit(name: str) -> str:
    """A field's name as its words are looked for, `camelCase` and `snake_case` taken apart; empty if it says no limit."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    words = " ".join(re.sub(r"[\W_]+", " ", name).casefold().split())
    return words if any(sign.search(words) for sign in _SIGNS) and not _ABOUT_ELSE.search(words) else ""
