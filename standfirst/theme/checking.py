"""What is wrong with a publication's own templates and words, found before a reader does."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jinja2
from django.contrib.staticfiles import finders
from django.template import engines
from django.urls import get_resolver
from jinja2 import meta, nodes

from .catalogues import broken_catalogues
from .overriding import BrokenTemplate, Theme


def theme() -> Theme:
    """The backend that renders what readers see."""
    backend = engines["jinja2"]
    assert isinstance(backend, Theme)
    return backend


def faults() -> list[str]:
    """One sentence for each fault found so far, and for each that can be found without rendering: file, line and mend."""
    backend = theme()
    failed = {(broken.path, broken.line) for broken in backend.broken.values()}
    found = [fault for name in own_templates(backend) for fault in _faults_of(backend, name)]
    said = [str(fault) for fault in found if (fault.path, fault.line) not in failed]
    said += [str(broken) for broken in backend.broken.values()]
    for path, what in broken_catalogues(backend.own.parent / "locale").items():
        said.append(
            f"{path} can't be used ({what}), and no words of the theme are: make it anew with msgfmt, or delete it."
        )
    return said


def own_templates(backend: Theme) -> list[str]:
    """The names of the publication's own templates."""
    return sorted(path.relative_to(backend.own).as_posix() for path in backend.own.rglob("*.html"))


def _faults_of(backend: Theme, name: str) -> Iterator[BrokenTemplate]:
    path = backend.own / name
    try:
        backend.env.get_template(name)
        tree = backend.env.parse(path.read_text(encoding="utf-8"))
    except jinja2.TemplateSyntaxError as error:
        yield BrokenTemplate(Path(error.filename or path), error.lineno, str(error.message).rstrip("."))
        return
    except jinja2.TemplateNotFound:
        return
    except OSError as error:
        yield BrokenTemplate(path, 1, f"it can't be read ({error.strerror})")
        return
    known = set(backend.env.list_templates())
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        wanted = node.template  # type: ignore[attr-defined]
        is_needed = not getattr(node, "ignore_missing", False)
        if isinstance(wanted, nodes.Const) and wanted.value not in known and is_needed:
            yield BrokenTemplate(path, node.lineno, f"there is no template {wanted.value}")
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.args and isinstance(call.args[0], nodes.Const):
            if call.node.name == "static" and finders.find(call.args[0].value) is None:
                yield BrokenTemplate(
                    path, call.lineno, f"there is no static file {call.args[0].value}", False
                )
            if call.node.name == "url" and call.args[0].value not in get_resolver().reverse_dict:
                yield BrokenTemplate(path, call.lineno, f"there is no address called {call.args[0].value}")
    for unknown in sorted(meta.find_undeclared_variables(tree) - _given(backend.shipped)):
        line = next((n.lineno for n in tree.find_all(nodes.Name) if n.name == unknown), 1)
        yield BrokenTemplate(path, line, f"nothing gives a template the name {unknown}", False)


@cache
def _given(shipped: Path) -> frozenset[str]:
    """The names that shipped templates use, and so are given."""
    env = theme().env
    trees = (env.parse(path.read_text(encoding="utf-8")) for path in shipped.rglob("*.html"))
    return (
        frozenset(env.globals)
        | frozenset(name.name for tree in trees for name in tree.find_all(nodes.Name))
        | {"request", "csrf_input", "csrf_token"}
    )
