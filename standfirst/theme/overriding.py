"""The publication's own templates before the shipped ones, and the shipped ones in place of those that fail.

A template fails when it can't be read, compiled or rendered. Then the page is rendered again without it, and so on until
it succeeds: a mistake in a theme costs the part that holds it, never the page. What readers get depends on nothing but the
templates and the rows, so a page is the same in every process, and each time.
"""

import logging
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from django.conf import settings
from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.template.backends import jinja2 as django_jinja2
from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy
from django.urls import NoReverseMatch

log = logging.getLogger("standfirst.theme")

# Environments that leave something out, kept for the next page that needs one.
MOST_ENVIRONMENTS = 16


@dataclass(frozen=True, slots=True)
class BrokenTemplate:
    """A template of the publication's own that failed: where, and how."""

    path: Path
    line: int
    what: str
    # What is only missing from it (a style sheet, a word) leaves the rest of it usable.
    is_replaced: bool = True

    def __str__(self) -> str:
        if not self.is_replaced:
            return f"{self.path}, line {self.line}: {self.what}: mend that line and reload."
        return (
            f"{self.path}, line {self.line}: {self.what}. Readers get the shipped template in its place: mend that line and "
            "reload, or delete the file."
        )


class OwnTemplates(jinja2.FileSystemLoader):
    """Loads the publication's own templates. Whatever is wrong with one is an error that names its file."""

    def __init__(self, folder: Path, left_out: frozenset[str] = frozenset()) -> None:
        super().__init__(folder)
        self.left_out = left_out

    def get_source(self, environment: jinja2.Environment, template: str) -> Any:
        if template in self.left_out:
            raise jinja2.TemplateNotFound(template)
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError:
            raise self._unusable(template, "it is not text in UTF-8") from None
        except OSError as error:
            if isinstance(error, jinja2.TemplateNotFound):
                raise
            raise self._unusable(template, f"it can't be read ({error.strerror})") from None

    def load(self, environment: Any, name: str, globals: Any = None) -> jinja2.Template:
        try:
            return super().load(environment, name, globals)
        except (jinja2.TemplateNotFound, jinja2.TemplateSyntaxError):
            raise
        except (
            Exception
        ) as error:  # Python itself may refuse what a template becomes: nested too deep, too long.
            raise self._unusable(name, f"it can't be compiled ({error})") from error

    def _unusable(self, name: str, what: str) -> jinja2.TemplateSyntaxError:
        return jinja2.TemplateSyntaxError(what, 1, name, str(Path(self.searchpath[0], name)))


class Theme(django_jinja2.Jinja2):
    """Django's backend for Jinja2, with two folders: the first the publication's own, the last what we ship."""

    def __init__(self, params: dict[str, Any]) -> None:
        self.own, self.shipped = Path(params["DIRS"][0]), Path(params["DIRS"][-1])
        # What has failed since this process began, by its name.
        self.broken: dict[str, BrokenTemplate] = {}
        self._environments: dict[frozenset[str], jinja2.Environment] = {}

        def environment_without(left_out: frozenset[str]) -> jinja2.Environment:
            options = params["OPTIONS"] | {
                "loader": jinja2.ChoiceLoader(
                    [OwnTemplates(self.own, left_out), jinja2.FileSystemLoader(self.shipped)]
                )
            }
            return django_jinja2.Jinja2(params | {"OPTIONS": options}).env

        self._environment_without: Callable[[frozenset[str]], jinja2.Environment] = environment_without
        super().__init__(params)
        self.env = self.without(frozenset())

    def without(self, left_out: frozenset[str]) -> jinja2.Environment:
        """The environment in which these templates of the publication's own are not there."""
        if left_out not in self._environments:
            if len(self._environments) >= MOST_ENVIRONMENTS:
                self._environments = {frozenset(): self.env}
            self._environments[left_out] = self._environment_without(left_out)
        return self._environments[left_out]

    def get_template(self, template_name: str) -> "ThemedTemplate":  # type: ignore[override]
        self.found(template_name, frozenset())
        return ThemedTemplate(template_name, self)

    def found(self, name: str, left_out: frozenset[str]) -> tuple[jinja2.Template, frozenset[str]]:
        """A template that compiles, and what had to be left out for it.

        Raises TemplateDoesNotExist if there is none of this name, and what ours raises if ours does not compile.
        """
        while True:
            try:
                return self.without(left_out).get_template(name), left_out
            except jinja2.TemplateNotFound as error:
                raise TemplateDoesNotExist(str(error.name or name), backend=self) from error
            except jinja2.TemplateSyntaxError as error:
                left_out = self.without_blamed(error, left_out)

    def without_blamed(self, error: Exception, left_out: frozenset[str]) -> frozenset[str]:
        """What to leave out after this error, besides what is left out already. Raises the error if it is nobody's but ours.

        With STANDFIRST_DEBUG it is raised as well: whoever develops a theme wants to see it.
        """
        blamed = None if settings.DEBUG else self.blamed(error)
        if blamed is None or blamed[0] in left_out:
            raise error
        self.note(*blamed)
        return left_out | {blamed[0]}

    def blamed(self, error: BaseException) -> tuple[str, BrokenTemplate] | None:
        """The template of the publication's own that this error comes from, with its name; None if none is involved."""
        if (
            isinstance(error, jinja2.TemplateSyntaxError)
            and error.filename
            and (name := self._name(error.filename))
        ):
            return name, BrokenTemplate(self.own / name, error.lineno, _said(error))
        frames: Iterable[tuple[Any, int]] = traceback.walk_tb(error.__traceback__)
        for frame, line in reversed(list(frames)):
            if name := self._name(frame.f_code.co_filename):
                return name, BrokenTemplate(self.own / name, line, _said(error))
        return None

    def note(self, name: str, broken: BrokenTemplate) -> None:
        """Remember what is broken, and log it the first time."""
        if self.broken.get(name) != broken:
            self.broken[name] = broken
            log.error("%s", broken)

    def _name(self, filename: str) -> str:
        path = Path(filename)
        return path.relative_to(self.own).as_posix() if path.is_relative_to(self.own) else ""


class ThemedTemplate:
    """What Django asks of a template: its origin, and to be rendered."""

    def __init__(self, name: str, backend: Theme) -> None:
        self.name = name
        self.backend = backend
        self.origin = django_jinja2.Origin(name=name, template_name=name)

    def render(self, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> str:
        values = dict(context or {})
        if request is not None:
            values["request"] = request
            values["csrf_input"] = csrf_input_lazy(request)
            values["csrf_token"] = csrf_token_lazy(request)
            for processor in self.backend.template_context_processors:
                values.update(processor(request))
        left_out: frozenset[str] = frozenset()
        while True:
            template, left_out = self.backend.found(self.name, left_out)
            try:
                return template.render(values)
            except Exception as error:
                left_out = self.backend.without_blamed(error, left_out)


def _said(error: BaseException) -> str:
    if isinstance(error, jinja2.TemplateNotFound):
        return f"there is no template {error.name}"
    if isinstance(error, NoReverseMatch):
        return str(error).partition(".")[0]
    if isinstance(error, RecursionError):
        return "it includes itself without end"
    first_line = str(error).strip().partition("\n")[0].rstrip(".")
    if isinstance(error, jinja2.TemplateError):
        return first_line
    return f"{type(error).__name__}: {first_line}" if first_line else type(error).__name__
