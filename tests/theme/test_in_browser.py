"""The specimens in a real browser: axe finds nothing, nothing sticks out, nothing is asked of anybody else."""

import functools
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.theme.samples import pages
from tests.theme.specimen import write_specimens

pytestmark = pytest.mark.browser
NAMES = tuple(pages())
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: pytest has enough to say."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a folder of specimens."""
    folder: Path = tmp_path_factory.mktemp("specimens")
    write_specimens(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def opened(browser: Browser, address: str, *, width: int = 1440, scheme: str = "light") -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address)
    return page


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])
def test_axe_finds_nothing(browser: Browser, site: str, width: int, scheme: str) -> None:
    found = {}
    for name in NAMES:
        page = opened(browser, f"{site}/{name}.html", width=width, scheme=scheme)
        results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response
        assert results["passes"]
        found[name] = [(fault["id"], fault["nodes"][0]["html"]) for fault in results["violations"]]
        page.close()

    assert {name: faults for name, faults in found.items() if faults} == {}


def test_no_page_scrolls_sideways(browser: Browser, site: str) -> None:
    sideways = []
    for name in NAMES:
        page = opened(browser, f"{site}/{name}.html")
        for width in (320, 768, 1200):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                sideways.append((name, width))
        page.close()

    assert sideways == []


def test_name_is_the_largest_thing_on_a_contributors_page(browser: Browser, site: str) -> None:
    page = opened(browser, f"{site}/contributor.html")
    sizes = page.evaluate(
        "Array.from(document.querySelectorAll('body *')).map(e => [parseFloat(getComputedStyle(e).fontSize), e.className])"
    )
    page.close()

    assert max(sizes)[1] == "name"


def test_date_and_section_hang_in_the_margin_where_there_is_one(browser: Browser, site: str) -> None:
    compare = """() => {
        const box = selector => document.querySelector('.entries ' + selector).getBoundingClientRect();
        return [box('.entry-place').right < box('.entry-headline').left, box('.entry-place').top > box('.entry-headline').bottom];
    }"""

    wide, narrow = (
        opened(browser, f"{site}/contributor.html"),
        opened(browser, f"{site}/contributor.html", width=360),
    )

    assert wide.evaluate(compare)[0]
    assert narrow.evaluate(compare)[1]
    wide.close()
    narrow.close()


def test_lines_of_text_have_62_to_68_characters(browser: Browser, site: str) -> None:
    page = opened(browser, f"{site}/article.html")
    page.evaluate("document.fonts.ready")
    per_line = page.evaluate(
        """() => {
            const p = document.querySelector('.body > p'), style = getComputedStyle(p);
            const canvas = document.createElement('canvas').getContext('2d');
            canvas.font = `${style.fontSize} ${style.fontFamily}`;
            return p.clientWidth / (canvas.measureText(p.textContent).width / p.textContent.length);
        }"""
    )
    page.close()

    assert 62 <= per_line <= 68


def test_page_asks_only_its_own_site(browser: Browser, site: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/article.html")
    page.close()

    assert {url for url in asked if not url.startswith(site)} == set()


def held_in(late: list[Route]) -> Callable[[Route], None]:
    """What keeps requests waiting, and puts them where they can be let go on."""

    def hold(route: Route) -> None:
        late.append(route)

    return hold


def test_hardly_anything_moves_when_the_faces_arrive(browser: Browser, site: str) -> None:
    noted = "new PerformanceObserver(list => list.getEntries().forEach(e => window.moved = (window.moved || 0) + e.value))"
    moved = {}
    for name in ("front", "article", "contributor", "listing"):
        for width in (412, 1350):
            page = browser.new_page(viewport={"width": width, "height": 900})
            page.add_init_script(f"{noted}.observe({{type: 'layout-shift', buffered: true}})")
            late: list[Route] = []
            page.route("**/*.woff2", held_in(late))
            page.goto(f"{site}/{name}.html", wait_until="domcontentloaded")
            page.wait_for_function("document.body.offsetHeight > 0")
            # What stands in for the faces has been painted.
            page.evaluate(
                "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
            )
            for route in late:
                route.continue_()
            page.evaluate("document.fonts.ready.then(() => null)")
            page.evaluate(
                "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
            )
            moved[name, width] = page.evaluate("window.moved || 0")
            page.close()

    assert {page: sum for page, sum in moved.items() if sum > 0.02} == {}
