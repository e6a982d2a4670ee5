"""How many examples the properties are tried on: all with `make test`, a few with `make quick`."""

from hypothesis import settings

FULL, QUICK = "full", "quick"
# Of what a property says it wants, a quick run takes one in so many.
ONE_IN = 20

# No deadlines: how long an example takes says how busy the machine is.
settings.register_profile(FULL, settings.get_profile("default"), deadline=None)
settings.register_profile(QUICK, max_examples=5, stateful_step_count=15, deadline=None, derandomize=True)
settings.load_profile(FULL)


def examples(number: int) -> int:
    """So many examples, or a part of them in a quick run."""
    return number if settings.get_current_profile_name() != QUICK else max(1, number // ONE_IN)
