"""The shipped configurations of nginx and Caddy, tried together with systemd's unit before a real `standfirst serve`.

As on a machine of its own: under the unit's umask, and with the server before it under another account, of one group.
That needs root; without it they run as whoever runs the tests, and what is about accounts is skipped.
"""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.cli.test_serve import answers, eventually, free_port
from tests.made import ROOT, environment, password_in

OPERATIONS = ROOT / "docs" / "operations"
NAME = "lantern.example"

SELF_SIGNED = f"openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN={NAME}".split()
STORE_DOCUMENTS = """
import sys
from standfirst.config.opening import open_publication
open_publication(sys.argv[1])
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction
closed = Collection.get_first_root_node().add_child(name="Closed")
CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
for title, collection in (("open", None), ("closed", closed)):
    document = Document(title=title, **({"collection": collection} if collection else {}))
    document.file.save(f"{title} é.txt", ContentFile(b"0123456789" * 500))
"""
PUBLISH = """
import sys
from standfirst.config.opening import open_publication
open_publication(sys.argv[1])
from standfirst.articles.actions import create_article
print(create_article(headline=sys.argv[2], by=None, publish=True).url)
"""


IS_ROOT = os.getuid() == 0
# The server's account, and the group that the publication's files are of.
SERVER, GROUP = "www-data", "root"


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that another account can look into: pytest's own are for one."""
    folder = Path(tempfile.mkdtemp(prefix="standfirst-behind-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def publication(place: Path) -> Iterator[tuple[Path, int]]:
    """A publication that readers find at https://lantern.example, served as the unit and serving.md say."""
    home = place / "lantern"
    umask = re.search(r"^UMask=(\d+)$", (OPERATIONS / "standfirst.service").read_text(), re.M)
    assert umask
    as_the_unit = {"env": environment(), "umask": int(umask.group(1), 8)}
    init = [sys.executable, "-m", "standfirst", "init", str(home), "--address", f"https://{NAME}"]
    made = subprocess.run(
        [*init, "--user", "editor"], capture_output=True, text=True, check=False, **as_the_unit
    )
    assert made.returncode == 0, made.stdout + made.stderr
    (home / "password").write_text(password_in(made.stdout))
    home.chmod(0o750)  # serving.md, "Whose files are whose".
    settings = home / "standfirst.toml"
    settings.write_text(settings.read_text().replace("[server]\n", "[server]\nx_accel = true\n", 1))
    stored = subprocess.run(
        [sys.executable, "-c", STORE_DOCUMENTS, str(home)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        **as_the_unit,
    )
    assert stored.returncode == 0, stored.stderr
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "standfirst", "--home", str(home), "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        **as_the_unit,
    )
    try:
        eventually(lambda: answers(port), "an answer", 120)
        yield home, port
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(params=["nginx", "caddy"])
def https_port(request: pytest.FixtureRequest, publication: tuple[Path, int], place: Path) -> Iterator[int]:
    """The port of a server that speaks HTTPS before the publication, by its shipped configuration."""
    if not shutil.which(request.param):
        pytest.skip(f"no {request.param} here")
    home, inner = publication
    port, plain = free_port(), free_port()
    folder = Path(tempfile.mkdtemp(dir=place))
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [*SELF_SIGNED, "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    folder.chmod(0o755)
    if IS_ROOT:
        for path in (folder, key):
            shutil.chown(path, SERVER)
    start = {"nginx": nginx, "caddy": caddy}[request.param]
    process = start(folder, home, inner, port, plain, key, certificate)
    try:
        eventually(lambda: speaks_https(port) or process.poll() is not None, "HTTPS", 20)
        assert process.poll() is None
        yield port
    finally:
        process.terminate()
        process.wait()


def nginx(
    folder: Path, home: Path, inner: int, port: int, plain: int, key: Path, certificate: Path
) -> subprocess.Popen[bytes]:
    site = (OPERATIONS / "nginx.conf").read_text()
    site = re.sub(r"listen \[::\].*\n", "", site)
    site = site.replace("listen 80;", f"listen 127.0.0.1:{plain};").replace(
        "listen 443 ", f"listen 127.0.0.1:{port} "
    )
    site = site.replace("127.0.0.1:8000", f"127.0.0.1:{inner}").replace("/srv/lantern", str(home))
    site = re.sub(r"ssl_certificate /.*;", f"ssl_certificate {certificate};", site)
    site = re.sub(r"ssl_certificate_key /.*;", f"ssl_certificate_key {key};", site)
    user = f"user {SERVER} {GROUP};" if IS_ROOT else ""
    folders = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; pid {folder}/pid; events {{}}\n"
        f"http {{ access_log off; {folders} include /etc/nginx/mime.types;\n{site}\n}}"
    )
    return subprocess.Popen(["nginx", "-e", folder / "error", "-c", folder / "nginx.conf"])


def caddy(
    folder: Path, home: Path, inner: int, port: int, plain: int, key: Path, certificate: Path
) -> subprocess.Popen[bytes]:
    site = (OPERATIONS / "Caddyfile").read_text().replace("/srv/lantern", str(home))
    site = site.replace(f"\n{NAME} {{", f"\n{NAME}:{port} {{\n\ttls {certificate} {key}").replace(
        "127.0.0.1:8000", f"127.0.0.1:{inner}"
    )
    (folder / "Caddyfile").write_text(
        f"{{\n\tadmin off\n\thttp_port {plain}\n\tauto_https disable_redirects\n}}\n{site}"
    )
    own = environment() | {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
    account = {"user": SERVER, "group": GROUP, "extra_groups": []} if IS_ROOT else {}
    return subprocess.Popen(
        ["caddy", "run", "--config", folder / "Caddyfile"], env=own, stderr=subprocess.DEVNULL, **account
    )


class Encrypted(http.client.HTTPSConnection):
    """A connection to this machine that takes itself for one to lantern.example."""

    def __init__(self, port: int) -> None:
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        super().__init__(NAME, port, timeout=30, context=trusting)
        self._create_connection = lambda address, *rest: socket.create_connection(("127.0.0.1", port), *rest)


def fetch(
    port: int, path: str, method: str = "GET", body: str | None = None, **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = Encrypted(port)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body=body, headers={"Host": NAME} | named)
    response = connection.getresponse()
    return response, response.read()


def speaks_https(port: int) -> bool:
    try:
        return fetch(port, "/healthz")[0].status == 200
    except OSError:
        return False


def directly(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": NAME})
    return connection.getresponse().read()


def test_a_kept_page_comes_through_as_it_is_and_only_once(
    https_port: int, publication: tuple[Path, int]
) -> None:
    first, page = fetch(https_port, "/articles/")

    assert page == directly(publication[1], "/articles/")
    assert first.headers["Strict-Transport-Security"] == "max-age=31536000"
    again, nothing = fetch(https_port, "/articles/", If_None_Match=first.headers["ETag"])
    assert (again.status, nothing) == (304, b"")


def test_what_a_reader_claims_of_the_way_they_came_changes_nothing(https_port: int) -> None:
    _, page = fetch(https_port, "/authors/")
    _, claimed = fetch(
        https_port,
        "/authors/",
        X_Forwarded_Host="evil.example",
        X_Forwarded_Proto="http",
        X_Forwarded_For="::1",
    )

    assert claimed == page
    assert b"evil" not in claimed


def test_a_hashed_file_comes_from_the_disk_and_is_kept_for_ever(
    https_port: int, publication: tuple[Path, int]
) -> None:
    # Standfirst knows the files that were there when it started; this one it does not.
    (publication[0] / ".static" / "proof.0123456789ab.css").write_text("p { color: red }")

    response, contents = fetch(https_port, "/static/proof.0123456789ab.css")

    assert (response.status, contents) == (200, b"p { color: red }")
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Type"].startswith("text/css")


def style(port: int, **headers: str) -> http.client.HTTPResponse:
    """The answer to the question for a page's style."""
    _, page = fetch(port, "/articles/")
    found = re.search(rb'href="(/static/[^"]+\.css)"', page)
    assert found
    return fetch(port, found.group(1).decode(), **headers)[0]


def is_from_the_disk(response: http.client.HTTPResponse) -> bool:
    """Whether the server before us sent it by itself: from us it comes with this."""
    return "Referrer-Policy" not in response.headers


def test_the_style_of_a_page_comes_compressed_from_the_disk(https_port: int) -> None:
    response = style(https_port, Accept_Encoding="gzip")

    assert (response.status, response.headers["Content-Encoding"]) == (200, "gzip")
    assert is_from_the_disk(response)


def test_a_style_that_the_server_may_not_read_comes_all_the_same(
    https_port: int, publication: tuple[Path, int]
) -> None:
    if not IS_ROOT:
        pytest.skip("needs root: the server must run under another account")
    publication[0].chmod(0o700)
    try:
        response = style(https_port)
    finally:
        publication[0].chmod(0o750)

    assert response.status == 200
    assert not is_from_the_disk(response)
    assert {name for name in response.headers if len(response.headers.get_all(name) or []) != 1} == set()


def test_what_the_group_may_not_read_is_for_the_account_alone(publication: tuple[Path, int]) -> None:
    modes = {path.name: path.stat().st_mode & 0o777 for path in publication[0].iterdir()}

    assert modes["secret.key"] == modes["standfirst.toml"] == 0o600
    assert not [name for name, mode in modes.items() if mode & 0o002]
    document = next((publication[0] / "media" / "documents").iterdir())
    assert document.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("part", ["", "bytes=10-19", "bytes=-5"])
def test_a_document_is_sent_by_the_server_to_whoever_may_have_it(https_port: int, part: str) -> None:
    content = b"0123456789" * 500
    response, got = fetch(https_port, "/documents/1/open_%C3%A9.txt", **({"Range": part} if part else {}))

    expected = {"": content, "bytes=10-19": content[10:20], "bytes=-5": content[-5:]}[part]
    assert (response.status, got) == (206 if part else 200, expected)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Security-Policy"] == "default-src 'none'"
    assert response.headers["Content-Type"].startswith("text/plain")
    assert "X-Accel-Redirect" not in response.headers


def test_a_document_that_the_server_may_not_read_comes_all_the_same(
    https_port: int, publication: tuple[Path, int]
) -> None:
    if not IS_ROOT:
        pytest.skip("needs root: the server must run under another account")
    documents = publication[0] / "media" / "documents"
    documents.chmod(0o700)
    try:
        response, content = fetch(https_port, "/documents/1/open_%C3%A9.txt", Range="bytes=0-4")
    finally:
        documents.chmod(0o750)

    assert (response.status, content) == (206, b"01234")
    assert {name for name in response.headers if len(response.headers.get_all(name) or []) != 1} == set()


def test_nobody_else_gets_a_document(https_port: int) -> None:
    closed, _ = fetch(https_port, "/documents/2/closed_%C3%A9.txt")

    assert closed.status == 302
    for path in ("/-media/documents/closed_%C3%A9.txt", "/media/documents/closed_%C3%A9.txt"):
        assert fetch(https_port, path)[0].status == 404


def test_many_who_send_slowly_keep_nobody_else_waiting(https_port: int) -> None:
    head = (
        f"POST /admin/login/ HTTP/1.1\r\nHost: {NAME}\r\nCookie: csrftoken=x\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9999\r\n\r\ncsrfmiddlewaretoken="
    )
    with ExitStack() as waiting:
        for _ in range(60):
            connection = Encrypted(https_port)
            connection.connect()
            waiting.callback(connection.close)
            connection.send(head.encode())

        for path in ("/articles/", "/search/?q=anything"):
            assert fetch(https_port, path)[0].status == 200


@pytest.mark.parametrize("path", ["/articles/", "/admin/login/", "/admin/images/add/"])
@pytest.mark.parametrize("megabytes", [1, 200])
def test_a_large_upload_of_anybody_is_refused_before_it_comes(
    https_port: int, path: str, megabytes: int
) -> None:
    connection = Encrypted(https_port)
    connection.putrequest("POST", path, skip_host=True)
    connection.putheader("Host", NAME)
    connection.putheader("Content-Length", str(megabytes * 1_000_000))
    connection.endheaders()
    with suppress(OSError):
        # As a browser does: it looks for an answer only when all is sent, or nobody takes more.
        for _ in range(min(megabytes, 20)):
            connection.send(b"a" * 1_000_000)

    assert connection.getresponse().status in (405, 413)


def test_an_editor_can_log_in(https_port: int, publication: tuple[Path, int]) -> None:
    login = "/admin/login/"
    response, page = fetch(https_port, login)
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    cookie = str(response.headers["Set-Cookie"]).partition(";")[0]
    password = (publication[0] / "password").read_text()

    entered, _ = fetch(
        https_port,
        login,
        method="POST",
        body=f"csrfmiddlewaretoken={token.group(1).decode()}&username=editor&password={password}&next=/admin/",
        Content_Type="application/x-www-form-urlencoded",
        Cookie=cookie,
        Origin=f"https://{NAME}",
        Referer=f"https://{NAME}{login}",
    )

    assert entered.status == 302
    session = [
        value for value in entered.headers.get_all("Set-Cookie") or [] if value.startswith("sessionid=")
    ]
    assert "Secure" in session[0]
    desk, _ = fetch(https_port, "/admin/", Cookie=session[0].partition(";")[0])
    assert desk.status == 200


def test_a_publication_is_seen_at_once(https_port: int, publication: tuple[Path, int]) -> None:
    fetch(https_port, "/articles/")
    headline = f"Published {time.monotonic_ns()}"

    done = subprocess.run(
        [sys.executable, "-c", PUBLISH, str(publication[0]), headline],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert headline.encode() in fetch(https_port, "/articles/")[1]
    assert headline.encode() in fetch(https_port, done.stdout.strip())[1]


def test_systemd_understands_its_unit(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd-analyze here")
    unit = tmp_path / "standfirst.service"
    text = (OPERATIONS / "standfirst.service").read_text()
    unit.write_text(
        text.replace("/opt/standfirst/bin/standfirst", sys.executable).replace("User=lantern", "User=root")
    )

    found = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)

    assert found.returncode == 0, found.stderr
    assert str(unit) not in found.stderr
