"""Servers to put a load on, and the load: wrk from Debian's packages, one core for each."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SERVER_CORE, LOAD_CORE = "0", "1"


@dataclass(frozen=True)
class Load:
    """What wrk says of one run."""

    per_second: float
    latency: dict[str, float]  # milliseconds, by percentile: "50%", "99%", …
    errors: int


def missing() -> list[str]:
    """The programs that are needed and not here."""
    return [name for name in ("wrk", "nginx", "taskset") if not shutil.which(name)]


def load(
    url: str, *headers: str, seconds: float = 3, script: Path | None = None, connections: int = 16
) -> Load:
    """Ask for one address, or what a script says, as fast as one core can."""
    command = ["taskset", "-c", LOAD_CORE, "wrk", "-t1", f"-c{connections}", f"-d{seconds:g}s", "--latency"]
    for header in headers:
        command += ["-H", header]
    if script:
        command += ["-s", str(script)]
    said = subprocess.run([*command, url], check=True, capture_output=True, text=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert rate, said
    found = re.findall(r"^\s+(\d+(?:\.\d+)?%)\s+([\d.]+)(us|ms|s)$", said, re.M)
    latency = {name: float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit] for name, value, unit in found}
    errors = sum(int(number) for number in re.findall(r"(?:connect|read|write|timeout) (\d+)", said))
    errors += sum(int(number) for number in re.findall(r"Non-2xx or 3xx responses: (\d+)", said))
    return Load(float(rate.group(1)), latency, errors)


@contextmanager
def served(
    home: Path, *, keep: bool = True, workers: int = 1, core: str = SERVER_CORE
) -> Iterator[tuple[str, int]]:
    """A publication served on one core: its address, and the id of the process all others come from."""
    file = home / "standfirst.toml"
    settings = file.read_text()
    port = _free_port()
    file.write_text(settings if keep else settings + "\n[cache]\nkeep = false\n")
    command = ["taskset", "-c", core, sys.executable, "-m", "standfirst", "--home", str(home), "serve"]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--workers", str(workers)], stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(f"http://localhost:{port}/healthz")
        yield f"http://localhost:{port}", process.pid
    finally:
        process.terminate()
        process.wait()
        file.write_text(settings)


@contextmanager
def nginx(pages: dict[str, bytes]) -> Iterator[str]:
    """nginx with these pages as files: Debian's settings, one process, no log of requests."""
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        for name, page in pages.items():
            Path(folder, name).write_bytes(page)
        Path(folder, "nginx.conf").write_text(
            f"""
            worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/error;
            events {{ worker_connections 768; }}
            http {{ sendfile on; tcp_nopush on; access_log off; default_type text/html;
                    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
                    server {{ listen 127.0.0.1:{port}; root {folder}; }} }}
            """
        )
        os.chmod(folder, 0o755)
        command = [
            "taskset",
            "-c",
            SERVER_CORE,
            "nginx",
            "-e",
            f"{folder}/error",
            "-c",
            f"{folder}/nginx.conf",
        ]
        process = subprocess.Popen(command)
        try:
            _wait_for(f"http://127.0.0.1:{port}/{next(iter(pages))}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def fetched(url: str, **headers: str) -> tuple[dict[str, str], bytes]:
    """The headers and the body of one answer."""
    request = urllib.request.Request(
        url, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        return {name.lower(): value for name, value in response.headers.items()}, response.read()


def tree(pid: int) -> list[int]:
    """A process and all that come from it."""
    below = [
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]
    return [pid, *(each for child in below for each in tree(child))]


def memory(pid: int) -> float:
    """Megabytes a tree of processes takes, what they share counted once (proportional set size)."""
    kilobytes = 0
    for each in tree(pid):
        found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{each}/smaps_rollup").read_text(), re.M)
        kilobytes += int(found.group(1)) if found else 0
    return kilobytes / 1000


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str) -> None:
    for _ in range(600):
        try:
            fetched(url)
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"{url} does not answer")
