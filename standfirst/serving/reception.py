"""The reception: it is given each request first, and holds up none for another.

    kept pages, static files      answered where the request comes in, at once
    a request with a body         its body is waited for in the event loop, then as all else:
    all else                      rendered by a thread of a few; who finds too many waiting is told to come back
    what takes long, as searches  rendered by one thread of its own, one after the other
    what is answered with a file  sent by the HTTP server, or by the one before us

So slow senders and slow readers cost a connection, and no thread. Written against RSGI, granian's own interface, whose
protocol object can be answered from any thread at any time; what runs behind is WSGI all the same (docs/decisions/0014).
"""

import asyncio
import contextlib
import logging
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

from standfirst.serving.environ import Scope, environ_of, with_body
from standfirst.serving.files import Elsewhere, File, Headers, Place, part_asked_for
from standfirst.serving.front_door import SOURCE, Application, StartResponse
from standfirst.serving.incoming import SAFE_METHODS, Body, Entrance, Gone, Refused, size_of, take_in

log = logging.getLogger("standfirst.reception")

# Answers, or returns None if it is not for it to answer.
AtOnce = Callable[[dict[str, Any], StartResponse], Iterable[bytes] | None]
# Told of each answer: the environment, the status, the seconds it took.
Told = Callable[[Mapping[str, Any], int, float], None]

# Says only that the process is there and takes requests: nothing is looked up.
ALIVE = "/livez"
# Requests waiting for a thread, in each process. Beyond it a later one would wait longer than its reader does.
MOST_WAITING = 256
MOST_WAITING_FOR_LONG = 32
# While one of those is rendered, how long a thread holds the interpreter's lock before another has it. Python's own 5 ms would be
# what a kept page waits; so short for ever, it would cost all of them some hundredths.
SECONDS_OF_THE_LOCK = 0.0005
# How much their thread gives way on the processor (nice). With more it would hardly get on beside another busy process.
GIVING_WAY = 5
# Bodies on their way in, in each process, from whoever is not known to be logged in.
MOST_BODIES = 1_000
# Of a body that was refused so much is let go by, for so long: a connection that is closed on what its sender has still
# under way is reset, and the sender never reads why (RFC 9112, section 9.6).
LET_GO_BY, SECONDS_TO_LET_GO_BY = 16 * 1024 * 1024, 3.0
# Larger bodies go to a file.
BODY_IN_MEMORY = 128 * 1024


class Line(Body, Protocol):
    """What a request is answered through, by any thread (RSGI's protocol object). The first answer counts."""

    async def __anext__(self) -> bytes: ...
    def response_empty(self, status: int, headers: Headers) -> None: ...
    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None: ...
    def response_file_range(self, status: int, headers: Headers, file: str, start: int, end: int) -> None: ...


class Call:
    """One request and what it will be answered through."""

    __slots__ = ("began", "environ", "headers", "is_arriving", "line", "part", "status")

    def __init__(self, environ: dict[str, Any], line: Line) -> None:
        self.began = time.perf_counter()
        self.environ = environ
        self.line = line
        # Kept from everybody behind: a part is cut here, in one way, of whatever they answer with.
        self.part: str = environ.pop("HTTP_RANGE", "")
        self.status = 500
        self.headers: Headers = []
        self.is_arriving = False

    def start_response(self, status: str, headers: Headers, exc_info: Any = None) -> Any:
        self.status = int(status[:3])
        self.headers = headers


class Lane:
    """Some threads, and those who wait for one."""

    def __init__(
        self, name: str, *, threads: int, waiting: int, first: Callable[[], None] | None = None
    ) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name, initializer=first)
        self._places = threading.BoundedSemaphore(waiting + threads)

    def submit(self, do: Callable[[], None]) -> None:
        """Have a thread do something as soon as one is free. Raises Refused if too many wait for that."""
        if not self._places.acquire(blocking=False):
            raise _too_many()
        self._threads.submit(self._run, do)

    def _run(self, do: Callable[[], None]) -> None:
        try:
            do()
        finally:
            self._places.release()


def _give_way_on_the_processor() -> None:
    # Elsewhere it would be the whole process that gives way.
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), GIVING_WAY)


@contextlib.contextmanager
def _lending_the_lock() -> Iterator[None]:
    """Have other threads wait less for this one. Of one thread at a time: what it changes is the process's."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SECONDS_OF_THE_LOCK)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


class Reception:
    """Takes every request of a web process.

    Of what `takes_long` one at a time is rendered: two would hold up all else for as long as each of them takes the
    interpreter's lock, and neither would be done sooner.
    """

    def __init__(
        self,
        *,
        at_once: Sequence[AtOnce],
        rendered: Application,
        entrance: Entrance,
        loop: asyncio.AbstractEventLoop,
        threads: int,
        headers: Headers,
        takes_long: Callable[[str], bool] = lambda path: False,
        elsewhere: Elsewhere | None = None,
        told: Sequence[Told] = (),
    ) -> None:
        self._at_once = at_once
        self._rendered = rendered
        self._entrance = entrance
        self._loop = loop
        # On every answer that nobody behind has made.
        self._headers = headers
        self._elsewhere = elsewhere
        self._told = told
        self._takes_long = takes_long
        self._lane = Lane("rendering", threads=threads, waiting=MOST_WAITING)
        self._long_lane = Lane(
            "rendering-long", threads=1, waiting=MOST_WAITING_FOR_LONG, first=_give_way_on_the_processor
        )
        self._bodies = threading.BoundedSemaphore(MOST_BODIES)
        self._arriving: set[asyncio.Task[None]] = set()

    def __call__(self, scope: Scope, line: Line) -> None:
        """Answer a request, now or later. Called by the HTTP server's threads: it neither waits nor raises."""
        try:
            call = Call(environ_of(scope), line)
            try:
                self._receive(call)
            except Refused as refused:
                self._refuse(call, refused)
        except Exception:
            log.exception("A request could not be taken.")
            line.response_empty(500, self._headers)

    def close(self) -> None:
        """Tell those whose bodies are on their way to come back later. To be called in the event loop."""
        for task in self._arriving:
            task.cancel()

    def _receive(self, call: Call) -> None:
        environ = call.environ
        if environ["REQUEST_METHOD"] not in SAFE_METHODS:
            self._receive_body(call)
            return
        # A body means nothing with these (RFC 9110, section 9.3.1), and is not read: the connection ends with the answer.
        environ.pop("CONTENT_LENGTH", None)
        for answered in self._at_once:
            body = answered(environ, call.start_response)
            if body is not None:
                self._send(call, body)
                return
        if environ["PATH_INFO"] == ALIVE:
            self._say(call, 200, "Here.")
            return
        self._render(call)

    def _receive_body(self, call: Call) -> None:
        limit = self._entrance.room_for(call.environ)
        if size_of(call.environ) == 0:
            self._render(call)
        elif limit is not None and self._bodies.acquire(blocking=False):
            self._in_loop(self._take_in(call, limit, self._bodies))
        elif limit is None or self._entrance.has_session(call.environ):
            self._in_thread(call, self._let_in)
        else:
            raise _too_many()

    def _let_in(self, call: Call) -> None:
        limit = self._entrance.room_for_sender(call.environ)
        self._in_loop(self._take_in(call, limit, None))

    async def _take_in(self, call: Call, limit: int, counted: threading.BoundedSemaphore | None) -> None:
        task = asyncio.current_task()
        assert task
        self._arriving.add(task)
        call.is_arriving = True
        store = tempfile.SpooledTemporaryFile(max_size=BODY_IN_MEMORY)  # noqa: SIM115 - closed after the answer
        try:
            size = await take_in(call.line, store, size=size_of(call.environ), limit=limit)
            store.seek(0)
            with_body(call.environ, store, size)
            self._render(call)
        except asyncio.CancelledError:
            self._refuse(call, _too_many())
        except Refused as refused:
            store.close()
            self._refuse(call, refused)
        except Gone:
            store.close()
            self._refuse(call, Refused(400, "The request ended early."))
        except Exception:
            store.close()
            log.exception("A request's body could not be taken in.")
            self._refuse(call, Refused(500, "That did not work."))
        finally:
            self._arriving.discard(task)
            if counted:
                counted.release()

    def _in_loop(self, taking: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(taking, self._loop)

    def _render(self, call: Call) -> None:
        self._in_thread(call, self._answer_rendered)

    def _in_thread(self, call: Call, do: Callable[[Call], None]) -> None:
        """Have a thread do something for a request, as soon as one is free. Raises Refused if too many wait for that."""
        if self._takes_long(call.environ["PATH_INFO"]):
            self._long_lane.submit(lambda: self._run_long(call, do))
        else:
            self._lane.submit(lambda: self._run(call, do))

    def _run_long(self, call: Call, do: Callable[[Call], None]) -> None:
        with _lending_the_lock():
            self._run(call, do)

    def _run(self, call: Call, do: Callable[[Call], None]) -> None:
        try:
            do(call)
        except Refused as refused:
            self._refuse(call, refused)
        except Exception:
            log.exception("%s could not be answered.", call.environ["PATH_INFO"])
            self._say(call, 500, "That did not work.")

    def _answer_rendered(self, call: Call) -> None:
        try:
            self._send(call, self._rendered(call.environ, call.start_response))
        finally:
            call.environ["wsgi.input"].close()

    def _send(self, call: Call, body: Iterable[bytes]) -> None:
        try:
            place = body.place() if isinstance(body, File) else None
            if place is None:
                call.line.response_bytes(call.status, call.headers, b"".join(body))
            else:
                self._send_file(call, place)
        finally:
            if hasattr(body, "close"):
                body.close()
        self._tell(call)

    def _send_file(self, call: Call, place: Place) -> None:
        sent = None
        # Where the server before us could not read one it asks again, and says so.
        if self._elsewhere and call.environ.get("HTTP_X_ACCEL") != "no":
            sent = self._elsewhere.sends(call.status, call.headers, place)
        sent = sent or part_asked_for(call.environ, call.part, call.status, call.headers, place)
        call.status, headers, place_sent = sent
        if (
            place_sent is None
            or place_sent.start == place_sent.end
            or call.environ["REQUEST_METHOD"] == "HEAD"
        ):
            call.line.response_empty(call.status, headers)
        else:
            call.line.response_file_range(call.status, headers, *place_sent)

    def _refuse(self, call: Call, refused: Refused) -> None:
        # What was not read of a body can't be told from the next request: the connection ends here.
        headers = [("Connection", "close"), *refused.headers.items()]
        self._say(call, refused.status, refused.said, *headers)
        if refused.status in (405, 413, 503) and size_of(call.environ) != 0:
            self._in_loop(self._let_go_by(call))

    async def _let_go_by(self, call: Call) -> None:
        body = call.line if call.is_arriving else aiter(call.line)
        seen = 0
        with contextlib.suppress(Exception):
            async with asyncio.timeout(SECONDS_TO_LET_GO_BY):
                while seen < LET_GO_BY and (data := await anext(body)):
                    seen += len(data)

    def _say(self, call: Call, status: int, said: str, *headers: tuple[str, str]) -> None:
        call.status = status
        call.environ[SOURCE] = "reception"
        text = f"{said}\n".encode()
        about = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")]
        body = b"" if call.environ["REQUEST_METHOD"] == "HEAD" else text
        call.line.response_bytes(
            status, [*self._headers, *about, *headers, ("Content-Length", str(len(text)))], body
        )
        self._tell(call)

    def _tell(self, call: Call) -> None:
        for told in self._told:
            told(call.environ, call.status, time.perf_counter() - call.began)


def _too_many() -> Refused:
    return Refused(503, "Too many are waiting. Please try again in a moment.", Retry_After="5")
