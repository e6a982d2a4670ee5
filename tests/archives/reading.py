"""Reading the magazine as a reader does: what a page's heading claims, what it lists, and where it leads."""

import json
import re
from dataclasses import dataclass

import lxml.html
from django.test import Client

CLIENT = Client(raise_request_exception=True)


@dataclass(frozen=True)
class Page:
    status: int
    html: str
    location: str = ""

    @property
    def tree(self) -> lxml.html.HtmlElement:
        return lxml.html.fromstring(self.html)

    @property
    def heading(self) -> str:
        return " ".join(self.tree.xpath("string(//h1)").split())

    @property
    def claimed(self) -> int:
        """The number in the heading; 0 for “No articles yet”."""
        number = re.match(r"([\d,]+) [\w ]+ by:|No articles yet by:", self.heading)
        assert number, self.heading
        return int((number.group(1) or "0").replace(",", ""))

    @property
    def claimed_to_machines(self) -> int:
        """The number that the structured data of a contributor's page has."""
        [data] = self.tree.xpath("//script[@type='application/ld+json']/text()")
        return int(json.loads(data)["mainEntity"]["agentInteractionStatistic"]["userInteractionCount"])

    @property
    def articles(self) -> list[str]:
        """The addresses of the articles listed, in order, less those under the headings of other work."""
        return self._entries("//*[contains(@class,'bibliography')]/*[contains(@class,'year')]")

    @property
    def other_work(self) -> dict[str, tuple[int, list[str], str]]:
        """Under each heading of other work: the number in it, the articles listed, and where older ones are."""
        work = {}
        for section in self.tree.xpath("//*[contains(@class,'other-work')]"):
            label, number = re.fullmatch(r"(.+) \(([\d,]+)\)", section.xpath("string(h2)").strip()).groups()
            entries = [
                link.get("href") for link in section.xpath(".//*[contains(@class,'entry-headline')]/a")
            ]
            older = section.xpath(".//a[@rel='next']/@href")
            work[label] = (int(number.replace(",", "")), entries, older[0] if older else "")
        return work

    @property
    def older(self) -> str:
        """Where “Older articles” leads, or nowhere."""
        links = self.tree.xpath("//*[contains(@class,'further')]//a[@rel='next']/@href")
        return links[0] if links else ""

    @property
    def every_article_linked(self) -> set[str]:
        return set(re.findall(r'href="(/\d{4}/\d{2}/[^"/]+/)"', self.html))

    def _entries(self, within: str) -> list[str]:
        return [
            link.get("href") for link in self.tree.xpath(f"{within}//*[contains(@class,'entry-headline')]/a")
        ]


def read(path: str) -> Page:
    response = CLIENT.get(path)
    return Page(response.status_code, response.content.decode(), response.get("Location", ""))


def walk(path: str) -> list[str]:
    """Every article of an archive: its address, then “Older articles” to the end."""
    articles: list[str] = []
    seen: set[str] = set()
    while path:
        assert path not in seen, f"{path} leads back to itself"
        seen.add(path)
        page = read(path)
        assert page.status == 200, (path, page.status)
        articles += page.articles
        path = page.older
    return articles


def people() -> dict[str, int]:
    """The A to Z: each contributor's address, and the count beside it, of articles or of what else it says."""
    return {
        entry.xpath("a/@href")[0]: int(
            entry.xpath("string(.//*[@class='people-count'])").split()[0].replace(",", "")
        )
        for entry in read("/authors/").tree.xpath("//*[@class='people']/li")
    }
