"""A publication's file is read strictly, and what is wrong with it is said in one sentence that helps."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.config import publication_file
from standfirst.config.publication_directory import publication_text
from standfirst.config.publication_file import (
    FILE_NAME,
    Database,
    Mail,
    PublicationFile,
    PublicationFileError,
    Purge,
    parse,
    read,
)

HOME = Path("/srv/lantern")
LEAST = 'name = "The Lantern"\naddress = "https://lantern.example"\n'


def refusal(text: str) -> str:
    with pytest.raises(PublicationFileError) as refused:
        parse(text, HOME)
    return str(refused.value)


def test_a_name_and_an_address_are_enough() -> None:
    publication = parse(LEAST, HOME)

    assert publication.database == Database("sqlite", "/srv/lantern/standfirst.sqlite3")
    assert publication.media == HOME / "media"
    assert (publication.language, publication.time_zone) == ("en-gb", "UTC")
    assert publication.mail == Mail("none")
    assert (publication.server.host, publication.server.port) == ("127.0.0.1", 8000)


HARD_CASES = [
    # what is added, what the sentence says
    ('nmae = "x"', ("nmae is not a setting", "did you mean name?")),
    ('time-zone = "UTC"', ("did you mean time_zone?",)),
    ("zzz = 1", ("the settings are name, address,",)),
    ("[server]\nprot = 80", ("[server] prot is not a setting", "did you mean port?")),
    ("language = 3", ("language must be a text in quotation marks, not 3",)),
    ("[server]\nport = '80'", ("[server] port must be a whole number, not '80'",)),
    ("[server]\nport = true", ("[server] port must be a whole number",)),
    ("[server]\nport = 80000", ("from 1 to 65535, not 80000",)),
    ("[server]\nworkers = 0", ("from 1 to 64, not 0",)),
    ("server = 1", ("server must be a table",)),
    ('language = "english"', ("language tag", "'english'")),
    ('language = ""', ("language is empty",)),
    ('time_zone = "Europe/Lundon"', ("IANA", "'Europe/Lundon'")),
    ('time_zone = "../../etc/passwd"', ("IANA",)),
    ('database = "mysql://a/b"', ('must be "sqlite:///standfirst.sqlite3"',)),
    ('database = "sqlite:///"', ("database must be",)),
    ('database = "postgresql://u:secret@host:port/name"', ("database must be",)),
    ('mail = "imap://host"', ('must be "", "console" or "smtp://',)),
    ('mail = "smtp://host?ssl=1"', ('must be "", "console" or "smtp://',)),
    ('mail = "smtp://host"', ("mail_from is missing",)),
    ('mail_from = "nobody"', ("must be a mail address",)),
    (
        '[purge]\nkind = "akamai"',
        ('[purge] kind must be "", "varnish", "fastly" or "cloudflare"', "'akamai'"),
    ),
    ('[purge]\nkynd = "varnish"', ("[purge] kynd is not a setting", "did you mean kind?")),
    ('[purge]\nurls = ["http://127.0.0.1:6081"]', ("[purge] kind is missing",)),
    ('[purge]\nkind = "varnish"', ("[purge] urls is missing", 'urls = ["http://127.0.0.1:6081"]')),
    ('[purge]\nkind = "fastly"', ("[purge] service is missing",)),
    ('[purge]\nkind = "cloudflare"', ("[purge] zone is missing",)),
    ('[purge]\nkind = "varnish"\nurls = "http://a"', ("[purge] urls must be a list",)),
    ('[purge]\nkind = "varnish"\nurls = [6081]', ("[purge] urls must hold addresses",)),
    ('[purge]\nkind = "varnish"\nurls = ["127.0.0.1:6081"]', ("[purge] urls must hold addresses",)),
    ('[purge]\nkind = "varnish"\nurls = ["http://a:port"]', ("[purge] urls must hold addresses",)),
    ('[purge]\nkind = "varnish"\nurls = ["http://u:secret@a"]', ("[purge] urls must hold addresses",)),
    ('[purge]\nkind = "varnish"\nurls = ["http://a/b"]', ("nothing after the port",)),
    ('[purge]\nkind = "fastly"\nservice = "../x"', ("[purge] service must be letters and digits",)),
    (
        '[purge]\nkind = "fastly"\nservice = "x"\nzone = "y"',
        ("[purge] zone is for cloudflare, and kind is fastly",),
    ),
    (
        '[purge]\nkind = "cloudflare"\nzone = "y"\nsoft = true',
        ("[purge] soft is not to be had from cloudflare",),
    ),
    ('[purge]\nkind = "fastly"\nservice = "x"\ntoken = "secret"', ("[purge] token is not a setting",)),
    ('[feeds]\ncontent = "some"', ("[feeds] content must be 'full' or 'standfirst', not 'some'",)),
    ('[feeds]\nhub = "hub.example"', ("[feeds] hub must be the address of a WebSub hub",)),
    ('[feeds]\nhub = "ftp://hub.example/"', ("[feeds] hub must be",)),
    ('[feeds]\nhub = "https://me:word@hub.example/"', ("[feeds] hub must be",)),
    ('[feeds]\nhub = "https://hub.example/>x"', ("[feeds] hub must be",)),
    ('[feeds]\nhub = "https://hub.example:port/"', ("[feeds] hub must be",)),
    ("name = 'twice'", ("not valid TOML",)),
    ("mail_from = " + "[" * 5000, ("not valid TOML", "too many brackets")),
    ('media = "a\\u0000b"', ("media holds a control character",)),
    ('media = """a\nb"""', ("media holds a control character",)),
    ("[server]\nhealth_port = 8000", ("[server] health_port is 8000, and so is port",)),
    ("[server]\nport = 9000\nmetrics_port = 9000", ("[server] metrics_port is 9000, and so is port",)),
    (
        "[server]\nmetrics_port = 9000\nhealth_port = 9000",
        ("[server] health_port is 9000, and so is metrics_port",),
    ),
    ("= 1", ("not valid TOML",)),
]


@pytest.mark.parametrize(("added", "said"), HARD_CASES)
def test_a_mistake_is_named_with_its_file_and_its_mend(added: str, said: tuple[str, ...]) -> None:
    sentence = refusal(LEAST + added)

    assert sentence.startswith("/srv/lantern/standfirst.toml")
    assert all(part in sentence for part in said), sentence
    assert "\n" not in sentence
    assert "secret" not in sentence


BAD_ADDRESSES = [
    "lantern.example",
    "ftp://lantern.example",
    "https://",
    "https://lantern.example/blog",
    "https://lantern.example/?a=1",
    "https://me@lantern.example",
    "https://lantern.example:port",
    "https://lan tern.example",
    "//lantern.example",
]


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_an_address_is_an_origin_and_nothing_else(address: str) -> None:
    assert "address must be" in refusal(f'name = "x"\naddress = "{address}"')


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://lantern.example/", "https://lantern.example"),
        ("https://lantern.example:443", "https://lantern.example"),
        ("http://Lantern.Example:8000", "http://lantern.example:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://zürich.example", "https://xn--zrich-kva.example"),
    ],
)
def test_an_address_is_kept_in_one_spelling(written: str, read: str) -> None:
    assert parse(f'name = "x"\naddress = "{written}"', HOME).address == read


def test_a_missing_name_says_which_line_to_add() -> None:
    assert 'name is missing: add a line `name = "…"`' in refusal('address = "https://a.example"')


def test_a_postgresql_address_is_taken_apart_and_its_password_never_shown() -> None:
    database = parse(
        LEAST + 'database = "postgresql://ada:p%40ss@db.example:5433/lantern?sslmode=require"', HOME
    ).database

    assert database == Database(
        "postgresql", "lantern", "ada", "p@ss", "db.example", "5433", {"sslmode": "require"}
    )
    assert "p@ss" not in repr(database)


def test_mail_through_a_server_is_taken_apart() -> None:
    mail = parse(LEAST + 'mail = "smtp://me:pw@mx.example?tls=1"\nmail_from = "a@b.example"', HOME).mail

    assert (mail.host, mail.port, mail.user, mail.password, mail.use_tls) == (
        "mx.example",
        587,
        "me",
        "pw",
        True,
    )


def test_a_cache_outside_is_named_and_none_is_needed() -> None:
    assert parse(LEAST, HOME).purge == Purge()
    assert parse(LEAST + '[purge]\nkind = ""\nurls = ["http://10.0.0.7"]', HOME).purge.kind == ""
    assert parse(
        LEAST + '[purge]\nkind = "varnish"\nurls = ["http://10.0.0.7/", "http://[::1]:6081"]\nsoft = true',
        HOME,
    ).purge == Purge("varnish", urls=("http://10.0.0.7", "http://[::1]:6081"), soft=True)


FASTLY = Purge("fastly", service="x")


def test_its_token_is_in_a_file_or_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STANDFIRST_PURGE_TOKEN", raising=False)
    (tmp_path / "purge.token").write_text("from-the-file\n")
    assert publication_file.read_purge_token(tmp_path, FASTLY) == "from-the-file"

    monkeypatch.setenv("STANDFIRST_PURGE_TOKEN", "from-the-environment")
    assert publication_file.read_purge_token(tmp_path, FASTLY) == "from-the-environment"


def test_a_missing_or_broken_token_is_told_and_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STANDFIRST_PURGE_TOKEN", raising=False)
    with pytest.raises(PublicationFileError, match=r"purge\.token is missing.*STANDFIRST_PURGE_TOKEN"):
        publication_file.read_purge_token(tmp_path, FASTLY)

    (tmp_path / "purge.token").write_text("two secret\nlines")
    with pytest.raises(PublicationFileError, match="holds no token") as refused:
        publication_file.read_purge_token(tmp_path, FASTLY)
    assert "secret" not in str(refused.value)


def test_no_token_is_asked_for_where_none_is_needed(tmp_path: Path) -> None:
    assert publication_file.read_purge_token(tmp_path, Purge("varnish", urls=("http://a",))) == ""


@given(
    name=st.text(min_size=1, max_size=60).filter(str.strip).filter(lambda s: s.isprintable()),
    port=st.integers(1, 65535),
)
def test_whatever_a_magazine_is_called_the_file_made_for_it_says_so(name: str, port: int) -> None:
    publication = parse(publication_text(name=name, port=port), HOME)

    assert publication.name == name.strip()
    assert publication.server.port == port


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_one_sentence(text: str) -> None:
    try:
        assert isinstance(parse(text, HOME), PublicationFile)
    except PublicationFileError as error:
        assert "\n" not in str(error)


def test_without_a_home_it_says_how_to_give_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("STANDFIRST_HOME")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(PublicationFileError, match="--home DIR or in STANDFIRST_HOME"):
        publication_file.find_home()


def test_the_directory_one_stands_in_will_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("STANDFIRST_HOME")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "standfirst.toml").write_text(LEAST)

    assert publication_file.find_home() == tmp_path.resolve()


def test_a_lost_or_short_secret_is_told(tmp_path: Path) -> None:
    with pytest.raises(PublicationFileError, match=r"secret\.key is missing"):
        publication_file.read_secret(tmp_path)

    (tmp_path / "secret.key").write_text("short")
    with pytest.raises(PublicationFileError, match="too short"):
        publication_file.read_secret(tmp_path)


def test_a_pipe_in_place_of_the_file_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / FILE_NAME)

    with pytest.raises(PublicationFileError, match=r"standfirst\.toml is no file"):
        read(tmp_path)
