"""The settings tests run with: a throw-away publication, on SQLite or where STANDFIRST_TEST_DATABASE says."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="standfirst-tests-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
_database = os.environ.get("STANDFIRST_TEST_DATABASE", "sqlite:///standfirst.sqlite3")
(_home / "standfirst.toml").write_text(
    f"""
name = "The Test"
address = "http://testserver"
language = "en-gb"
time_zone = "Europe/London"
database = "{_database}"
""",
    encoding="utf-8",
)
(_home / "secret.key").write_text("not a secret at all, only long enough to be one for the tests")
(_home / ".static").mkdir()
os.environ["STANDFIRST_HOME"] = str(_home)

from standfirst.config.settings import *  # noqa: E402, F403
from standfirst.config.settings import DATABASES, PAGECACHE  # noqa: E402

if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # In a file, as in life: in memory, threads would share one connection and see each other's uncommitted rows.
    DATABASES["default"]["TEST"] = {"NAME": str(_home / "test.sqlite3")}
    DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Most tests are about what is rendered; those about keeping it say so.
PAGECACHE = PAGECACHE | {"is_on": False}
# However busy the machine: what a deadline does is tested by itself.
SEARCH = {"milliseconds": 20_000}
