"""Static files of this version and this theme, collected before any page that names them is rendered."""

import hashlib
import json
from importlib.metadata import version
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from standfirst.config.edition import state_of_file

STAMP = ".collected"
PACKAGES_WITH_FILES = ("django", "wagtail")


def collect_static_files() -> bool:
    """Collect the static files if they are not those of this version and this theme. Says whether it had to."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    fingerprint = _static_fingerprint()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == fingerprint:
        return False
    # Files of the version before are left: pages sent before this start still ask for them.
    call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())
    _let_everybody_read(Path(settings.STATIC_ROOT))
    stamp.write_text(fingerprint, encoding="ascii")
    return True


def _let_everybody_read(folder: Path) -> None:
    """Whatever the umask: a server before us, under an account of its own, sends them. They are nobody's secret."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _static_fingerprint() -> str:
    parts: list[object] = [version(package) for package in PACKAGES_WITH_FILES]
    for folder in settings.STATICFILES_DIRS:
        parts += [(str(path), *state_of_file(path)) for path in sorted(Path(folder).rglob("*"))]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
