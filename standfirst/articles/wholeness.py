"""Whatever Wagtail does to a page, it does whole or not at all.

An action of Wagtail's is as many transactions as it has statements. Publishing clears the schedule before it stores the
page: a publication that failed left an article that was never published, with nothing to publish it
(wagtail/wagtail#13879). The screens, the scheduler, workflows, bulk actions and the shortcuts of models all end in
an action, so it is the actions that are made whole.
"""

from collections.abc import Iterator

from django.db import transaction
from wagtail.actions import BaseAction


def make_actions_whole() -> None:
    """Let every action of Wagtail's run in a transaction. Doing it twice changes nothing."""
    for action in all_actions():
        if "execute" in vars(action) and not hasattr(action.execute, "__wrapped__"):
            action.execute = transaction.atomic(action.execute)


def all_actions() -> Iterator[type[BaseAction]]:
    """Every action there is."""
    kinds = [BaseAction]
    while kinds:
        action = kinds.pop()
        kinds += action.__subclasses__()
        yield action
