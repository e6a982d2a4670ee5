"""What stays of an article's credits when two of them turn out to be one person's."""

import re

from hypothesis import given
from hypothesis import strategies as st

from standfirst.bylines.joining import Held, join

ADA, BEN, AUTHOR, EDITOR = 1, 2, 10, 11
HELD = st.builds(
    Held,
    was=st.integers(1, 3),
    now=st.integers(1, 3),
    role=st.sampled_from([AUTHOR, EDITOR]),
    name=st.text("AB{} ", max_size=4),
)
WORDINGS = st.lists(st.sampled_from(["{1}", "{2}", "{3}", "{9}", "{0}", "and"])).map(" ".join)


def test_the_one_that_was_theirs_stays_and_the_other_is_the_words_that_were_printed():
    credits = [
        Held(BEN, ADA, AUTHOR, "B. Marsh"),
        Held(ADA, ADA, AUTHOR, "Ada Quill"),
        Held(3, 3, EDITOR, "Cleo"),
    ]

    joined = join(credits, "{1} with {2}, edited by {3}")

    assert joined.staying == (1, 2)
    assert joined.wording == "B. Marsh with {1}, edited by {2}"


def test_a_slot_of_nobody_stays_as_it_was_written():
    credits = [Held(ADA, ADA, AUTHOR, "Ada Quill"), Held(BEN, ADA, AUTHOR, "B. Marsh")]

    assert join(credits, "{0} {1} {2} {3}").wording == "{0} {1} B. Marsh {3}"


@given(st.lists(HELD, max_size=5), WORDINGS)
def test_nobody_loses_a_role_and_joining_again_changes_nothing(credits, wording):
    joined = join(credits, wording)
    stays = [credits[place] for place in joined.staying]

    assert {(credit.now, credit.role) for credit in stays} == {
        (credit.now, credit.role) for credit in credits
    }
    assert list(joined.staying) == sorted(joined.staying)
    if len(stays) == len(credits):
        assert joined.wording == wording
    settled = [Held(credit.now, credit.now, credit.role, credit.name) for credit in stays]
    if not any(credit.was != credit.now for credit in stays):
        assert join(settled, joined.wording).wording == joined.wording
    for slot in re.findall(r"\{(\d+)\}", joined.wording):
        assert f"{{{slot}}}" in wording or int(slot) <= len(stays)
