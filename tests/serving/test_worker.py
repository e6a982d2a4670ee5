"""What the web processes lean on of granian's own, none of which it promises to keep."""

import asyncio
import inspect
import resource
from importlib import import_module

from granian import server as granian_server
from granian.server import mp

from standfirst.serving import worker


def test_granian_still_starts_its_workers_as_ours_is_started() -> None:
    theirs = inspect.signature(mp.MPServer._spawn_rsgi_worker.__wrapped__)
    ours = inspect.signature(worker.serve_requests.__wrapped__)

    fixed = [
        name for name, parameter in ours.parameters.items() if parameter.kind is not parameter.VAR_POSITIONAL
    ]
    renamed = {"callback": "make_reception"}
    assert [renamed.get(name, name) for name in theirs.parameters][: len(fixed)] == fixed
    assert list(theirs.parameters)[len(fixed) :] == [
        "http2_settings",
        "websockets",
        "static_path",
        "log_access_fmt",
        "ssl_ctx",
        "scope_opts",
        "metrics",
    ]
    assert "spawn_target" in inspect.signature(granian_server.Server.serve).parameters


def test_granian_still_hands_requests_to_a_function_of_the_scheduler() -> None:
    native = import_module("granian._granian")
    loop = asyncio.new_event_loop()

    scheduler = worker.scheduler(loop, lambda scope, line: None)

    assert isinstance(scheduler, native.CallbackScheduler)
    assert callable(native.RSGIWorker.serve_mtr)
    assert {"response_empty", "response_bytes", "response_file_range", "__aiter__"} <= set(
        dir(native.RSGIHTTPProtocol)
    )
    loop.close()


def test_no_more_connections_are_taken_than_files_may_be_opened() -> None:
    allowed = worker.connections_allowed()

    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert 64 <= allowed <= worker.MOST_CONNECTIONS
    assert allowed == 64 or 2 * allowed + worker.OTHER_FILES <= files
