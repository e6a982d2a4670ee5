"""A name in an archive is linked to a contributor on evidence, in order; else it is proposed, and never joined."""

import pytest

from standfirst.contributors.actions import declare_different, recognise_by_email
from standfirst.contributors.models import Alias, AuthorityId, EmailDigest
from standfirst.identity.actions import merge_contributors, withdraw
from standfirst.identity.resolving import How, Named, resolve
from tests.factories import a_contributor

pytestmark = pytest.mark.django_db

ORCID = "0000-0002-1825-0097"


def resolved(*named, **options):
    return resolve([Named(one) if isinstance(one, str) else one for one in named], **options)


def test_the_ledger_goes_before_an_identifier_an_address_an_alias_and_the_name():
    ledger, identified, mailed, aliased, named = (
        a_contributor(name) for name in ("Ben Marsh", "Cleo Holm", "A. M. Quill", "Emil Ford", "Ada Quill")
    )
    AuthorityId.objects.create(contributor=identified, scheme="orcid", value=ORCID)
    recognise_by_email({mailed.pk: ["ada@river.example"]})
    everything = Named(
        "Ada Quill", ledger=(ledger.pk,), identifiers=(("orcid", ORCID),), emails=("Ada@River.example",)
    )

    def of(**less):
        fields = {name: getattr(everything, name) for name in ("name", "ledger", "identifiers", "emails")}
        [found] = resolved(Named(**fields | less))
        return found.contributor, found.how

    assert of() == (ledger.pk, How.LEDGER)
    assert of(ledger=()) == (identified.pk, How.IDENTIFIER)
    assert of(ledger=(), identifiers=()) == (mailed.pk, How.EMAIL)
    assert of(ledger=(), identifiers=(), emails=()) == (named.pk, How.EXACT_NAME)
    Alias.objects.create(contributor=aliased, name="River Quill")
    [found] = resolved("River Quill")
    assert (found.contributor, found.how) == (aliased.pk, How.ALIAS)
    assert found.why


def test_an_address_is_recognised_and_cannot_be_read():
    ada = a_contributor("Ada Quill")

    recognise_by_email({ada.pk: ["ada@river.example"]})

    [stored] = EmailDigest.objects.all()
    assert "ada" not in stored.digest
    assert "@" not in stored.digest


@pytest.mark.parametrize("name", ["A. Quill", "Ada M. Quill", "Quill", "Bea Quill", "ada"])
def test_what_is_only_like_a_name_is_not_joined(name):
    a_contributor("Ada Quill")

    [found] = resolved(name)

    assert found.contributor is None


def test_one_word_proves_nothing_and_a_name_without_spaces_by_its_script_does():
    a_contributor("Ada")
    li = a_contributor("李大同")

    ada, found = resolved("Ada", "李大同")

    assert (ada.contributor, found.contributor) == (None, li.pk)


def test_a_name_that_two_have_here_or_in_the_archive_is_proposed():
    first, second = a_contributor("Ada Quill"), a_contributor("Ada Quill")
    ben = a_contributor("Ben Marsh")

    [ada] = resolved("Ada Quill")
    bens = resolved("Ben Marsh", "ben marsh")

    assert (ada.contributor, set(ada.proposals)) == (None, {first.pk, second.pk})
    assert [(found.contributor, found.proposals) for found in bens] == [(None, (ben.pk,))] * 2


def test_what_contradicts_a_name_keeps_it_apart():
    ada, desk, gone, known = (
        a_contributor(name, kind=kind)
        for name, kind in (
            ("Ada Quill", "person"),
            ("Rivers Desk", "organisation"),
            ("Ben Marsh", "person"),
            ("Cleo Holm", "person"),
        )
    )
    AuthorityId.objects.create(contributor=ada, scheme="orcid", value="0000-0001-5109-3700")
    withdraw(gone, by=None)

    found = resolved(
        Named("Ada Quill", identifiers=(("orcid", ORCID),)),
        Named("Rivers Desk"),
        Named("Ben Marsh"),
        Named("Cleo Holm"),
        apart_from=[known.pk],
    )

    assert [one.contributor for one in found] == [None] * 4
    assert [one.proposals for one in found] == [(ada.pk,), (desk.pk,), (gone.pk,), (known.pk,)]


def test_a_name_of_whoever_was_merged_away_is_whoever_they_are_now():
    kept, absorbed = a_contributor("Ada Quill"), a_contributor("River Reed")
    merge_contributors(kept=kept, absorbed=absorbed, by=None)

    by_name, by_ledger = resolved("River Reed", Named("Somebody Else", ledger=(absorbed.pk,)))

    assert (by_name.contributor, by_ledger.contributor) == (kept.pk, kept.pk)


def test_thousands_of_names_take_a_few_queries(django_assert_max_num_queries):
    a_contributor("Ada Quill")

    with django_assert_max_num_queries(30):
        resolved("Ada Quill", *(f"Name Surname{number}" for number in range(1_000)))


def test_an_address_proves_nothing_beside_a_wholly_different_name_or_another_identifier():
    ben = a_contributor("Ben Marsh")
    AuthorityId.objects.create(contributor=ben, scheme="orcid", value="0000-0001-5109-3700")
    recognise_by_email({ben.pk: ["family@marsh.example"]})

    spouse, other, himself = (
        resolved(Named(name, identifiers=identifiers, emails=("family@marsh.example",)))[0]
        for name, identifiers in (("Cleo Holm", ()), ("Ben Marsh", (("orcid", ORCID),)), ("B. Marsh", ()))
    )

    assert (spouse.contributor, spouse.proposals) == (None, (ben.pk,))
    assert (other.contributor, other.proposals) == (None, (ben.pk,))
    assert (himself.contributor, himself.how) == (ben.pk, How.EMAIL)


def test_an_address_of_an_office_or_of_two_is_kept_of_nobody():
    ada, ben = a_contributor("Ada Quill"), a_contributor("Ben Marsh")

    recognise_by_email(
        {ada.pk: ["redaktion@river.example", "both@river.example"], ben.pk: ["both@river.example"]}
    )

    assert not EmailDigest.objects.exists()


def test_an_address_is_still_recognised_after_the_secret_has_changed(settings):
    ada = a_contributor("Ada Quill")
    recognise_by_email({ada.pk: ["ada@river.example"]})

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret, as long as a secret should be, and not guessed"

    [found] = resolved(Named("Ada", emails=("ada@river.example",)))
    assert found.contributor == ada.pk


def test_a_name_does_not_tell_once_somebody_of_a_like_name_was_said_to_be_another():
    ada, other = a_contributor("Ada Quill"), a_contributor("Ada M. Quill")
    [before] = resolved("Ada Quill")

    declare_different(a=ada, b=other, by=None)

    [after] = resolved("Ada Quill")
    assert before.contributor == ada.pk
    assert (after.contributor, after.proposals) == (None, (ada.pk, other.pk))


def test_that_somebody_of_another_name_is_another_says_nothing():
    ada, ben = a_contributor("Ada Quill"), a_contributor("Ben Marsh")

    declare_different(a=ada, b=ben, by=None)

    assert resolved("Ada Quill")[0].contributor == ada.pk


@pytest.mark.parametrize(
    ("name", "other"),
    [("Mrs Humphry Quill", "Humphry Quill"), ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng")],
)
def test_a_form_that_two_people_may_share_is_proposed(name, other):
    known = a_contributor(name)

    [found] = resolved(other)

    assert (found.contributor, found.proposals) == (None, (known.pk,))


@pytest.mark.parametrize("name", ["محمد", "민수", "李"])
def test_one_word_proves_nothing_in_any_script(name):
    a_contributor(name)

    assert resolved(name)[0].contributor is None
