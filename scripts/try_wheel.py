"""Builds the wheel, compares it with the tree, and uses it as somebody who has nothing else.

    python scripts/try_wheel.py

In a clean environment with the pinned requirements alone: `init`, `import`, `serve`, and one page of every kind that links,
menus and addresses lead to, as a reader and as an editor. Exit status 1 says that something was missing.
"""

import http.cookiejar
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "tests" / "importers" / "samples" / "whole-publication-excerpt.xml"
SECONDS_TO_START = 120
MOST_ADDRESSES = 600


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="standfirst-wheel-") as name:
        workshop = Path(name)
        wheel = built(workshop)
        if missing := not_in(wheel):
            print(f"The wheel lacks {', '.join(missing)}.")
            return 1
        python = installed(wheel, workshop / "environment")
        return used(python, workshop)


def built(workshop: Path) -> Path:
    """The wheel, made from a copy of the tree: what is left of another build must not get in."""
    tree = workshop / "tree"
    shutil.copytree(ROOT / "standfirst", tree / "standfirst", ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, tree)
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", workshop / "dist", tree], check=True)
    return next((workshop / "dist").glob("*.whl"))


def not_in(wheel: Path) -> list[str]:
    """The files of the package that are not in the wheel."""
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / "standfirst").rglob("*") if path.is_file()}
    with zipfile.ZipFile(wheel) as archive:
        return sorted(name for name in there - set(archive.namelist()) if "__pycache__" not in name)


def installed(wheel: Path, environment: Path) -> Path:
    """A Python that has the wheel and what is pinned for running, and nothing else."""
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    python = environment / "bin" / "python"
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", ROOT / "requirements" / "run.txt"], check=True)
    subprocess.run([*pip, "--no-deps", "--no-index", wheel], check=True)
    return python


def used(python: Path, workshop: Path) -> int:
    """Make a publication, fill it, serve it, and open a page of every kind."""
    command, home = python.with_name("standfirst"), workshop / "lantern"
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("STANDFIRST_", "PYTHON"))
    }
    environment = kept | {"STANDFIRST_HOME": str(home)}

    def run(*words: object) -> str:
        done = subprocess.run(
            [str(command), *map(str, words)],
            cwd="/",
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"standfirst {words[0]} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    password = re.search(
        r"with the password (\S+)", run("init", home, "--address", f"http://localhost:{port}")
    )
    assert password is not None
    run("import", SAMPLE)
    run("check")
    patterns = json.loads(run("manage", "shell", "-v0", "-c", LIST_PATTERNS))
    server = subprocess.Popen([str(command), "serve", "--port", str(port)], cwd="/", env=environment)
    try:
        walk = Walk(f"http://localhost:{port}", patterns)
        walk.wait()
        walk.go("/")
        walk.log_in("editor", password[1])
        walk.go("/admin/", "/")
    finally:
        server.terminate()
        server.wait(30)
    walk.say()
    return 1 if walk.failed else 0


# Every address of the application, as a regular expression, with its name.
LIST_PATTERNS = """
import json
from django.urls import URLResolver, get_resolver
def walk(patterns, before, ours):
    for one in patterns:
        expression = one.pattern.regex.pattern if hasattr(one.pattern, "regex") else str(one.pattern)
        route = before + expression.lstrip("^").replace(chr(92) + "Z", "$")
        if isinstance(one, URLResolver):
            yield from walk(one.url_patterns, route, ours)
        else:
            yield {"expression": "^" + route.rstrip("$") + "$", "name": one.name or route}
print(json.dumps(list(walk(get_resolver().url_patterns, "", False))))
"""
# Leaves the desk; is no page; fails on purpose, to try whether anybody hears of it.
NEVER = ("/admin/logout/", "/healthz", "/admin/failwhale/")


class Links(HTMLParser):
    """What a page leads to and loads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if value and (name in ("href", "src") or (tag == "form" and name == "action")):
                self.found.append(value)
            elif value and name == "data-props":  # Wagtail's menu is made by a script, from JSON.
                self.found += re.findall(r'"url": "(/[^"]*)"', value)


class Walk:
    """Opens one address of every kind that it is led to."""

    def __init__(self, site: str, patterns: list[dict[str, str]]) -> None:
        self.site = site
        self.patterns = [(re.compile(one["expression"]), one["name"]) for one in patterns]
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
        self.kinds: dict[tuple[str, bool], str] = {}
        self.failed: list[str] = []
        self.is_logged_in = False

    def wait(self) -> None:
        end = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < end:
            try:
                self.opener.open(f"{self.site}/healthz", timeout=5).read()
                return
            except OSError:
                time.sleep(0.2)
        raise SystemExit("It does not serve.")

    def log_in(self, user: str, password: str) -> None:
        page = self.opener.open(f"{self.site}/admin/login/").read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        form = {"username": user, "password": password, "csrfmiddlewaretoken": token[1], "next": "/admin/"}
        self.opener.open(f"{self.site}/admin/login/", urllib.parse.urlencode(form).encode())
        self.is_logged_in = True

    def go(self, *begin: str) -> None:
        waiting, seen = [*begin, *self.without_arguments()], set()
        while waiting and len(seen) < MOST_ADDRESSES:
            address = waiting.pop(0)
            if address in seen or address.startswith(NEVER) or self.is_known(address):
                continue
            seen.add(address)
            waiting += self.opened(address)

    def without_arguments(self) -> list[str]:
        found = (expression.pattern.strip("^$").replace("\\", "") for expression, _ in self.patterns)
        return [
            f"/{path}"
            for path in found
            if not re.search(r"[(\[?*+]", path) and not path.startswith("admin/logout")
        ]

    def is_known(self, address: str) -> bool:
        """Whether one of this kind has been opened. Every static file is a kind of its own."""
        path = address.partition("?")[0].lstrip("/")
        if path.startswith("static/"):
            return False
        name = next((name for expression, name in self.patterns if expression.match(path)), "")
        kind = (name, self.is_logged_in)
        if name == "wagtail_serve" or not name:
            return False
        if kind in self.kinds:
            return True
        self.kinds[kind] = address
        return False

    def opened(self, address: str) -> list[str]:
        try:
            answer = self.opener.open(f"{self.site}{address}", timeout=60)
        except urllib.error.HTTPError as error:
            # What only takes forms says 405; 404 is a fault of whoever led here, and of a pattern that needs more.
            if error.code >= 500 or (error.code == 404 and address.startswith("/static/")):
                self.failed.append(f"{error.code} {address}")
            return []
        body = answer.read()
        if "html" not in answer.headers.get("Content-Type", ""):
            return []
        here = urllib.parse.urljoin(self.site, answer.geturl())
        joined = (urllib.parse.urljoin(here, link) for link in Links(body.decode()).found)
        return [
            urllib.parse.urlunsplit(("", "", parts.path, parts.query, ""))
            for parts in map(urllib.parse.urlsplit, joined)
            if f"{parts.scheme}://{parts.netloc}" == self.site
        ]

    def say(self) -> None:
        opened = {name for name, _ in self.kinds}
        never = sorted({name for _, name in self.patterns} - opened)
        print(f"{len(opened)} kinds of pages opened; nothing led to {len(never)}: {', '.join(never)}")
        for failure in self.failed:
            print(f"FAILED {failure}")


if __name__ == "__main__":
    sys.exit(main())
