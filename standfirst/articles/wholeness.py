"""Whatever Wagtail does to a page, it does whole or not at all, and while nobody else does anything to one.

An action of Wagtail's is as many transactions as it has statements. Publishing clears the schedule before it stores the
page: a publication that failed left an article that was never published, with nothing to publish it
(wagtail/wagtail#13879). The screens, the scheduler, workflows, bulk actions and the shortcuts of models all end in
an action, so it is the actions that are made whole. So are treebeard's for the tree: it locks the row of the page above
before the new page is stored, and whoever has the turn may be waiting for that row.
"""

from collections.abc import Iterator

from wagtail.actions import BaseAction
from wagtail.models import Page

from standfirst.database.turns import in_turn

OF_THE_TREE = ("add_child", "add_sibling")


def make_actions_whole() -> None:
    """Let every action of Wagtail's run in a transaction, and in its turn. Doing it twice changes nothing."""
    for action in all_actions():
        if "execute" in vars(action) and not hasattr(action.execute, "__wrapped__"):
            action.execute = in_turn()(action.execute)
    for name in OF_THE_TREE:
        if name not in vars(Page):
            setattr(Page, name, in_turn()(getattr(Page, name)))


def all_actions() -> Iterator[type[BaseAction]]:
    """Every action there is."""
    kinds = [BaseAction]
    while kinds:
        action = kinds.pop()
        kinds += action.__subclasses__()
        yield action
