"""No kept page is ever older than the database, whatever happens; and hardly a page goes that need not.

The machine of `tests/archives/test_histories.py` edits a magazine; this one adds what else changes pages. Readers read
everything before each step, so that it is kept. After the step each page that is still kept must be what a rendering
now gives, byte for byte. STANDFIRST_HISTORIES says how many histories are tried.
"""

import io
import os
import sys
from collections import Counter
from contextlib import suppress

import pytest
from django.core.files.images import ImageFile
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model

from standfirst.addresses.redirects import lead_to_page
from standfirst.articles.actions import save_article
from standfirst.articles.models import ArticlePage, Correction
from standfirst.bylines.models import Credit
from standfirst.contributors.actions import save_contributor
from standfirst.contributors.models import Contributor, ContributorLink, ContributorSlug
from standfirst.contributors.queries import presently
from standfirst.identity.actions import RenameScope, merge_contributors, rename, split_contributor, undo
from standfirst.identity.errors import CannotChange
from standfirst.pagecache.keys import EVERYTHING
from standfirst.pagecache.store import versions_of
from standfirst.publications.actions import save_section
from standfirst.publications.models import FrontPage, PublicationPage, PublicationSettings, Section
from tests import ways
from tests.archives.test_histories import Magazine
from tests.factories import some_articles
from tests.pagecache.keeping import kept_answer, kept_paths, not_kept, pagecache, sent
from tests.profiles import examples

pytestmark = pytest.mark.django_db

# How many pages may go for each that had to, over all histories: a proportion is one only of many pages, and in a few
# histories a single unlucky step is most of the sum.
ENOUGH = 400
ALLOWED, ALLOWED_OF_FEW = 1.2, 2.0
WORDS = ["rivers", "tides", "locks"]
# Of how many articles every way in is tried, besides an old one, and how many ways at a step.
NEWEST, WAYS = 2, 8


class Kept(Magazine):
    """The magazine, read by everybody between any two things that happen to it."""

    total: Counter[str] = Counter()

    def __init__(self):
        super().__init__()
        self.addresses: set[str] = set()
        self.step = 0
        self.generation: dict[str, int] = {}
        self.keeping = pagecache(is_on=True)
        self.keeping.enable()
        # Enough for archive pages to be cut, and to be cut anew.
        self.past = some_articles(
            58, self.people[0], (self.people[1], "translator"), section=self.sections[0], topics=self.topics
        )
        self.changes = []
        self.about = FrontPage.objects.get().add_child(instance=PublicationPage(title="About", slug="about"))

    def teardown(self):
        self.keeping.disable()
        super().teardown()

    # --- what else happens -------------------------------------------------------------------------------------

    @rule(
        which=st.integers(0, 57), what=st.sampled_from(["unpublish", "delete", "retitle", "redate", "credit"])
    )
    def something_old(self, which, what):
        article = ArticlePage.objects.filter(pk=self.past[which].pk).first()
        if article is None:
            return
        match what:
            case "unpublish":
                article.unpublish()
            case "delete":
                article.delete()
            case "retitle":
                article.title += " again"
            case "redate":
                article.backdated_to = self.past[0].first_published_at
            case "credit":
                article.credits = article.credits.all()[1:]
        if what not in ("unpublish", "delete"):
            save_article(article, by=None)

    @rule(which=st.integers(0, 57), word=st.sampled_from(WORDS))
    def correct(self, which, word):
        article = ArticlePage.objects.filter(pk=self.past[which].pk).first()
        if article is not None:
            article.corrections.add(Correction(text=f"<p>It was {word}.</p>"))
            article.body = [
                ("paragraph", f'<p>See <a linktype="page" id="{self.about.pk}">us</a> on {word}.</p>')
            ]
            save_article(article, by=None)

    @rule(which=st.integers(0, 1), name=st.sampled_from(WORDS), move=st.booleans())
    def change_a_section(self, which, name, move):
        section = Section.objects.get(pk=self.sections[which].pk)
        section.name = name.title()
        section.description = f"<p>About {name}.</p>"
        slug = f"{name}-{which}"
        section.slug = slug if move else section.slug
        section.sort_order = len(name)
        self.sections[which] = save_section(section, by=None)

    @rule(who=st.integers(0, 2), word=st.sampled_from(WORDS), link=st.booleans())
    def describe(self, who, word, link):
        person = self.person(who)
        person.biography, person.note = f"<p>Writes about {word}.</p>", f"On {word}."
        if link:
            person.links = [ContributorLink(label=word, url=f"https://{word}.example")]
        save_contributor(person, by=None)

    @rule(kept=st.integers(0, 2), other=st.integers(0, 2))
    def merge(self, kept, other):
        self.change(merge_contributors, kept=self.person(kept), absorbed=self.person(other))

    @rule(who=st.integers(0, 2), which=st.integers(0, 57), to=st.none() | st.integers(0, 2))
    def split(self, who, which, to):
        credits = Credit.objects.filter(contributor=self.person(who), article=self.past[which].pk)
        taker = None if to is None else self.person(to)
        given_away = dict.fromkeys(credits.values_list("pk", flat=True), taker)
        self.change(split_contributor, self.person(who), credits=given_away)

    @rule(
        who=st.integers(0, 2),
        name=st.sampled_from(["Cy Reed", "Bea Field"]),
        scope=st.sampled_from([RenameScope.EVERYWHERE, RenameScope.EVERYWHERE_SILENTLY]),
        keep_old_address=st.booleans(),
    )
    def rename_everywhere(self, who, name, scope, keep_old_address):
        self.change(
            rename, self.person(who), display_name=name, scope=scope, keep_old_address=keep_old_address
        )

    @precondition(lambda self: self.changes)
    @rule(data=st.data())
    def think_better_of_it(self, data):
        change = data.draw(st.sampled_from(range(len(self.changes))))
        undo(self.changes.pop(change), by=None)

    @rule(which=st.integers(0, 57), replace=st.booleans())
    def illustrate(self, which, replace):
        article = ArticlePage.objects.filter(pk=self.past[which].pk).first()
        if article is None:
            return
        if article.lead_image and replace:
            article.lead_image.title += " anew"
            article.lead_image.description = "Another"
            article.lead_image.file = svg("2")
            article.lead_image.save()
            return
        article.lead_image = get_image_model().objects.create(
            title="A lock", file=svg("1"), width=10, height=10
        )
        article.lead_image_alt = "A lock"
        save_article(article, by=None)

    @rule(word=st.sampled_from(WORDS), what=st.sampled_from(["title", "slug", "live"]))
    def change_a_page(self, word, what):
        page = PublicationPage.objects.get(pk=self.about.pk)
        match what:
            case "title":
                page.title = word.title()
            case "slug":
                page.slug = word
            case "live":
                page.live = not page.live
        page.save()

    @rule(word=st.sampled_from(WORDS))
    def change_the_publication(self, word):
        publication = PublicationSettings.load()
        publication.tagline = f"All about {word}"
        publication.save()

    @rule(
        word=st.sampled_from(WORDS), which=st.integers(0, 57), what=st.sampled_from(["page", "link", "none"])
    )
    def redirect(self, word, which, what):
        path = f"/{word}"
        match what:
            case "page":
                page = ArticlePage.objects.filter(pk=self.past[which].pk).first()
                if page is not None:
                    lead_to_page(path, page)
            case "link":
                Redirect.add_redirect(f"{path}?id=1", "/articles/")
            case "none":
                for found in Redirect.objects.filter(old_path__startswith=path):
                    found.delete()

    # --- what must hold ----------------------------------------------------------------------------------------

    @initialize()
    def first_readers(self):
        self.read_everything()

    @invariant()
    def every_archive_is_the_models(self):
        """Proved of renderings elsewhere; here, that what is kept is what would be rendered."""
        before, still = getattr(self, "kept", {}), kept_paths()
        # What may be on every page is a change of every page, whether it shows there or not.
        is_everything = self.generation != (generation := versions_of([EVERYTHING]))
        self.generation = generation
        for path in sorted(still | set(before)):
            with not_kept():
                fresh = sent(path)
            if path in still:
                assert kept_answer(path) == fresh, path
            if path in before and not is_everything:
                self.total["changed"] += before[path] != fresh
                self.total["gone"] += path not in still
        self.read_everything()

    @invariant()
    def nothing_unpublished_is_anywhere(self):
        pass  # Proved elsewhere as well.

    def change(self, action, *args, **kwargs):
        """Change who is who, if it makes sense as things are."""
        with suppress(CannotChange):
            self.changes.append(action(*args, by=None, **kwargs))

    def person(self, who):
        """Whoever that is now."""
        person = super().person(who)
        return Contributor.objects.get(pk=presently([person.pk]).get(person.pk, person.pk))

    def content_of(self, version, known):
        """Not asked of renderings, and a version may name somebody whom the model does not know."""
        return known.draft

    def read_everything(self):
        paths = {
            "/",
            "/articles/",
            "/authors/",
            "/authors/a/",
            "/authors/b/",
            "/about/",
            "/nothing/",
            "/?p=7",
        }
        paths |= {f"/{word}/" for word in WORDS}
        bases = {"/articles/", *(f"/section/{section.slug}/" for section in self.sections), "/topic/floods/"}
        for who in range(3):
            bases.add(f"/author/{self.person(who).slug}/")
        bases |= {f"/author/{slug}/" for slug in ContributorSlug.objects.values_list("slug", flat=True)}
        bases |= {"/author/ada/", "/author/ben/", f"/author/{self.person(1).slug}/translator/"}
        paths |= {f"{base}page/{number}/" for base in bases for number in (1, 2, 3)}
        # Every feed in one of its formats, and one document of its archive.
        paths |= {f"{base}feed.{('atom', 'rss', 'json')[len(base) % 3]}" for base in bases}
        paths |= {f"{base}page/1/feed.atom" for base in bases} | {"/feed.atom", "/feed/", "/rivers/feed/"}
        paths |= bases - {f"/author/{self.person(1).slug}/translator/"}
        public = ArticlePage.objects.exclude(address=None).order_by("pk").values_list("address", flat=True)
        places = [*public[:6], *public[20:23], *reversed(public.reverse()[:12])]
        self.addresses |= {f"/{address}/" for address in places}
        # And the ways that nobody is told of: whatever the resolver answers to what could name an article.
        newest = ArticlePage.objects.order_by("-pk")[:NEWEST]
        for article in (*newest, *ArticlePage.objects.filter(pk=self.past[0].pk)):
            facts = ways.facts_of(article)
            every = list(filter(is_kept_at_all, ways.addresses(facts, at_the_desk=False)))
            # Some more of them at each step: what was kept at an earlier one is still compared.
            self.step += 1
            paths |= set(every[self.step % -(-len(every) // WAYS) :: -(-len(every) // WAYS)])
        for path in sorted((paths | self.addresses) - kept_paths()):
            sent(path)
        self.kept = {path: kept_answer(path) for path in kept_paths()}


def is_kept_at_all(path):
    """Files and the search are nobody's to keep; archive pages are read anyway."""
    return (
        not path.startswith(("/media/", "/documents/", "/search/", "/theme/", "/healthz"))
        and "/page/" not in path
    )


def svg(word):
    return ImageFile(
        io.BytesIO(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><title>{word}</title></svg>'.encode()
        ),
        name=f"lock-{word}.svg",
    )


def test_what_is_kept_is_what_would_be_rendered_and_little_goes_that_need_not(capsys):
    Kept.total.clear()

    run_state_machine_as_test(
        Kept,
        settings=settings(
            max_examples=examples(int(os.environ.get("STANDFIRST_HISTORIES", "4"))),
            stateful_step_count=10,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )

    changed, gone = Kept.total["changed"], Kept.total["gone"]
    with capsys.disabled():
        sys.stdout.write(f"\n{changed} pages changed and {gone} went: {gone / changed:.2f} to one\n")
    assert gone <= (ALLOWED if changed >= ENOUGH else ALLOWED_OF_FEW) * changed
