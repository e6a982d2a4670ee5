"""Finds where our source leans on what Django, Wagtail and others call private."""

import ast
import importlib
import inspect
import pkgutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import standfirst

ROOT = Path(standfirst.__file__).parent
# Underscored, and documented all the same.
PUBLIC = {"_meta", "_default_manager", "_base_manager", "_state", "_for_write"}
# Of Python itself: of named tuples, and of gettext.
PYTHON = {"_catalog", "_replace", "_asdict", "_fields", "_make", "_exit"}


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in PUBLIC | PYTHON


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Every file of ours, by its place, but for migrations."""
    for path in sorted(ROOT.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def our_own_names() -> set[str]:
    """Every underscored name that our source defines somewhere: a function, a field, an attribute, an argument."""
    own: set[str] = set()
    for _, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                own.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                own.add(node.id)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                if isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"):
                    own.add(node.attr)
            elif isinstance(node, ast.arg):
                own.add(node.arg)
    return own


def used() -> dict[str, set[str]]:
    """The private names of others that are imported, read, patched or overridden: where, by name."""
    found: dict[str, set[str]] = defaultdict(set)
    own = our_own_names()
    for place, tree in sources():
        foreign = {
            alias.asname or alias.name.partition(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
            if not _is_ours(node)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and not _is_ours(node):
                parts = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
                for part in filter(is_private, parts):
                    found[part].add(place)
            elif _reads_by_name(node) and is_private(node.args[1].value) and node.args[1].value not in own:  # type: ignore[attr-defined]
                found[node.args[1].value].add(place)  # type: ignore[attr-defined]
            elif isinstance(node, ast.Attribute) and is_private(node.attr) and node.attr not in own:
                found[node.attr].add(place)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                root = node.value
                while isinstance(root, ast.Attribute):
                    root = root.value
                if isinstance(root, ast.Name) and root.id in foreign:
                    found[f"{ast.unparse(node)} ="].add(place)
    for place, name in _overridden():
        found[name].add(place)
    return dict(found)


def _reads_by_name(node: ast.AST) -> bool:
    """Whether this is `getattr(x, "name")` or its like."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("getattr", "setattr", "hasattr")
        and isinstance(node.args[1], ast.Constant)
    )


def _is_ours(node: ast.Import | ast.ImportFrom) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.level > 0 or (node.module or "").partition(".")[0] == "standfirst"
    return all(alias.name.partition(".")[0] == "standfirst" for alias in node.names)


def _overridden() -> Iterator[tuple[str, str]]:
    """What classes of ours define over a private name of a class of others."""
    own = our_own_names()  # What a metaclass adds was written by nobody.
    for cls in _our_classes():
        for name in vars(cls):
            if (
                is_private(name)
                and name in own
                and any(
                    name in vars(base)
                    and not base.__module__.startswith(("standfirst", "builtins", "typing"))
                    for base in cls.__mro__[1:]
                )
            ):
                yield (inspect.getsourcefile(cls) or "").rpartition("/standfirst/")[2], name


def _our_classes() -> Iterator[Any]:
    for info in pkgutil.walk_packages([str(ROOT)], "standfirst."):
        if ".migrations" in info.name or info.name.endswith(("__main__", "serving.wsgi")):
            continue
        module = importlib.import_module(info.name)
        for value in vars(module).values():
            if inspect.isclass(value) and value.__module__ == info.name:
                yield value
