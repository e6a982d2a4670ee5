"""Undoing a change restores exactly what was."""

import os
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect

from standfirst.articles.actions import set_credits
from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit, Role
from standfirst.config.checks import findings
from standfirst.contributors.actions import change_slug, save_contributor
from standfirst.contributors.models import Alias, AuthorityId, Contributor, ContributorLink, Kind
from standfirst.contributors.queries import presently
from standfirst.identity.actions import (
    FormerName,
    RenameScope,
    convert_kind,
    merge_contributors,
    rename,
    restore,
    split_contributor,
    undo,
    withdraw,
)
from standfirst.identity.errors import CannotChange
from tests.factories import a_contributor, a_magazine, a_section, an_article, some_articles
from tests.identity.dumps import differences, dump, log_labels
from tests.profiles import examples

pytestmark = pytest.mark.django_db

NAMES = ("Ada Quill", "A. Quill", "Ben Marsh", "Ada Quill")
ROLES = ("author", "translator", "photographer")


class World:
    """Four contributors, two of one name, with everything that can belong to one; articles, drafts, old versions."""

    def __init__(self, credited, wordings):
        a_magazine()
        rivers = a_section()
        self.people = [a_contributor(name, note=f"{name} writes.", is_public=False) for name in NAMES]
        for number, person in enumerate(self.people[:3]):
            person.aliases = [Alias(name=f"Alias {number}"), Alias(name="Shared", is_public=bool(number))]
            person.links = [ContributorLink(label="Site", url=f"https://{number % 2}.example/")]
            person.account = User.objects.create_user(f"user-{number}") if number else None
            person.biography = f"<p>{person} of the river.</p>" if number < 2 else ""
            save_contributor(person, by=None)
        AuthorityId.objects.create(contributor=self.people[1], scheme="viaf", value="12345")
        change_slug(self.people[0], slug="ada", by=None)
        Redirect.add_redirect("/writers/quill", "/author/a-quill/")
        Redirect.add_redirect("/?author=7", "/author/ada/")
        roles = {role.code: role for role in Role.objects.all()}
        for number, credits in enumerate(credited):
            wording = wordings[number % len(wordings)] if wordings else ""
            article = an_article(
                *((self.people[who], role) for who, role in credits),
                section=rivers,
                byline_wording=wording,
                publish=number % 3 != 2,
            )
            # A version that credits others, saved before the present one; some are scheduled.
            article.credits = [
                Credit(contributor=self.people[(who + 1) % 4], role=roles[role], printed_name=NAMES[who])
                for who, role in credits[:2]
            ]
            article.go_live_at = timezone.now() + timedelta(days=9) if number % 3 == 1 else None
            revision = article.save_revision()
            if article.go_live_at:
                revision.publish()
        some_articles(2, *self.people[:2])


credited = st.lists(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from(ROLES)), max_size=4, unique=True),
    min_size=1,
    max_size=4,
)
wordings = st.lists(
    st.sampled_from(["", "By {1} and {2}", "{2}, as told to {1}", "Ada Quill with {3}"]), max_size=3
)
who = st.integers(0, 3)
ACTIONS = st.one_of(
    st.tuples(st.just("merge"), who, who),
    st.tuples(st.just("split"), who, st.lists(st.none() | who, min_size=1, max_size=4)),
    st.tuples(
        st.just("rename"),
        who,
        st.sampled_from(["Ada Field", "Cy Reed", "Ben Marsh"]),
        st.sampled_from(RenameScope),
        st.booleans(),
        st.none() | st.sampled_from(FormerName),
    ),
    st.tuples(st.just("convert"), who, st.sampled_from(Kind)),
    st.tuples(st.just("withdraw"), who),
    st.tuples(st.just("restore"), who),
)


def act(world, action):
    """The change made; None if it may not be."""
    kind, person, *rest = action
    person = Contributor.objects.get(pk=world.people[person].pk)
    try:
        match kind:
            case "merge":
                absorbed = Contributor.objects.get(pk=world.people[rest[0]].pk)
                return merge_contributors(kept=person, absorbed=absorbed, by=None, note="One person.")
            case "split":
                credits = (
                    Credit.objects.filter(contributor=person).order_by("pk").values_list("pk", flat=True)
                )
                takers = [None if taker is None else world.people[taker] for taker in rest[0]]
                given_away = dict(zip(credits, takers, strict=False))
                return split_contributor(person, credits=given_away, by=None)
            case "rename":
                name, scope, keep, former = rest
                return rename(
                    person, display_name=name, scope=scope, keep_old_address=keep, former_name=former, by=None
                )
            case "convert":
                return convert_kind(person, kind=rest[0], by=None)
            case "withdraw":
                return withdraw(person, by=None)
            case "restore":
                return restore(person, by=None)
    except CannotChange:
        return None


def wrong():
    return [finding.sentence for finding in findings(timezone.now())]


# Not shrunk: an example takes a while, and four actions are few enough to read.
@settings(
    max_examples=examples(int(os.environ.get("STANDFIRST_HISTORIES", "20"))),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
@given(credited=credited, wordings=wordings, actions=st.lists(ACTIONS, min_size=1, max_size=4))
def test_changes_undone_in_reverse_leave_every_table_as_it_was(credited, wordings, actions):
    with transaction.atomic():
        world = World(credited, wordings)
        assert wrong() == []
        before, labels, done = [dump()], [log_labels()], []
        for action in actions:
            change = act(world, action)
            assert wrong() == [], action
            if change is None:
                assert differences(before[-1], dump()) == {}
                continue
            done.append(change)
            before.append(dump())
            labels.append(log_labels())

        for change in reversed(done):
            before.pop()
            labels.pop()
            undone = undo(change, by=None)

            assert undone.left_as_is == ()
            assert differences(before[-1], dump()) == {}
            now = log_labels()
            assert {entry: now[entry] for entry in labels[-1]} == labels[-1]
            assert wrong() == []
        assert ArticlePage.objects.exists()
        transaction.set_rollback(True)


EDITS = st.one_of(
    st.tuples(
        st.just("credit"), st.integers(0, 5), st.lists(st.tuples(who, st.sampled_from(ROLES)), unique=True)
    ),
    st.tuples(st.just("publish an older version"), st.integers(0, 5), st.integers(0, 2)),
    st.tuples(st.just("unpublish"), st.integers(0, 5)),
    st.tuples(st.just("delete"), st.integers(0, 5)),
    st.tuples(st.just("describe"), who),
)


def edit(world, what):
    kind, which, *rest = what
    if kind == "describe":
        person = Contributor.objects.get(pk=world.people[which].pk)
        person.note = "Described anew."
        save_contributor(person, by=None)
        return
    articles = list(ArticlePage.objects.order_by("pk"))
    if not articles:
        return
    article = articles[which % len(articles)]
    match kind:
        case "credit":
            present = {world.people[person].pk: world.people[person] for person, _role in rest[0]}
            now = presently(present)
            credits = dict.fromkeys(
                (now.get(world.people[p].pk, world.people[p].pk), role) for p, role in rest[0]
            )
            people = Contributor.objects.in_bulk([person for person, _role in credits])
            set_credits(article, [(people[person], role) for person, role in credits], by=None)
        case "publish an older version":
            versions = list(article.revisions.order_by("pk"))
            if versions:
                version = versions[rest[0] % len(versions)].as_object()
                version.go_live_at = None
                version.save_revision().publish()
        case "unpublish":
            article.unpublish()
        case "delete":
            article.delete()


@settings(
    max_examples=examples(int(os.environ.get("STANDFIRST_HISTORIES", "20"))),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
@given(
    credited=credited,
    wordings=wordings,
    history=st.lists(ACTIONS | EDITS, min_size=2, max_size=7),
    chance=st.randoms(use_true_random=False),
)
def test_undoing_in_any_order_after_any_edits_leaves_a_sound_magazine(credited, wordings, history, chance):
    with transaction.atomic():
        world, done = World(credited, wordings), []
        kinds = {"merge", "split", "rename", "convert", "withdraw", "restore"}
        for step in history:
            if step[0] not in kinds:
                edit(world, step)
            elif change := act(world, step):
                done.append(change)
            if done and chance.random() < 0.2:
                undo(done.pop(chance.randrange(len(done))), by=None)
            assert wrong() == [], step

        chance.shuffle(done)
        for change in done:
            undo(change, by=None)
            assert wrong() == []
        transaction.set_rollback(True)
