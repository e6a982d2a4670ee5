"""Our health, on a port of its own (`server.health_port`): who asks there need not queue with the readers.

The scheduler's process answers, and asks a web process whether it takes requests.
"""

import http.client
import json
import logging
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.db import connection

from standfirst.serving.health import Part, summary, wellbeing
from standfirst.serving.reception import ALIVE

log = logging.getLogger("standfirst.health")

# Whoever asks and then says nothing is hung up on; a web process that takes longer is not well.
SECONDS_TO_ASK = 5
SECONDS_TO_ANSWER = 3
# While a reload lasts the former generation still answers on the port; after this somebody else has it.
SECONDS_TO_WAIT_FOR_THE_PORT = 15


def answer_for_our_health(host: str, port: int, *, web: str, stop: threading.Event) -> None:
    """Answer whoever asks, from threads of their own, as soon as the port is to be had.

    `/livez`: that we run; whoever gets no answer may restart us. `/readyz` and `/healthz`: whether all is well, the web
    processes at `web` (a host and a port) too; who gets 503 may send readers elsewhere.
    """
    threading.Thread(
        target=_answer_when_free, args=(host, port, web, stop), name="health", daemon=True
    ).start()


def _answer_when_free(host: str, port: int, web: str, stop: threading.Event) -> None:
    class Answers(_Answers):
        address = web

    waited = 0
    while not stop.is_set():
        try:
            server = _Server((host, port), Answers)
        except OSError as error:
            if waited == SECONDS_TO_WAIT_FOR_THE_PORT:
                log.warning("Health is not told on port %s (%s); trying on.", port, error)
            waited += 1
            stop.wait(1)
        else:
            threading.Thread(target=server.serve_forever, name="health", daemon=True).start()
            stop.wait()
            server.shutdown()
            server.server_close()
            return


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], answers: type[BaseHTTPRequestHandler]) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, answers)


class _Answers(BaseHTTPRequestHandler):
    address = ""
    timeout = SECONDS_TO_ASK
    server_version = "Standfirst"
    sys_version = ""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == ALIVE:
            self._say(200, {"status": "ok"})
        elif path in ("/readyz", "/healthz"):
            try:
                parts = wellbeing() | {"web": web_processes(self.address)}
            finally:
                connection.close()
            self._say(*summary(parts))
        else:
            self._say(404, {"status": "not here"})

    def _say(self, status: int, said: dict[str, str]) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Not a line each time."""


def web_processes(address: str) -> Part:
    """Whether one of them takes a request."""
    asked = http.client.HTTPConnection(address, timeout=SECONDS_TO_ANSWER)
    try:
        asked.request("HEAD", ALIVE)
        return (
            Part(True, "ok") if asked.getresponse().status == 200 else Part(False, "does not take requests")
        )
    except (OSError, http.client.HTTPException):
        return Part(False, "does not answer")
    finally:
        asked.close()
