"""What every test may lean on, and the loud word about tests that could not run."""

import os
import shutil

import pytest

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """The browser the browser tests drive: the one `STANDFIRST_CHROMIUM` names, else one on the path."""
    named = os.environ.get("STANDFIRST_CHROMIUM")
    return named or next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium. Without one the test is skipped, or fails where a browser is required."""
    found = find_chromium()
    if found is None and os.environ.get("STANDFIRST_REQUIRE_BROWSER") == "1":
        pytest.fail("STANDFIRST_REQUIRE_BROWSER is set, and there is no Chromium here.")
    if found is None:
        pytest.skip("no Chromium here")
    return found


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if find_chromium() or os.environ.get("STANDFIRST_REQUIRE_BROWSER") == "1":
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no Chromium here"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if "no Chromium here" in str(r.longrepr)]
    if skipped:
        terminalreporter.section("NOT TESTED", red=True, bold=True)
        terminalreporter.line(
            f"{len(skipped)} browser tests did not run: accessibility and appearance are untested here. "
            "Install Chromium (Debian: apt-get install chromium), or name one in STANDFIRST_CHROMIUM.",
            red=True,
        )


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where nothing may be skipped, a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    is_worker = hasattr(session.config, "workerinput")
    if os.environ.get("STANDFIRST_SKIP_NOTHING") != "1" or is_worker or reporter is None:
        return
    if reporter.stats.get("skipped") and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("STANDFIRST_SKIP_NOTHING is set, and tests were skipped.", red=True)
