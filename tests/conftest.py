"""What every test may lean on, and the loud word about tests that could not run."""

import os
import shutil
import sys
from collections.abc import Callable

import pytest

import tests.profiles  # noqa: F401 - named for --hypothesis-profile before it is chosen

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


# What starts other programs, or the command anew, takes seconds; so do random histories.
FIXTURES_THAT_START_PROGRAMS = {
    "standfirst", "made", "empty_home", "served", "https_port", "publication", "varnish", "live_server", "transactional_db",
}  # fmt: skip


# What stands on the articles is tested with a magazine of them in the database: some thousand tests, and minutes.
ON_THE_ARTICLES = {
    "api", "archives", "backoffice", "cards", "cli", "feeds", "identity", "importers",
    "pagecache", "review", "search", "serving", "sitemaps", "theme",
}  # fmt: skip


def _is_slow(item: pytest.Item) -> bool:
    if ON_THE_ARTICLES & set(item.path.parts) and _uses_the_database(item):
        return True
    starts = set(getattr(item, "fixturenames", ())) & FIXTURES_THAT_START_PROGRAMS
    marker = item.get_closest_marker("django_db")
    is_history = hasattr(getattr(item, "cls", None), "runTest")
    return bool(starts) or is_history or bool(marker and marker.kwargs.get("transaction"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    _refuse_what_leaves_the_database_otherwise(items)
    for item in items:
        if _is_slow(item):
            item.add_marker(pytest.mark.slow)
    if os.environ.get("STANDFIRST_TEST_DATABASE", "").startswith("postgres"):
        _keep(config, items, _uses_the_database)
    else:
        _keep(config, items, lambda item: item.get_closest_marker("postgresql") is None)
    if find_chromium() or os.environ.get("STANDFIRST_REQUIRE_BROWSER") == "1":
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no Chromium here"))


def pytest_runtest_setup() -> None:
    if factories := sys.modules.get("tests.factories"):
        factories.count_from_the_start()


def _refuse_what_leaves_the_database_otherwise(items: list[pytest.Item]) -> None:
    """A test outside a transaction empties the database after it; unless what the migrations made is put back
    the same way by each, those that come after find content types of other numbers, or a site too few."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction") and not marker.kwargs.get("serialized_rollback"):
            raise pytest.UsageError(f"{item.nodeid}: a transaction=True needs its serialized_rollback=True")


def _keep(config: pytest.Config, items: list[pytest.Item], is_wanted: Callable[[pytest.Item], bool]) -> None:
    """Leaves out what runs on the other database, and here would prove nothing: it is counted as deselected."""
    config.hook.pytest_deselected(items=[item for item in items if not is_wanted(item)])
    items[:] = [item for item in items if is_wanted(item)]


def _uses_the_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    # Those of the page cache name the database to processes of their own.
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("postgresql")
    asks = marked or fixtures & {"db", "transactional_db", "live_server"}
    return bool(asks) or "pagecache" in item.path.parts


# What a skipped test says it lacks, and what is then untested and how to mend it.
LACKING = {
    "no Chromium here": (
        "{} browser tests did not run: accessibility and appearance are untested here. "
        "Install Chromium (Debian: apt-get install chromium), or name one in STANDFIRST_CHROMIUM."
    ),
    "no Varnish with its modules here": (
        "{} tests with Varnish did not run: its configuration is untested here. "
        "Install it (Debian: apt-get install varnish varnish-modules)."
    ),
} | {
    f"no {program} here": (
        f"{{}} tests with {program} did not run: our configuration of it is untested here. "
        f"Install it (Debian: apt-get install {package})."
    )
    for program, package in {
        "nginx": "nginx",
        "caddy": "caddy",
        "systemd-analyze": "systemd",
        "pgbouncer": "pgbouncer",
    }.items()
}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    for lack, sentence in LACKING.items():
        if number := sum(lack in reason for reason in skipped):
            terminalreporter.section("NOT TESTED", red=True, bold=True)
            terminalreporter.line(sentence.format(number), red=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where nothing may be skipped, a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    is_worker = hasattr(session.config, "workerinput")
    if os.environ.get("STANDFIRST_SKIP_NOTHING") != "1" or is_worker or reporter is None:
        return
    if reporter.stats.get("skipped") and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("STANDFIRST_SKIP_NOTHING is set, and tests were skipped.", red=True)
