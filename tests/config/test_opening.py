"""What a publication's file says and cannot be is told in one sentence, before anything is loaded or touched."""

import pytest

from standfirst.config.opening import open_publication
from standfirst.config.publication_file import PublicationFileError

FILE = 'name = "The Lantern"\naddress = "http://localhost:8000"\n'


@pytest.fixture
def home(tmp_path):
    (tmp_path / "secret.key").write_text("letters " * 10)
    (tmp_path / "standfirst.sqlite3").touch()
    return tmp_path


def refusal(home, more):
    (home / "standfirst.toml").write_text(FILE + more)
    with pytest.raises(PublicationFileError) as refused:
        open_publication(str(home))
    sentence = str(refused.value)
    assert sentence.startswith(str(home / "standfirst.toml"))
    assert "\n" not in sentence
    assert "hush" not in sentence
    return sentence


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("nonsense=1", "nonsense"),
        # Django's own, not libpq's: they would change what our pool relies on.
        ("pool=1", "pool"),
        ("isolation_level=9", "isolation_level"),
        ("server_side_binding=1", "server_side_binding"),
        ("connect_timeout=soon", "connect_timeout"),
    ],
)
def test_what_libpq_does_not_know_is_refused(home, options, said):
    sentence = refusal(home, f'database = "postgresql://ada:hush@127.0.0.1/lantern?{options}"')

    assert "database can't be used" in sentence
    assert said in sentence


def test_media_in_a_file_are_refused(home):
    (home / "pictures").touch()

    assert "is no directory" in refusal(home, 'media = "pictures"')
