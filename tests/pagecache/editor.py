"""An editor at work in a process of their own: `python -m tests.pagecache.editor HOME NAME SEED STEPS`.

Edits a little world that nobody else touches. Prints, a line of JSON each: before a step what will be seen once it is
done, and after its commit that it is. Begins with what is there, so that it can be killed at any moment and started again.
"""

import json
import random
import sys
from typing import Any

from standfirst.config.opening import open_publication

NAMES = ("Quill", "Marsh", "Reed")
MOST_ARTICLES = 12


def main() -> None:
    home, name, seed, steps = sys.argv[1:]
    open_publication(home)
    editor = Editor(name, random.Random(seed))
    say("done", editor.seen())
    for _ in range(int(steps)):
        step = editor.choose()
        say("begins", editor.seen_after(step))
        editor.do(step)
        say("done", editor.seen())


def say(what: str, seen: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps([what, seen]) + "\n")
    sys.stdout.flush()


class Editor:
    """Three contributors and a few articles, all with the editor's name in theirs."""

    def __init__(self, name: str, chance: random.Random) -> None:
        from django.db import transaction

        from standfirst.articles.models import ArticlePage
        from standfirst.contributors.actions import create_contributor
        from standfirst.contributors.models import Contributor

        self.name, self.chance = name, chance
        with transaction.atomic():
            for surname in NAMES:
                slug = f"{name}-{surname}".lower()
                if not Contributor.objects.filter(slug=slug).exists():
                    create_contributor(display_name=f"{name} {surname}", slug=slug, is_public=True, by=None)
        self.people = {
            person.slug: person.display_name
            for person in Contributor.objects.filter(slug__startswith=f"{name.lower()}-")
        }
        self.articles: dict[int, dict[str, Any]] = {}
        for article in ArticlePage.objects.filter(title__startswith=f"{name} ").order_by(
            "first_published_at", "pk"
        ):
            credited = [credit.contributor.slug for credit in article.credits.order_by("sort_order")]
            self.articles[article.pk] = {
                "headline": article.title,
                "by": credited,
                "public": article.is_public,
                "address": f"/{article.address}/" if article.address else "",
            }
        self.number = len(self.articles)

    def choose(self) -> tuple[Any, ...]:
        public = [pk for pk, article in self.articles.items() if article["public"]]
        hidden = [pk for pk, article in self.articles.items() if not article["public"]]
        by = self.chance.sample(sorted(self.people), self.chance.choice([1, 1, 2]))
        steps: list[tuple[Any, ...]] = [("rename", self.chance.choice(sorted(self.people)))]
        if len(self.articles) < MOST_ARTICLES:
            steps += [("publish", by)] * 3
        if public:
            steps += [("unpublish", self.chance.choice(public)), ("credit", self.chance.choice(public), by)]
            steps += [("retitle", self.chance.choice(public))] * 2
        if hidden:
            steps.append(("publish again", self.chance.choice(hidden)))
        return self.chance.choice(steps)

    def do(self, step: tuple[Any, ...]) -> None:
        from standfirst.articles.actions import create_article, save_article, set_credits
        from standfirst.articles.models import ArticlePage
        from standfirst.contributors.models import Contributor
        from standfirst.identity.actions import rename

        def contributors(slugs: list[str]) -> list[tuple[Contributor, str]]:
            return [(Contributor.objects.get(slug=slug), "author") for slug in slugs]

        kind, what = step[0], step[1]
        after = self._after(step)
        match kind:
            case "rename":
                person = Contributor.objects.get(slug=what)
                rename(person, display_name=after[0][what], by=None)
            case "publish":
                headline = after[1][-1]["headline"]
                article = create_article(headline=headline, by=None, credits=contributors(what), publish=True)
                after[1][-1]["address"] = article.url
                after[1][article.pk] = after[1].pop(-1)
            case "unpublish":
                ArticlePage.objects.get(pk=what).unpublish()
            case "publish again":
                ArticlePage.objects.get(pk=what).save_revision().publish()
            case "credit":
                set_credits(ArticlePage.objects.get(pk=what), contributors(step[2]), by=None)
            case "retitle":
                article = ArticlePage.objects.get(pk=what)
                article.title = after[1][what]["headline"]
                save_article(article, by=None)
        self.people, self.articles = after
        self.number += 1

    def seen(self) -> dict[str, Any]:
        return seen(self.people, self.articles)

    def seen_after(self, step: tuple[Any, ...]) -> dict[str, Any]:
        return seen(*self._after(step))

    def _after(self, step: tuple[Any, ...]) -> tuple[dict[str, str], dict[int, dict[str, Any]]]:
        people = dict(self.people)
        articles = {pk: dict(article) for pk, article in self.articles.items()}
        kind, what = step[0], step[1]
        match kind:
            case "rename":
                people[what] = f"{self.name} {NAMES[self.number % 3]}{self.number}"
            case "publish":
                headline = f"{self.name} {len(articles)} version 0"
                articles[-1] = {"headline": headline, "by": what, "public": True, "address": ""}
            case "unpublish":
                articles[what]["public"] = False
            case "publish again":
                articles[what]["public"] = True
            case "credit":
                articles[what]["by"] = step[2]
            case "retitle":
                begins, _, version = articles[what]["headline"].rpartition(" ")
                articles[what]["headline"] = f"{begins} {int(version) + 1}"
        return people, articles


def seen(people: dict[str, str], articles: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """What readers see at which address: of a contributor the name and the headlines, of an article the headline."""
    public = [article for article in articles.values() if article["public"]][::-1]
    shown: dict[str, Any] = {
        f"/author/{slug}/": [name, [article["headline"] for article in public if slug in article["by"]]]
        for slug, name in people.items()
    }
    for article in articles.values():
        if article["address"]:
            shown[article["address"]] = article["headline"] if article["public"] else None
    shown["/articles/"] = [article["headline"] for article in public]
    return shown


if __name__ == "__main__":
    main()
