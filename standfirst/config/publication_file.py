"""The file that describes one publication, `standfirst.toml`, read into a value and checked.

Pure Python: the command line reads it before Django is loaded, so that a mistake in it costs one clear sentence.
"""

import difflib
import os
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

FILE_NAME = "standfirst.toml"
SECRET_NAME = "secret.key"
PURGE_TOKEN_NAME = "purge.token"
HOME_VARIABLE = "STANDFIRST_HOME"
PURGE_TOKEN_VARIABLE = "STANDFIRST_PURGE_TOKEN"

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?")
_KIND_NAMES = {
    str: "a text in quotation marks",
    int: "a whole number",
    bool: "true or false",
    list: "a list of texts in square brackets",
    dict: "a table",
}


class PublicationFileError(Exception):
    """The publication's directory or its file can't be used. The message is one sentence for the person who keeps it."""


@dataclass(frozen=True, slots=True)
class Database:
    """Where the rows are kept: a SQLite file, or a PostgreSQL server."""

    engine: str  # "sqlite" or "postgresql"
    name: str
    user: str = ""
    password: str = field(default="", repr=False)
    host: str = ""
    port: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mail:
    """How mail leaves: not at all, onto the console, or through an SMTP server."""

    kind: str  # "none", "console" or "smtp"
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    use_tls: bool = False
    use_ssl: bool = False


@dataclass(frozen=True, slots=True)
class Server:
    """What `standfirst serve` listens on, and with how many processes."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    log: str = "text"  # or "json": one object a line
    access_log: bool = False
    metrics_port: int = 0  # on this machine only; 0 measures nothing
    health_port: int = 0  # 0 answers for our health on `port` alone
    x_accel: bool = False  # whether the server before us sends media, where we say which file
    connections: int = 12  # to PostgreSQL, in each process
    proxies: tuple[str, ...] = ("127.0.0.0/8", "::1")  # whose word on a reader's address is taken


@dataclass(frozen=True, slots=True)
class Cache:
    """Whether rendered pages are kept, and how much room they may take."""

    keep: bool = True
    megabytes: int = 512


@dataclass(frozen=True, slots=True)
class Purge:
    """The cache outside that is told of changes, and where it is. Its token is in a file of its own."""

    kind: str = ""  # "", "varnish", "fastly" or "cloudflare"
    urls: tuple[str, ...] = ()
    service: str = ""
    zone: str = ""
    soft: bool = False

    @property
    def needs_token(self) -> bool:
        return self.kind in ("fastly", "cloudflare")


@dataclass(frozen=True, slots=True)
class Crawlers:
    """Which programs that read the whole magazine may: those of search engines, and those that gather texts to train models."""

    search: bool = True
    training: bool = False


@dataclass(frozen=True, slots=True)
class Feeds:
    """What feeds hold of an article, and the WebSub hub that is told of changes."""

    content: str = "full"  # or "standfirst"
    hub: str = ""


@dataclass(frozen=True, slots=True)
class PublicationFile:
    """One publication's settings, every one of them valid."""

    home: Path
    name: str
    address: str
    language: str
    time_zone: str
    database: Database
    media: Path
    mail: Mail
    mail_from: str
    server: Server
    cache: Cache
    purge: Purge
    crawlers: Crawlers = Crawlers()
    feeds: Feeds = Feeds()

    @property
    def path(self) -> Path:
        return self.home / FILE_NAME

    @property
    def is_https(self) -> bool:
        return self.address.startswith("https://")

    @property
    def hostname(self) -> str:
        return urlsplit(self.address).hostname or ""

    @property
    def theme(self) -> Path:
        """The publication's own templates and style, which go before the shipped ones."""
        return self.home / "theme"

    @property
    def static_root(self) -> Path:
        """Where the collected static files are kept; made again whenever it is missing."""
        return self.home / ".static"


KEYS = tuple(f.name for f in fields(PublicationFile) if f.name != "home")
# The keys that are tables, and what may stand in each.
TABLES = {
    name: tuple(f.name for f in fields(kind))
    for name, kind in {
        "server": Server,
        "cache": Cache,
        "purge": Purge,
        "crawlers": Crawlers,
        "feeds": Feeds,
    }.items()
}


def find_home(given: str | os.PathLike[str] | None = None) -> Path:
    """The publication's directory: the one given, else the one `STANDFIRST_HOME` names, else the one we stand in."""
    if given:
        return Path(given).expanduser().resolve()
    if named := os.environ.get(HOME_VARIABLE):
        return Path(named).expanduser().resolve()
    here = Path.cwd()
    if (here / FILE_NAME).is_file():
        return here
    raise PublicationFileError(
        f"No publication here: give its directory with --home DIR or in {HOME_VARIABLE}, "
        "or make one with `standfirst init DIR`."
    )


def read(home: str | os.PathLike[str]) -> PublicationFile:
    """The settings of the publication kept in `home`."""
    home = Path(home).resolve()
    path = home / FILE_NAME
    if path.exists() and not path.is_file():
        # To read a pipe is to wait for whoever writes to it.
        raise PublicationFileError(f"{path} is no file: put the publication's settings there.")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        raise PublicationFileError(
            f"{home} holds no publication ({FILE_NAME} is missing): make one with `standfirst init {home}`."
        ) from None
    except UnicodeDecodeError:
        raise PublicationFileError(f"{path} is not UTF-8 text: save it in that encoding.") from None
    except OSError as error:
        raise PublicationFileError(f"{path} can't be read: {error.strerror}.") from None
    return parse(text, home)


def parse(text: str, home: Path) -> PublicationFile:
    """The settings written in `text`, with relative paths counted from `home`."""
    path = home / FILE_NAME
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PublicationFileError(f"{path} is not valid TOML: {error}.") from None
    except RecursionError:
        raise PublicationFileError(f"{path} is not valid TOML: too many brackets in one another.") from None

    _refuse_unknown(values, KEYS, path)
    reader = _Reader(path, values)
    server, cache = reader.table_of("server"), reader.table_of("cache")
    crawlers = reader.table_of("crawlers")
    _refuse_one_port_for_two(server)

    return PublicationFile(
        home=home,
        name=reader.text("name"),
        address=_address(reader),
        language=_language(reader),
        time_zone=_time_zone(reader),
        database=_database(reader, home),
        media=home / reader.text("media", "media"),
        mail=_mail(reader),
        mail_from=_mail_from(reader),
        server=Server(
            host=server.text("host", Server().host),
            port=server.number("port", Server().port, least=1, most=65535),
            workers=server.number("workers", Server().workers, least=1, most=64),
            log=server.one_of("log", ("text", "json")),
            access_log=server.value("access_log", bool, Server().access_log),
            metrics_port=server.number("metrics_port", Server().metrics_port, least=0, most=65535),
            health_port=server.number("health_port", Server().health_port, least=0, most=65535),
            x_accel=server.value("x_accel", bool, Server().x_accel),
            connections=server.number("connections", Server().connections, least=2, most=1000),
            proxies=tuple(
                _network(server, text) for text in server.value("proxies", list, list(Server().proxies))
            ),
        ),
        cache=Cache(
            keep=cache.value("keep", bool, Cache().keep),
            megabytes=cache.number("megabytes", Cache().megabytes, least=1, most=1_000_000),
        ),
        purge=_purge(reader.table_of("purge")),
        crawlers=Crawlers(
            search=crawlers.value("search", bool, Crawlers().search),
            training=crawlers.value("training", bool, Crawlers().training),
        ),
        feeds=_feeds(reader.table_of("feeds")),
    )


def read_secret(home: Path) -> str:
    """The key that signs sessions, from its own file, so that `standfirst.toml` can be shown to others."""
    path = home / SECRET_NAME
    try:
        secret = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise PublicationFileError(
            f"{path} is missing: bring it back from a backup, or write 50 random letters into a new one "
            "(everybody is then logged out)."
        ) from None
    except (OSError, UnicodeDecodeError):
        raise PublicationFileError(
            f"{path} can't be read: give it back to the account that runs Standfirst."
        ) from None
    if len(secret) < 32:
        raise PublicationFileError(
            f"{path} is too short to be safe: write at least 50 random letters into it."
        )
    return secret


def read_purge_token(home: Path, purge: Purge) -> str:
    """The token the cache outside wants from us, from the environment or its own file; "" if it wants none."""
    if not purge.needs_token:
        return ""
    path = home / PURGE_TOKEN_NAME
    token = os.environ.get(PURGE_TOKEN_VARIABLE, "").strip()
    where = PURGE_TOKEN_VARIABLE
    if not token:
        where = str(path)
        try:
            token = path.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            raise PublicationFileError(
                f"{path} is missing: write the token that {purge.kind} gave you into it, or set {PURGE_TOKEN_VARIABLE}."
            ) from None
        except (OSError, UnicodeDecodeError):
            raise PublicationFileError(
                f"{path} can't be read: give it to the account that runs Standfirst."
            ) from None
    if not re.fullmatch(r"[!-~]+", token):
        raise PublicationFileError(f"{where} holds no token: it must be one line without spaces.")
    return token


class _Reader:
    """Takes values out of one table, and says what is wrong in the words of the file."""

    def __init__(self, path: Path, values: Mapping[str, Any], table: str = "") -> None:
        self.path = path
        self.values = values
        self.table = table

    def table_of(self, name: str) -> "_Reader":
        values = self.value(name, dict, {})
        _refuse_unknown(values, TABLES[name], self.path, table=name)
        return _Reader(self.path, values, table=name)

    def value(self, key: str, kind: type, default: Any) -> Any:
        found = self.values.get(key, default)
        if type(found) is not kind:
            raise self.wrong(key, f"must be {_KIND_NAMES[kind]}, not {found!r}")
        return found

    def text(self, key: str, default: str | None = None) -> str:
        if default is None and key not in self.values:
            raise self.wrong(key, f'is missing: add a line `{key} = "…"`')
        found: str = self.value(key, str, default).strip()
        if not found and default != "":
            raise self.wrong(key, "is empty: write something between the quotation marks")
        if any(unicodedata.category(character) == "Cc" for character in found):
            raise self.wrong(key, "holds a control character, such as an end of line: write it in one line")
        return found

    def one_of(self, key: str, known: tuple[str, ...]) -> str:
        """One of the words known; the first of them if there is none."""
        found = self.text(key, known[0])
        if found not in known:
            raise self.wrong(key, f"must be {' or '.join(map(repr, known))}, not {found!r}")
        return found

    def number(self, key: str, default: int, *, least: int, most: int) -> int:
        found: int = self.value(key, int, default)
        if not least <= found <= most:
            raise self.wrong(key, f"must be from {least} to {most}, not {found}")
        return found

    def wrong(self, key: str, what: str) -> PublicationFileError:
        where = f"[{self.table}] {key}" if self.table else key
        return PublicationFileError(f"{self.path}: {where} {what}.")


def _refuse_unknown(values: Mapping[str, Any], known: Iterable[str], path: Path, table: str = "") -> None:
    known = list(known)
    for key in values:
        if key in known:
            continue
        where = f"[{table}] {key}" if table else key
        likely = difflib.get_close_matches(key.lower().replace("-", "_"), known, n=1, cutoff=0.5)
        mend = f"did you mean {likely[0]}?" if likely else f"the settings are {', '.join(known)}."
        raise PublicationFileError(f"{path}: {where} is not a setting; {mend}")


def _address(reader: _Reader) -> str:
    address = reader.text("address")
    mend = 'must be where readers find the publication, such as "https://magazine.example"'
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise reader.wrong("address", f"{mend}, not {address!r}") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", address):
        raise reader.wrong("address", f"{mend}, not {address!r}")
    if parts.path not in ("", "/") or parts.query or parts.fragment or parts.username is not None:
        raise reader.wrong(
            "address", f"{mend}, with nothing after the host: the publication is the whole of it"
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    try:
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        raise reader.wrong("address", f"{mend}, not {address!r}") from None
    is_default_port = port is None or port == {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + ("" if is_default_port else f":{port}")


def _language(reader: _Reader) -> str:
    language = reader.text("language", "en-gb")
    if not _LANGUAGE.fullmatch(language.replace("_", "-")):
        raise reader.wrong(
            "language", f'must be a language tag such as "en-gb", "de" or "ar", not {language!r}'
        )
    return language.replace("_", "-").lower()


def _time_zone(reader: _Reader) -> str:
    zone = reader.text("time_zone", "UTC")
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise reader.wrong(
            "time_zone", f'must be a zone of the IANA list, such as "Europe/London" or "UTC", not {zone!r}'
        ) from None
    return zone


def _database(reader: _Reader, home: Path) -> Database:
    url = reader.text("database", "sqlite:///standfirst.sqlite3")
    mend = 'must be "sqlite:///standfirst.sqlite3" or "postgresql://user:password@host:5432/name"'
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise reader.wrong("database", mend) from None  # The value may hold a password: never repeated.
    name = unquote(parts.path.removeprefix("/"))
    options = dict(parse_qsl(parts.query))
    if not name:
        raise reader.wrong("database", mend)
    if parts.scheme == "sqlite" and not parts.netloc and not options:
        return Database("sqlite", str(home / name))
    if parts.scheme in ("postgresql", "postgres"):
        return Database(
            "postgresql",
            name,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            host=options.pop("host", "") or parts.hostname or "",
            port=str(port or ""),
            options=options,
        )
    raise reader.wrong("database", mend)


# What each kind of cache outside is found by, and an example of it.
_PURGE_NEEDS = {
    "varnish": ("urls", '["http://127.0.0.1:6081"]'),
    "fastly": ("service", '"…"'),
    "cloudflare": ("zone", '"…"'),
}


def _purge(reader: _Reader) -> Purge:
    kind = reader.text("kind", "")
    if kind and kind not in _PURGE_NEEDS:
        raise reader.wrong("kind", f'must be "", "varnish", "fastly" or "cloudflare", not {kind!r}')
    if not kind and reader.values and "kind" not in reader.values:
        raise reader.wrong("kind", 'is missing: add a line `kind = "varnish"`, "fastly" or "cloudflare"')
    purge = Purge(
        kind,
        urls=tuple(_node(reader, url) for url in reader.value("urls", list, [])),
        service=_identifier(reader, "service"),
        zone=_identifier(reader, "zone"),
        soft=reader.value("soft", bool, False),
    )
    if not kind:
        return purge
    needed, example = _PURGE_NEEDS[kind]
    if not getattr(purge, needed):
        raise reader.wrong(needed, f"is missing: {kind} needs a line `{needed} = {example}`")
    for other, (key, _) in _PURGE_NEEDS.items():
        if other != kind and getattr(purge, key):
            raise reader.wrong(key, f"is for {other}, and kind is {kind}: take one of the two lines away")
    if purge.soft and kind == "cloudflare":
        raise reader.wrong("soft", "is not to be had from cloudflare: take the line away")
    return purge


def _feeds(reader: _Reader) -> Feeds:
    hub = reader.text("hub", "")
    mend = f'must be the address of a WebSub hub, such as "https://hub.example/", not {hub!r}'
    try:
        parts = urlsplit(hub)
        parts.port  # noqa: B018 - it is looked at to see whether it is one
    except ValueError:
        raise reader.wrong("hub", mend) from None
    # It is written into a header, between < and >.
    is_address = parts.scheme in ("http", "https") and parts.hostname and not parts.fragment
    if hub and not (is_address and "@" not in parts.netloc and re.fullmatch(r"[!#-;=?-~]+", hub)):
        raise reader.wrong("hub", mend)
    return Feeds(content=reader.one_of("content", ("full", "standfirst")), hub=hub)


def _node(reader: _Reader, url: object) -> str:
    mend = 'must hold addresses such as "http://127.0.0.1:6081"'
    try:
        parts = urlsplit(url if isinstance(url, str) else "")
        parts.port  # noqa: B018 - it is looked at to see whether it is one
    except ValueError:
        raise reader.wrong("urls", mend) from None
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.path not in ("", "/")
        or parts.query
        or parts.fragment
        or "@" in parts.netloc
        or re.search(r"\s", parts.netloc)
    ):
        raise reader.wrong("urls", f"{mend}, and nothing after the port")
    return f"{parts.scheme}://{parts.netloc}"


def _identifier(reader: _Reader, key: str) -> str:
    found = reader.text(key, "")
    if found and not re.fullmatch(r"[A-Za-z0-9]+", found):
        raise reader.wrong(key, f"must be letters and digits, not {found!r}")
    return found


def _mail(reader: _Reader) -> Mail:
    url = reader.text("mail", "")
    if url == "":
        return Mail("none")
    if url == "console":
        return Mail("console")
    mend = 'must be "", "console" or "smtp://user:password@host:587?tls=1"'
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise reader.wrong("mail", mend) from None
    options = dict(parse_qsl(parts.query))
    use_tls = options.pop("tls", "0")
    if (
        parts.scheme not in ("smtp", "smtps")
        or not parts.hostname
        or parts.path not in ("", "/")
        or options
        or use_tls not in ("0", "1")
    ):
        raise reader.wrong("mail", mend)
    use_ssl = parts.scheme == "smtps"
    return Mail(
        "smtp",
        host=parts.hostname,
        port=port or (465 if use_ssl else 587 if use_tls == "1" else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=use_tls == "1" and not use_ssl,
        use_ssl=use_ssl,
    )


def _refuse_one_port_for_two(server: _Reader) -> None:
    taken = {server.number("port", Server().port, least=1, most=65535): "port"}
    for key in ("metrics_port", "health_port"):
        number = server.number(key, 0, least=0, most=65535)
        if not number:
            continue
        if number in taken:
            raise server.wrong(key, f"is {number}, and so is {taken[number]}: choose another")
        taken[number] = key


def _network(reader: _Reader, text: object) -> str:
    try:
        return str(ip_network(str(text), strict=False))
    except ValueError:
        raise reader.wrong(
            "proxies", f'must list addresses or networks, such as "10.0.0.7" or "10.0.0.0/24", not {text!r}'
        ) from None


def _mail_from(reader: _Reader) -> str:
    sender = reader.text("mail_from", "")
    if sender and not re.fullmatch(r"[^\r\n]*[^\s@]+@[^\s@]+", sender.rstrip(">")):
        raise reader.wrong(
            "mail_from", f'must be a mail address such as "desk@magazine.example", not {sender!r}'
        )
    if not sender and reader.values.get("mail", "").startswith("smtp"):
        raise reader.wrong("mail_from", 'is missing: mail needs a sender, such as "desk@magazine.example"')
    return sender
