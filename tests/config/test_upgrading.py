"""What we lean on without a promise stands in docs/upgrading.md, and is still there."""

import ast
import importlib
import re
from pathlib import Path

import pytest

from tests.config import private_names

PAGE = (Path(__file__).parents[2] / "docs" / "upgrading.md").read_text(encoding="utf-8")
ROWS = {
    row[0]: (row[1], row[2])
    for row in re.findall(r"^\| `([^`]+)` \| `([^`]+)` \| `([^`]+(?:`, `[^`]+)*)` \|", PAGE, re.M)
}


def test_every_private_name_is_on_the_page_and_no_other() -> None:
    used = {name: ", ".join(sorted(places)) for name, places in private_names.used().items()}

    assert {name: where.replace("`", "") for name, (_, where) in ROWS.items()} == used


@pytest.mark.parametrize("name", ROWS)
def test_a_name_on_the_page_is_still_there(name: str) -> None:
    found(ROWS[name][0])


def test_a_name_that_has_gone_is_noticed() -> None:
    with pytest.raises(AttributeError):
        found("wagtail.models.Page._slug_is_gone")


def test_a_new_use_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    new = """
from django.db.models import Model
from django.utils import _os
Model._do_update = None
Model.save = None
getattr(Model, "_perform_unique_checks")
"""
    monkeypatch.setattr(private_names, "sources", lambda: iter([("new.py", ast.parse(new))]))

    assert set(private_names.used()) >= {"_os", "_do_update", "Model.save =", "_perform_unique_checks"}


def found(path: str) -> object:
    """What a dotted path leads to; a part with brackets is called with what stands in them."""
    start, arguments, attribute = re.fullmatch(r"([\w.]+?)(?:\((.*)\))?\.(\w+)", path).groups()  # type: ignore[union-attr]
    module, _, owner = start.rpartition(".")
    value = getattr(importlib.import_module(module), owner)
    if arguments is not None:
        value = value(*([ast.literal_eval(arguments)] if arguments else []))
    return getattr(value, attribute)
