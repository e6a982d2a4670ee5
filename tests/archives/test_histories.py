"""Promises 1 to 3 hold at every step of any history.

A machine edits a small magazine in every way an editor can, and keeps a model of it so plain that it can be
seen to be right. After each step the magazine is read as a reader reads it, and must be the model's.
STANDFIRST_HISTORIES says how many histories are tried.
"""

import os
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction, PublishBulkAction, UnpublishBulkAction
from wagtail.models import Page, Revision

from standfirst.articles.actions import create_article, lift_embargoes, save_article
from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit, Role
from standfirst.contributors.actions import change_slug
from standfirst.contributors.models import Contributor
from standfirst.identity.actions import rename, restore, withdraw
from tests.archives.reading import people, read, walk
from tests.factories import FIRST_DAY, a_contributor, a_magazine, a_section, a_topic
from tests.profiles import examples

pytestmark = pytest.mark.django_db

AUTHORSHIP = {"author", "interviewer"}
FOREMOST = ["author", "interviewer", "translator", "photographer", "editor"]
HEADINGS = {"translator": "Translations", "photographer": "Photographs", "editor": "Edited"}
LATER = timedelta(days=400)
# The order of what appears today begins here.
TODAY = 1_000_000


@dataclass(frozen=True)
class Content:
    """What an editor decides of an article; what a draft may hold differently from what is live."""

    headline: str
    credits: tuple[tuple[int, str], ...] = ()
    section: int | None = None
    topics: frozenset[int] = frozenset()
    embargoed: bool = False


@dataclass
class Known:
    """The model of one article: what is live, what is drafted, and what is due."""

    draft: Content
    live: Content | None = None
    scheduled: Content | None = None
    order: int = 0
    is_dated: bool = True
    addresses: list[str] = field(default_factory=list)

    @property
    def public(self) -> Content | None:
        return self.live if self.live and not self.live.embargoed else None


class Magazine(RuleBasedStateMachine):
    """Every rule is something an editor, or time, does."""

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.known: dict[int, Known] = {}
        self.number = 0
        a_magazine()
        # Made for drafts, as editors make them: readers know of nobody until something is out.
        self.people = [
            a_contributor(name, is_public=False) for name in ("Ada Quill", "Ben Marsh", "Ada Quill")
        ]
        self.ever_public: set[int] = set()
        self.sections = [a_section("Rivers"), a_section("Sea")]
        self.topics = [a_topic("Floods")]
        self.roles = {role.code: role for role in Role.objects.all()}

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    # --- what editors do ---------------------------------------------------------------------------------------

    credited = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(FOREMOST)), max_size=4, unique=True).map(
        tuple
    )
    contents = st.builds(
        Content,
        headline=st.just(""),
        credits=credited,
        section=st.none() | st.integers(0, 1),
        topics=st.sampled_from([frozenset(), frozenset({0})]),
    )

    @initialize(contents=st.lists(contents, min_size=1, max_size=3))
    def begin(self, contents):
        for content in contents:
            self.write(content, publish=True)

    @rule(content=contents, publish=st.booleans())
    def write(self, content, publish):
        self.number += 1
        # A word nobody else has: wherever it shows, this article does.
        content = replace(content, headline=f"Headline{self.number}x")
        article = create_article(
            headline=content.headline,
            by=None,
            credits=self.credits_of(content),
            section=self.section_of(content),
            topics=[self.topics[topic] for topic in content.topics],
            published_at=FIRST_DAY + timedelta(hours=self.number),
            publish=publish,
        )
        self.known[article.pk] = Known(content, content if publish else None, order=self.number)

    @precondition(lambda self: self.known)
    @rule(data=st.data(), content=contents)
    def draft_an_edit(self, data, content):
        number, known = self.pick(data)
        article = self.edited(
            number, replace(content, headline=known.draft.headline, embargoed=known.draft.embargoed)
        )
        article.save_revision()

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def publish(self, data):
        number, known = self.pick(data)
        article = ArticlePage.objects.get(pk=number).get_latest_revision_as_object()
        article.go_live_at = None
        article.save_revision().publish()
        self.goes_live(known, known.draft)

    @precondition(lambda self: self.known)
    @rule(data=st.data(), content=contents)
    def publish_an_edit(self, data, content):
        number, known = self.pick(data)
        article = self.edited(
            number, replace(content, headline=known.draft.headline, embargoed=known.draft.embargoed)
        )
        article.save_revision().publish()
        self.goes_live(known, known.draft)

    @precondition(lambda self: any(known.live for known in self.known.values()))
    @rule(data=st.data(), how=st.sampled_from(["article", "bare page", "in bulk", "expiry", "stored"]))
    def unpublish(self, data, how):
        number, known = self.pick(data, lambda known: known.live)
        page = Page.objects.get(pk=number)
        match how:
            case "article":
                page.specific.unpublish()
            case "bare page":
                page.unpublish()
            case "in bulk":
                UnpublishBulkAction.execute_action([page])
            case "expiry":
                Page.objects.filter(pk=number).update(expire_at=timezone.now() - timedelta(seconds=1))
                call_command("publish_scheduled")
                Page.objects.filter(pk=number).update(expire_at=None)
            case "stored":
                page.live, page.has_unpublished_changes = False, True
                page.save(update_fields=["live", "has_unpublished_changes"])
                page.specific.revisions.update(approved_go_live_at=None)
        known.live = known.scheduled = None

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def publish_in_bulk(self, data):
        number, known = self.pick(data, lambda known: not known.scheduled)
        if known is None:
            return
        waits_until = ArticlePage.objects.get(pk=number).get_latest_revision_as_object().go_live_at
        PublishBulkAction.execute_action([Page.objects.get(pk=number)])
        if waits_until and waits_until > timezone.now():
            # It was unpublished before its time: it is no longer scheduled, and still says when it is to come out.
            known.scheduled = known.draft
        else:
            self.goes_live(known, known.draft)

    @precondition(lambda self: any(known.live for known in self.known.values()))
    @rule(data=st.data(), publish=st.booleans(), bare=st.booleans())
    def copy(self, data, publish, bare):
        number, known = self.pick(
            data, lambda known: known.public and known.live == known.draft and not known.scheduled
        )
        if known is None:
            return
        self.number += 1
        content = replace(known.live, headline=f"Headline{self.number}x")
        copied = (
            (Page if bare else ArticlePage)
            .objects.get(pk=number)
            .copy(
                update_attrs={"title": content.headline, "slug": f"headline{self.number}x"}, keep_live=publish
            )
        )
        # It has not appeared yet: it is dated when it first goes out, and all others are years old.
        known = self.known[copied.pk] = Known(content, is_dated=False)
        if publish:
            self.goes_live(known, content)

    @precondition(lambda self: self.known)
    @rule(data=st.data(), content=contents)
    def schedule(self, data, content):
        number, known = self.pick(data)
        article = self.edited(
            number, replace(content, headline=known.draft.headline, embargoed=known.draft.embargoed)
        )
        article.go_live_at = timezone.now() + LATER
        article.save_revision().publish()
        known.scheduled = known.draft

    @precondition(lambda self: any(known.scheduled for known in self.known.values()))
    @rule(data=st.data())
    def its_time_comes(self, data):
        number, known = self.pick(data, lambda known: known.scheduled)
        revision = Revision.objects.get(object_id=str(number), approved_go_live_at__isnull=False)
        revision.content["go_live_at"] = (timezone.now() - timedelta(seconds=1)).isoformat()
        revision.save()
        revision.publish()
        self.goes_live(known, known.scheduled)

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def embargo(self, data):
        number, known = self.pick(data, lambda known: not known.scheduled)
        if known is None:
            return
        article = self.edited(number, replace(known.draft, embargoed=True))
        save_article(article, by=None)
        if known.live:
            known.live = known.draft

    @precondition(lambda self: any(known.live and known.live.embargoed for known in self.known.values()))
    @rule(data=st.data())
    def an_embargo_ends(self, data):
        number, known = self.pick(data, lambda known: known.live and known.live.embargoed)
        ended = timezone.now()
        if not known.addresses:
            # It first appears now.
            self.number += 1
            known.order = TODAY + self.number
        ArticlePage.objects.filter(pk=number).update(embargoed_until=ended)
        article = ArticlePage.objects.get(pk=number)
        if not article.has_unpublished_changes:
            # The version that is live says the same, and may be published again.
            known.draft = replace(known.draft, embargoed=False)
            if version := article.latest_revision:
                version.content["embargoed_until"] = ended.isoformat()
                version.save()
        lift_embargoes(at=timezone.now())
        known.live = replace(known.live, embargoed=False)

    @precondition(lambda self: any(known.live for known in self.known.values()))
    @rule(data=st.data())
    def publish_an_older_version_again(self, data):
        number, known = self.pick(data, lambda known: known.live)
        article = ArticlePage.objects.get(pk=number)
        version = data.draw(st.sampled_from(list(article.revisions.order_by("pk"))))
        if version.approved_go_live_at is not None:
            return
        content = self.content_of(version, known)
        article = version.as_object()
        article.go_live_at = None
        article.save_revision().publish()
        known.draft = content
        self.goes_live(known, content)

    @precondition(lambda self: any(known.live for known in self.known.values()))
    @rule(data=st.data(), slug=st.sampled_from(["same", "other", "third"]))
    def change_the_address(self, data, slug):
        number, known = self.pick(
            data, lambda known: known.live and known.live == known.draft and not known.scheduled
        )
        if known is None:
            return
        article = ArticlePage.objects.get(pk=number)
        article.slug = slug
        save_article(article, by=None)

    @precondition(lambda self: len(self.known) > 1)
    @rule(data=st.data(), how=st.sampled_from(["article", "bare page", "in bulk", "queryset"]))
    def delete(self, data, how):
        number, _ = self.pick(data)
        match how:
            case "article":
                ArticlePage.objects.get(pk=number).delete()
            case "bare page":
                Page.objects.get(pk=number).delete()
            case "in bulk":
                DeleteBulkAction.execute_action([Page.objects.get(pk=number)])
            case "queryset":
                Page.objects.filter(pk=number).delete()
        del self.known[number]

    # --- what becomes of contributors --------------------------------------------------------------------------

    @rule(who=st.integers(0, 2), name=st.sampled_from(["Ada Field", "Ben Quill", "李明"]))
    def rename(self, who, name):
        rename(self.person(who), display_name=name, by=None)

    @rule(who=st.integers(0, 2), slug=st.sampled_from(["ada", "ben", "cy"]))
    def move(self, who, slug):
        if not Contributor.objects.filter(slugs__slug=slug).exclude(pk=self.person(who).pk).exists():
            change_slug(self.person(who), slug=slug, by=None)

    @rule(who=st.integers(0, 2))
    def withdraw_or_restore(self, who):
        person = self.person(who)
        (restore if person.is_withdrawn else withdraw)(person, by=None)

    # --- what must hold ----------------------------------------------------------------------------------------

    @invariant()
    def every_archive_is_the_models(self):
        urls = {pk: f"/{address}/" for pk, address in ArticlePage.objects.values_list("pk", "address")}
        public = sorted(
            ((known, urls[number]) for number, known in self.known.items() if known.public),
            key=lambda pair: -pair[0].order,
        )
        self.remember_addresses(urls)
        assert walk("/articles/") == [url for _, url in public]
        for place, section in enumerate(self.sections):
            assert walk(f"/section/{section.slug}/") == [
                u for known, u in public if known.public.section == place
            ]
        for place, topic in enumerate(self.topics):
            assert walk(f"/topic/{topic.slug}/") == [u for known, u in public if place in known.public.topics]
        counts = {}
        for who in range(len(self.people)):
            person = self.person(who)
            path = f"/author/{person.slug}/"
            if any(foremost(known.public, who) for known, _ in public):
                self.ever_public.add(who)
            if who not in self.ever_public:
                assert read(path) == read("/author/nobody-at-all/")
                continue
            if person.is_withdrawn:
                assert read(path).status == 410
                continue
            groups = [(foremost(known.public, who), url) for known, url in public]
            page = read(path)
            written = [url for group, url in groups if group == "author"]
            assert walk(path) == written
            others = {
                HEADINGS[role]: [url for group, url in groups if group == role]
                for role in HEADINGS
                if any(group == role for group, _ in groups)
            }
            assert {label: work[1] for label, work in page.other_work.items()} == others
            assert all(work[0] == len(work[1]) for work in page.other_work.values())
            counted = len(written) or max(map(len, others.values()), default=0)
            assert page.claimed == page.claimed_to_machines == counted
            if any(group for group, _ in groups):
                counts[path] = counted
        assert people() == counts

    @invariant()
    def nothing_unpublished_is_anywhere(self):
        paths = ["/", "/articles/", "/authors/", *(f"/section/{section.slug}/" for section in self.sections)]
        paths += [f"/author/{self.person(who).slug}/" for who in range(len(self.people))]
        shown = "".join(read(path).html for path in paths)
        # An older version of a copy, published, is headed as the original is, which may be public.
        public = {known.public.headline for known in self.known.values() if known.public}
        for number, known in self.known.items():
            headline = known.draft.headline
            is_anywhere = bool(known.public) or headline in public
            assert is_anywhere or headline not in shown
            found = read(f"/search/?q={headline}")
            assert (
                headline in str(found.articles) or headline in found.tree.xpath("string(//main//ol)")
            ) == is_anywhere
            for address in known.addresses:
                page = read(address)
                if page.status == 301:
                    page = read(page.location)
                assert page.status == (200 if known.public else 404), (address, number)
                assert (headline in page.html) == bool(known.public)

    # --- helpers -----------------------------------------------------------------------------------------------

    def pick(self, data, wanted=lambda known: True):
        chosen = [number for number, known in sorted(self.known.items()) if wanted(known)]
        if not chosen:
            return None, None
        number = data.draw(st.sampled_from(chosen))
        return number, self.known[number]

    def goes_live(self, known, content):
        if not known.is_dated:
            self.number += 1
            known.order, known.is_dated = TODAY + self.number, True
        known.live, known.scheduled = content, None

    def person(self, who):
        return Contributor.objects.get(pk=self.people[who].pk)

    def credits_of(self, content):
        return [
            Credit(contributor=self.people[who], role=self.roles[role], sort_order=place)
            for place, (who, role) in enumerate(content.credits)
        ]

    def section_of(self, content):
        return None if content.section is None else self.sections[content.section]

    def edited(self, number, content):
        """The article as its latest version, changed to `content` and not stored."""
        article = ArticlePage.objects.get(pk=number).get_latest_revision_as_object()
        article.credits = self.credits_of(content)
        article.section = self.section_of(content)
        article.topics = [self.topics[topic] for topic in content.topics]
        article.embargoed_until = timezone.now() + LATER if content.embargoed else None
        article.go_live_at = None
        self.known[number].draft = content
        return article

    def content_of(self, version, known):
        """What a stored version holds, read from its JSON."""
        people = [person.pk for person in self.people]
        codes = {role.pk: code for code, role in self.roles.items()}
        sections = [section.pk for section in self.sections]
        stored = version.content
        credits = sorted(stored["credits"], key=lambda credit: credit["sort_order"] or 0)
        embargoed_until = version.as_object().embargoed_until
        return Content(
            headline=stored["title"],
            credits=tuple((people.index(credit["contributor"]), codes[credit["role"]]) for credit in credits),
            section=None if stored["section"] is None else sections.index(stored["section"]),
            topics=frozenset({0} if stored["topics"] else set()),
            embargoed=bool(embargoed_until and embargoed_until > timezone.now()),
        )

    def remember_addresses(self, urls):
        for number, known in self.known.items():
            if known.public and urls[number] not in known.addresses:
                known.addresses.append(urls[number])


def foremost(content, who):
    """Under which heading somebody has an article: "author" for any authorship, else a role, else None."""
    roles = {role for person, role in content.credits if person == who}
    if roles & AUTHORSHIP:
        return "author"
    return next((role for role in FOREMOST if role in roles), None)


def test_counts_are_lists_and_nothing_leaks_after_any_history():
    run_state_machine_as_test(
        Magazine,
        settings=settings(
            max_examples=examples(int(os.environ.get("STANDFIRST_HISTORIES", "12"))),
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
