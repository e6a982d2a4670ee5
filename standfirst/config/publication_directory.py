"""Making the directory a publication lives in: its file, its secret, and the folders an editor may look into."""

import json
import os
import re
import secrets
import shlex
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from standfirst.config import publication_file
from standfirst.config.publication_file import (
    FILE_NAME,
    PURGE_TOKEN_NAME,
    SECRET_NAME,
    PublicationFile,
    PublicationFileError,
    Server,
)

# How an address names this machine, and what to listen on to be found there.
OWN_HOSTS = {"localhost": "127.0.0.1", "127.0.0.1": "127.0.0.1", "::1": "::1"}

TEMPLATE = """\
# The settings of this publication. Every line is explained in docs/settings.md; a mistake is told at the next start.

name = {name}

# Where readers find it. Behind a server that speaks HTTPS for you, this is the https:// address.
address = {address}

language = {language}
time_zone = {time_zone}

# A file in this directory, or "postgresql://user:password@host:5432/name".
database = {database}

# Uploaded images and documents.
media = "media"

# "" sends no mail, "console" prints it, "smtp://user:password@host:587?tls=1" sends it.
mail = ""
# mail_from = "desk@magazine.example"

[server]
host = {host}
port = {port}
workers = 2
"""

THEME_README = """\
The look of this publication
============================

Whatever lies here goes before what Standfirst ships, file by file:

    templates/   templates of the public pages; begin with a copy of the one you want to change
    static/      style, fonts and images; `static/standfirst/custom.css` is not needed, any name will do
    locale/      other words for the interface, as gettext catalogues
    fonts/       faces for the pictures beside shared links, in scripts that the shipped ones lack

An empty folder changes nothing. Restart `standfirst serve` to see a change.
"""


def publication_text(
    *,
    name: str,
    address: str = "http://localhost:8000",
    language: str = "en-gb",
    time_zone: str = "",
    database: str = "sqlite:///standfirst.sqlite3",
    host: str = "",
    port: int = 0,
) -> str:
    """The text of a `standfirst.toml` with these settings, comments and all.

    `host` and `port`, unless they are said, are those at which a server is found at the address, if that is on this machine.
    """
    found_at = own_address(address) or (Server().host, Server().port)
    return TEMPLATE.format(
        name=_quoted(name),
        address=_quoted(address),
        language=_quoted(language),
        time_zone=_quoted(time_zone or local_time_zone()),
        database=_quoted(database),
        host=_quoted(host or found_at[0]),
        port=port or found_at[1],
    )


def own_address(address: str) -> tuple[str, int] | None:
    """Where a server on this machine has to listen to be found at this address; None if it is no such address.

    One of `https://` is that of the server in front, which listens there itself.
    """
    try:
        parts = urlsplit(address)
        host, port = OWN_HOSTS.get(parts.hostname or ""), parts.port
    except ValueError:
        return None  # Whoever reads the file says what is wrong with it.
    return (host, port) if parts.scheme == "http" and host and port else None


def with_port(text: str, home: Path, port: int) -> str:
    """The text of a `standfirst.toml` with another port, in its address too; as it was, if that is not this machine's."""
    address = publication_file.parse(text, home).address
    if own_address(address) is None:
        return text
    moved = f"{address.rpartition(':')[0]}:{port}"
    changed = re.sub(
        r"^(address\s*=\s*)([\"'])[^\"'\n]*\2", rf"\1{_quoted(moved)}", text, count=1, flags=re.M
    )
    changed = re.sub(r"^(port\s*=\s*)[0-9_]+", rf"\g<1>{port}", changed, count=1, flags=re.M)
    if publication_file.parse(changed, home).address != moved:
        raise PublicationFileError(f"{home / FILE_NAME}: set address to {moved!r} there, and begin again.")
    return changed


@contextmanager
def new_directory(home: Path, text: str) -> Iterator[None]:
    """Lay out a publication in `home`, which must be empty or absent. If the block fails, it is as it was before."""
    publication_file.parse(text, home)  # Before anything is written.
    existed = home.exists()
    _refuse_what_is_there(home)
    try:
        mode = _close_to_others(home)
        _write_private(home / FILE_NAME, text)
        _write_private(home / SECRET_NAME, secrets.token_urlsafe(50) + "\n")
        for folder in ("media", "theme/templates", "theme/static"):
            (home / folder).mkdir(parents=True)
        (home / "media").chmod(
            0o750
        )  # Whatever the umask: the server before us is of the group, and sends it.
        (home / "theme" / "README.md").write_text(THEME_README, encoding="utf-8")
    except OSError as error:
        raise PublicationFileError(
            f"{home} can't be made: {error.strerror}. Choose a directory you may write to."
        ) from None
    try:
        yield
    except BaseException:
        _empty(home)
        if existed:
            home.chmod(mode)
        else:
            home.rmdir()
        raise


def new_database_file(path: Path) -> None:
    """Make an empty SQLite file that only its owner may read; what SQLite puts beside it later is as private as it is."""
    try:
        _write_private(path, "")
    except OSError as error:
        raise PublicationFileError(
            f"The database {path} can't be made: {error.strerror}. Name a file that is not there yet, in a directory "
            "you may write to."
        ) from None


def readable_by_everybody(publication: PublicationFile) -> str:
    """One sentence if every account of this machine can read the publication's secrets or rows; "" if not."""
    home, database = publication.home, publication.database
    private = [home / name for name in (FILE_NAME, SECRET_NAME, PURGE_TOKEN_NAME)]
    if database.engine == "sqlite":
        private += [Path(database.name + end) for end in ("", "-wal", "-shm")]
    read = [path for path in private if _is_open_to_others(path)]
    if not read:
        return ""
    names = " ".join(shlex.quote(str(path)) for path in read)
    return (
        f"Every account of this machine can read the publication's secrets or rows: run `chmod go= {names}`."
    )


def _is_open_to_others(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & stat.S_IROTH and path.parent.stat().st_mode & stat.S_IXOTH)
    except OSError:
        return False


def local_time_zone() -> str:
    """The zone this machine's clock is set to, or UTC where that can't be told."""
    candidates = [os.environ.get("TZ", "").removeprefix(":")]
    if Path("/etc/localtime").is_symlink():
        candidates.append(re.sub(r"^.*/zoneinfo/", "", os.path.realpath("/etc/localtime")))
    for zone in filter(None, candidates):
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError):
            continue
        return zone.removeprefix("Etc/") if zone == "Etc/UTC" else zone
    return "UTC"


def _refuse_what_is_there(home: Path) -> None:
    if (home / FILE_NAME).exists():
        raise PublicationFileError(
            f"{home} already holds a publication: serve it with `standfirst --home {home} serve`, "
            "or name another directory."
        )
    if home.exists() and not home.is_dir():
        raise PublicationFileError(f"{home} is a file: name a directory that is empty or not there yet.")
    if home.exists() and any(home.iterdir()):
        raise PublicationFileError(
            f"{home} is not empty: name a directory that is empty or not there yet, so that nothing of yours is mixed in."
        )


def _close_to_others(home: Path) -> int:
    """Make a directory that only its owner may enter, and return its mode. Of one that is there only others are kept out:
    its group may be there for the server in front."""
    if home.exists():
        mode = stat.S_IMODE(home.stat().st_mode)
        home.chmod(mode & ~stat.S_IRWXO)
        return mode
    home.parent.mkdir(parents=True, exist_ok=True)
    home.mkdir(mode=0o700)
    return 0o700


def _write_private(path: Path, text: str) -> None:
    # The file may come to hold the database's password; the secret signs everybody's session.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _empty(home: Path) -> None:
    for entry in home.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)


def _quoted(text: str) -> str:
    # JSON's strings are TOML's, but for one character.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
