"""Break the code on purpose, one small change at a time, and tell which changes no test notices.

    make mutants                              # a sample of 200 over the rooms that must not be wrong
    make mutants MUTANTS="--all standfirst/bylines/joining.py"
    make mutants MUTANTS="--looked looked"    # which test enters what takes most of an hour to find out: kept in a file

A change that no test notices is a *survivor*: a rule that nobody holds. Each is settled by a test, or, where it changes
nothing that anybody could see, by a line with the reason in `scripts/mutants_settled.txt`.

Tests are collected once and the database is made once. Each mutant is a fork of that process, in which the code of
one function is replaced and the tests that enter the function are run, the quickest first, until one fails.
Module-level code has run before the fork, so only what stands in functions is changed. SQLite only.
"""

import argparse
import ast
import cProfile
import gc
import os
import pickle
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SETTLED = ROOT / "scripts" / "mutants_settled.txt"
ROOMS = ("articles", "archives", "identity", "pagecache", "bylines/joining.py")
# Tests of a mutant that take so many times longer than they do hang, and a hang is noticed.
PATIENCE, LEAST_SECONDS = 4, 60
# Tests of one function that are tried: some functions are entered by every page. The quickest first, then the longest, which
# live through whole histories.
QUICKEST, LONGEST = 150, 8
# How a fork says that no test could be tried.
OUR_OWN_FAULT, NOT_PUT_IN_PLACE = 3, 4
# Words for people are translated and reworded: they are not rules.
WORDS = frozenset(
    {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "warning", "info", "exception", "error"}
)
SWAPPED: dict[type, type] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
}


@dataclass(frozen=True)
class Mutant:
    """One small change of one function; `number` counts the changes of its module."""

    path: str
    number: int
    function: str
    first_line: int
    line: int
    before: str
    after: str

    @property
    def name(self) -> str:
        return f"{self.path} {self.function}: {self.before} → {self.after}"


def mutants_of(path: Path) -> Iterator[tuple[Mutant, ast.Module]]:
    """Every mutant of a module, with the module's tree as it is changed until the next is asked for."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    number = 0
    for function, name in _functions(tree, ()):
        for node, field, value in _changes(function):
            before, former = ast.unparse(node), getattr(node, field)
            setattr(node, field, value)
            number += 1
            yield (
                Mutant(
                    str(path.relative_to(ROOT)),
                    number,
                    name,
                    _first_line(function),
                    node.lineno,
                    _short(before),
                    _short(ast.unparse(node)),
                ),
                tree,
            )
            setattr(node, field, former)


def _functions(node: ast.AST, within: tuple[str, ...]) -> Iterator[tuple[Any, str]]:
    """The outermost functions and lambdas, with their names; what is nested belongs to the outer."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            yield child, ".".join((*within, child.name))
        elif isinstance(child, ast.Lambda):
            yield child, ".".join((*within, "<lambda>"))
        else:
            inner = (*within, child.name) if isinstance(child, ast.ClassDef) else within
            yield from _functions(child, inner)


def _first_line(function: Any) -> int:
    """The line that the function's code calls its first: that of the first thing that decorates it."""
    return min(at.lineno for at in (function, *getattr(function, "decorator_list", ())))


def _changes(function: ast.AST) -> Iterator[tuple[Any, str, Any]]:
    """What may be changed: a node, one of its fields, and what the field shall be."""
    for node in _inside(function):
        match node:
            case ast.Compare():
                for place, operator in enumerate(node.ops):
                    yield node, "ops", _with(node.ops, place, SWAPPED[type(operator)]())
            case ast.BoolOp() | ast.BinOp() if type(node.op) in SWAPPED:
                yield node, "op", SWAPPED[type(node.op)]()
            case ast.If() | ast.IfExp() | ast.While():
                yield node, "test", ast.copy_location(ast.UnaryOp(ast.Not(), node.test), node.test)
            case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
                yield node, "value", ast.copy_location(ast.Constant(None), value)
            case ast.Call(keywords=keywords) if keywords:
                for place, keyword in enumerate(keywords):
                    if keyword.arg:
                        yield node, "keywords", [*keywords[:place], *keywords[place + 1 :]]
        if not hasattr(node, "lineno"):
            continue
        for field, held in ast.iter_fields(node):
            if isinstance(held, list):
                for place, child in enumerate(held):
                    if (other := _other(child)) is not None:
                        yield node, field, _with(held, place, other)
            elif not isinstance(node, ast.Expr) and (other := _other(held)) is not None:
                yield node, field, other


def _other(child: Any) -> ast.AST | None:
    """What may stand in the place of a constant, or of a call whose answer nobody takes."""
    match child:
        case ast.Expr(value=ast.Call() as call) if _called(call) not in WORDS:
            return ast.copy_location(ast.Pass(), child)
        case ast.Constant(value=bool() as value):
            return ast.copy_location(ast.Constant(not value), child)
        case ast.Constant(value=int() as value):
            return ast.copy_location(ast.Constant(value + 1), child)
        case ast.Constant(value=str() as value) if value:
            return ast.copy_location(ast.Constant(f"{value}x"), child)
    return None


def _inside(node: ast.AST) -> Iterator[Any]:
    """A node and those below it, but for words to people, annotations, and what decorates."""
    if isinstance(node, ast.Raise) or (isinstance(node, ast.Call) and _called(node) in WORDS):
        return
    yield node
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list", "type_params"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _inside(child)


def _called(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _with(held: list[Any], place: int, other: Any) -> list[Any]:
    return [*held[:place], other, *held[place + 1 :]]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 100 else f"{line[:99]}…"


class Breaking:
    """A pytest plugin that runs, in place of the tests, the tests of each mutant against it."""

    def __init__(self, mutants: list[Mutant], scratch: Path, looked: Path | None) -> None:
        self._mutants = mutants
        self._scratch = scratch
        self._looked = looked
        self.tried = 0
        self.survivors: list[Mutant] = []
        self.unentered: list[Mutant] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = [item for item in session.items if not item.get_closest_marker("browser")]
        first = next(item for item in items if item.get_closest_marker("django_db"))
        # Makes the database. What lasts for the session lasts, as another test is said to follow.
        _run(first, next(item for item in items if item.module is not first.module))
        self._keep_database()
        entered = self._entered(items)
        by_name = {item.nodeid: item for item in items}
        for number, mutant in enumerate(self._mutants, 1):
            found = _tried(entered.get((mutant.path, mutant.first_line), []))
            tests = [by_name[name] for _seconds, name in found if name in by_name]
            limit = LEAST_SECONDS + PATIENCE * int(sum(seconds for seconds, _name in found))
            # As it is, first, now and then: tests that fail in a fork by themselves would make every mutant noticed.
            if number % 20 == 1 and tests and self._outcome(None, tests, items, limit) != "survived":
                pytest.exit(f"The tests of {mutant.function} fail in a fork with nothing changed.", 3)
            outcome = self._outcome(mutant, tests, items, limit)
            if outcome != "noticed":
                (self.unentered if outcome == "not entered" else self.survivors).append(mutant)
                print(
                    f"\n{outcome}: {mutant.path}:{mutant.line} {mutant.function}: {mutant.before} → {mutant.after}"
                )
            self.tried = number
            print(f"\r{number} of {len(self._mutants)} ", end="", flush=True)
        return True

    def _keep_database(self) -> None:
        from django.db import connections

        connections.close_all()
        self._database = Path(connections["default"].settings_dict["NAME"])
        shutil.copyfile(self._database, self._scratch / "database")

    def _restore_database(self) -> None:
        for ending in ("-wal", "-shm"):
            self._database.with_name(self._database.name + ending).unlink(missing_ok=True)
        shutil.copyfile(self._scratch / "database", self._database)

    def _in_fork(self, work: Callable[[], None]) -> int:
        """Do something in a fork, on a database as new; returns its exit status, or -1 if it took too long."""
        self._restore_database()
        child = os.fork()
        if child == 0:
            status, said = OUR_OWN_FAULT, os.dup(2)
            try:
                os.setsid()
                quiet = os.open(os.devnull, os.O_WRONLY)
                os.dup2(quiet, 1)
                os.dup2(quiet, 2)
                work()
                status = 0
            except SystemExit as left:
                status = int(left.code or 0)
            except BaseException:
                os.write(said, traceback.format_exc().encode())
            finally:
                os._exit(status)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def _entered(self, items: list[pytest.Item]) -> dict[tuple[str, int], list[tuple[float, str]]]:
        """Which tests enter which functions (by file and first line), and in how many seconds each ends."""
        answers = self._looked or self._scratch / "entered"
        files = {str(path): str(path.relative_to(ROOT)) for path in ROOT.glob("standfirst/**/*.py")}

        def look() -> None:
            found: dict[tuple[str, int], list[tuple[float, str]]] = {}
            for item, following in zip(items, [*items[1:], items[0]], strict=True):
                began = time.monotonic()
                _forget_queries()
                profile = cProfile.Profile(subcalls=False, builtins=False)
                profile.enable()
                passed = _run(item, following)
                profile.disable()
                codes = {entry.code for entry in profile.getstats() if isinstance(entry.code, CodeType)}
                # A test that fails as it is would notice everything.
                for code in codes if passed else ():
                    if path := files.get(code.co_filename):
                        tests = found.setdefault((path, code.co_firstlineno), [])
                        tests.append((time.monotonic() - began, item.nodeid))
            answers.write_bytes(pickle.dumps(found))

        if not answers.exists() and (status := self._in_fork(look)) != 0:
            pytest.exit(f"The tests can't be looked at in a fork: it ended with {status}.", 3)
        found: dict[tuple[str, int], list[tuple[float, str]]] = pickle.loads(answers.read_bytes())
        return found

    def _outcome(
        self, mutant: Mutant | None, tests: list[pytest.Item], items: list[pytest.Item], limit: int
    ) -> str:
        if not tests:
            return "not entered"

        def try_it() -> None:
            signal.alarm(limit)
            _forget_queries()
            if mutant is not None and not _put_in_place(mutant):
                sys.exit(NOT_PUT_IN_PLACE)
            other = next((item for item in items if item.module is not tests[-1].module), items[0])
            for item, following in zip(tests, [*tests[1:], other], strict=True):
                if not _run(item, following):
                    sys.exit(1)

        status = self._in_fork(try_it)
        if status == OUR_OWN_FAULT:
            pytest.exit(
                f"{mutant.name if mutant else 'What is unchanged'} can't be tried: see the traceback.", 3
            )
        return {0: "survived", NOT_PUT_IN_PLACE: "not put in place"}.get(status, "noticed")


def _tried(tests: list[tuple[float, str]]) -> list[tuple[float, str]]:
    ordered = sorted(tests)
    return ordered[:QUICKEST] + ordered[QUICKEST:][-LONGEST:]


@cache
def _prepared() -> list[Any]:
    from standfirst.database.prepared import Prepared

    return [held for held in gc.get_objects() if type(held) is Prepared]


def _forget_queries() -> None:
    """Have every query written anew when it is next asked: what writes it is entered then, and never again."""
    from standfirst.database.prepared import WrittenByThread

    for prepared in _prepared():
        prepared._written = WrittenByThread()


def _run(item: pytest.Item, following: pytest.Item) -> bool:
    """Run one test; whether it passed."""
    from _pytest.runner import runtestprotocol

    return all(
        report.passed or report.skipped for report in runtestprotocol(item, nextitem=following, log=False)
    )


def _put_in_place(mutant: Mutant) -> bool:
    """Give every function that was made from the mutant's the code of the mutant; whether there was one."""
    path = ROOT / mutant.path
    tree = next(tree for one, tree in mutants_of(path) if one.number == mutant.number)
    changed = dict(_codes(compile(ast.fix_missing_locations(tree), str(path), "exec", dont_inherit=True)))
    replaced = False
    # By type(): isinstance() would wake lazy objects that can't be made here.
    for function in [held for held in gc.get_objects() if type(held) is FunctionType]:
        code = function.__code__
        if code.co_filename != str(path):
            continue
        new = changed.get((code.co_qualname, code.co_firstlineno))
        if new is not None and len(new.co_freevars) == len(code.co_freevars) and new != code:
            function.__code__ = new
            replaced = True
    return replaced


def _codes(code: CodeType) -> Iterator[tuple[tuple[str, int], CodeType]]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield (constant.co_qualname, constant.co_firstlineno), constant
            yield from _codes(constant)


def settled() -> dict[str, str]:
    """The mutants that nobody could notice, by name, and why not."""
    lines = SETTLED.read_text(encoding="utf-8").splitlines() if SETTLED.exists() else []
    pairs = (line.partition(" | ") for line in lines if line and not line.startswith("#"))
    return {name: reason for name, _, reason in pairs}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "paths", nargs="*", default=[f"standfirst/{room}" for room in ROOMS], help="modules or rooms"
    )
    parser.add_argument("--sample", type=int, default=200, help="how many mutants, drawn by the seed")
    parser.add_argument("--all", action="store_true", help="every mutant")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--looked", type=Path, help="a file for which tests enter what: read if it is there, else written"
    )
    parser.add_argument("--tests", nargs="*", default=["tests"], help="which tests are tried")
    options = parser.parse_args()
    files = [
        file
        for path in (ROOT / one for one in options.paths)
        for file in ([path] if path.is_file() else sorted(path.rglob("*.py")))
        if "migrations" not in file.parts
    ]
    known = settled()
    mutants = [mutant for file in files for mutant, _ in mutants_of(file) if mutant.name not in known]
    if not options.all and len(mutants) > options.sample:
        mutants = random.Random(options.seed).sample(mutants, options.sample)
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory(prefix="standfirst-mutants-") as scratch:
        breaking = Breaking(mutants, Path(scratch), options.looked)
        status = pytest.main(
            ["-q", "-p", "no:xdist", "-p", "no:cacheprovider", *options.tests], plugins=[breaking]
        )
    if breaking.tried < len(mutants):
        print(
            f"\nNot tried: {len(mutants) - breaking.tried} of {len(mutants)} mutants; pytest ended with {int(status)}. See above."
        )
        return 2
    left = [*breaking.survivors, *breaking.unentered]
    print(f"\n{len(mutants)} mutants, {len(mutants) - len(left)} noticed, {len(left)} not.")
    for mutant in left:
        print(mutant.name)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
