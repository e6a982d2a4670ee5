"""The process that `standfirst serve` becomes: it keeps one generation of the server running, and replaces it on SIGHUP.

It loads nothing of what it serves, so a reload takes up new code, a new theme and a changed `standfirst.toml` whole.
"""

import ctypes
import os
import select
import signal
import subprocess
import sys
import time

STOPPING = {signal.SIGTERM, signal.SIGINT}
HEARD = {*STOPPING, signal.SIGHUP, signal.SIGCHLD}
SECONDS_TO_START = 120
PR_SET_PDEATHSIG = 1


def main() -> int:
    # Blocked, and taken one by one: between looking and waiting none can be missed.
    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
    serving = Generation()
    while True:
        number = signal.sigwaitinfo(HEARD).si_signo
        if number in STOPPING:
            return serving.stop()
        if number == signal.SIGHUP:
            serving = replaced(serving)
        if (status := serving.process.poll()) is not None:
            return abs(status)


def replaced(serving: "Generation") -> "Generation":
    """A new generation, once it serves; the present one, if the new one cannot start (it has said why)."""
    new = Generation("--takeover")
    if new.is_ready():
        serving.stop()
        return new
    new.process.kill()
    new.process.wait()
    print("The reload failed; what was served before is served on.", file=sys.stderr, flush=True)  # noqa: T201
    return serving


class Generation:
    """One start of the server: its web processes and its scheduler."""

    def __init__(self, *more: str) -> None:
        self._ready, tell_ready = os.pipe()
        command = [sys.executable, "-P", "-m", "standfirst.serving.generation", *sys.argv[1:], *more]
        self.process = subprocess.Popen(
            [*command, "--ready", str(tell_ready)], pass_fds=[tell_ready], preexec_fn=_belong_to_us
        )
        os.close(tell_ready)

    def is_ready(self) -> bool:
        """Wait until it serves; False if it ends first, or takes too long, or we are told to stop."""
        end = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < end and not STOPPING & signal.sigpending():
            if select.select([self._ready], [], [], 0.1)[0]:
                return os.read(self._ready, 1) == b"1"
        return False

    def stop(self) -> int:
        """End it in order, and return its exit status."""
        self.process.terminate()
        status = self.process.wait()
        os.close(self._ready)
        return status


def _belong_to_us() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, HEARD)
    os.setpgrp()  # Ctrl-C is for us, who stop it in order.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
