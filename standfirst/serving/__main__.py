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
SECONDS_TO_END = 5
# The status of a generation that says in one sentence what is to be mended.
REFUSED = 2
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
    print(  # noqa: T201
        f"The reload failed: {new.why_not_ready()}. What was served before is served on.",
        file=sys.stderr,
        flush=True,
    )
    return serving


class Generation:
    """One start of the server: its web processes and its scheduler."""

    def __init__(self, *more: str) -> None:
        self._ready, tell_ready = os.pipe()
        self._more = more
        self.process = subprocess.Popen(
            self._command(tell_ready), pass_fds=[tell_ready], preexec_fn=_belong_to_us
        )
        os.close(tell_ready)

    def _command(self, tell_ready: int) -> list[str]:
        generation = [sys.executable, "-P", "-m", "standfirst.serving.generation"]
        return [*generation, *sys.argv[1:], *self._more, "--ready", str(tell_ready)]

    def is_ready(self) -> bool:
        """Wait until it serves; False if it ends first, or takes too long, or we are told to stop."""
        end = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < end and not STOPPING & signal.sigpending():
            if select.select([self._ready], [], [], 0.1)[0]:
                return os.read(self._ready, 1) == b"1"
        return False

    def why_not_ready(self) -> str:
        """Why it does not serve, as the end of a sentence. It ends with this."""
        # Nobody can say any more that it serves: it has ended, or is about to.
        has_hung_up = bool(select.select([self._ready], [], [], 0)[0])
        try:
            status = self.process.wait(timeout=SECONDS_TO_END if has_hung_up else 0)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            if STOPPING & signal.sigpending():
                return "we were told to stop while the new generation started"
            return f"the new generation did not listen within {SECONDS_TO_START} seconds, and was ended"
        if status < 0:
            return f"the new generation was ended by {signal.Signals(-status).name} before it listened"
        refused = (
            "publication can't be served as it is now"
            if status == REFUSED
            else "new generation ended with an error"
        )
        return f"the {refused} (status {status}; it said why above)"

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
