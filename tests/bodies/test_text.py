"""The words of a body."""

import random

from hypothesis import given
from hypothesis import strategies as st

from standfirst.bodies.text import body_text

VALUES = st.recursive(
    st.text("ab <>&", max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abcd", max_size=4), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(VALUES, st.randoms(use_true_random=False))
def test_the_words_come_in_one_order_whatever_the_order_of_a_blocks_parts(value, dice):
    assert body_text([{"value": _otherwise_ordered(value, dice)}]) == body_text([{"value": value}])


def _otherwise_ordered(value, dice: random.Random):
    if isinstance(value, list):
        return [_otherwise_ordered(item, dice) for item in value]
    if isinstance(value, dict):
        items = [(name, _otherwise_ordered(item, dice)) for name, item in value.items()]
        dice.shuffle(items)
        return dict(items)
    return value
