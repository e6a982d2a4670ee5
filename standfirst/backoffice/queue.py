"""The review queue: one question at a time, one key for each answer, then the next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.widgets.button import HeaderButton

from standfirst.bylines.models import Credit, Role
from standfirst.contributors.models import Contributor, Kind
from standfirst.identity.actions import preview_merge
from standfirst.review import actions, queries
from standfirst.review.bylines import WantedCredit, as_read, of_this_byline
from standfirst.review.errors import CannotAnswer
from standfirst.review.finding import find_duplicates
from standfirst.review.models import Decision, Question, QuestionKind, State

from .screens import QUEUE, Screen, number_in, sentences, typed

# Rows for names the reading did not see.
EMPTY_ROWS = 2
MOST_ROWS = 100
# How many contributors are compared at one press of the button.
AT_A_PRESS = 200
DONE = {
    Decision.MERGED: gettext_lazy("%(what)s are one now."),
    Decision.DIFFERENT: gettext_lazy("%(what)s are two, and will not be asked about again."),
    Decision.ACCEPTED: gettext_lazy("%(what)s was read rightly."),
    Decision.CORRECTED: gettext_lazy("%(what)s is put right."),
    Decision.DISMISSED: gettext_lazy("%(what)s will not be asked about again."),
    Decision.SETTLED: gettext_lazy("%(what)s was settled by another answer."),
}


class ReviewMenuItem(MenuItem):
    """The way to the queue, with how many questions wait there."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("Review"), reverse("review"), name="review", icon_name="clipboard-list", order=140
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(QUEUE))

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        # Items are made once for all requests: the number must not stay in one.
        number = queries.number_open()
        label = _("Review (%(number)s)") % {"number": f"{number:,}"} if number else _("Review")
        return LinkMenuItem(
            self.name, label, self.url, icon_name=self.icon_name, classname=self.classname, attrs=self.attrs
        )


@dataclass(frozen=True, slots=True)
class CreditRow:
    """One line of the form for a byline: the name and role as read, and who it may be."""

    number: int
    name: str
    role: str
    kind: str
    choices: tuple[tuple[str, str], ...] = ()
    chosen: str = ""


class Queue(Screen):
    """To the first open question, or to the one behind `after`."""

    permission = QUEUE
    template_name = "backoffice/review/nothing.html"
    page_title = gettext_lazy("Review")
    header_icon = "clipboard-list"

    def get(self, request: HttpRequest) -> HttpResponse:
        kind = _kind(request.GET)
        after = Question.objects.filter(pk=number_in(request.GET.get("after"))).first()
        question = queries.next_question(after=after, kind=kind)
        if question is None and after is not None:
            question = queries.next_question(kind=kind)
            if question is not None:
                messages.info(request, _("That was the last one; from the first again."))
        if question is None:
            return self.render_to_response(self.get_context_data(last=_last_answer(request)))
        return redirect(_address(question, kind))

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return _list_buttons()


class ShowQuestion(Screen):
    """One question, with what is known of whom it is about. What was answered says so, and can be undone."""

    permission = QUEUE
    page_title = gettext_lazy("Review")
    header_icon = "clipboard-list"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.refused: QueryDict | None = None

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(_question(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answers: `answer` says how."""
        question = _question(pk)
        kind = _kind(request.POST)
        answer = request.POST.get("answer", "")
        if answer == "skip":
            return redirect(_queue(kind, after=question))
        try:
            if answer == "undo":
                return self._undo(question, kind)
            self._answer(question, answer)
        except ValidationError as error:
            messages.error(request, sentences(error))
            if answer == "undo":
                return redirect(_queue(kind))
            self.refused = request.POST
            return self._show(_question(pk))
        done = DONE[Decision(question.decision)] % {"what": queries.in_words(question)}
        messages.success(request, done)
        return redirect(_queue(kind, after=question))

    def get_template_names(self) -> list[str]:
        return [f"backoffice/review/{self.question.kind}.html"]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return _list_buttons()

    def crumbs(self) -> Iterable[tuple[str, str]]:
        return [(reverse("review"), _("Review")), ("", self.question.get_kind_display().capitalize())]

    def _show(self, question: Question) -> HttpResponse:
        self.question = question
        about = self._duplicate if question.kind == QuestionKind.DUPLICATE else self._byline
        waiting = {kind: queries.number_open(kind) for kind in QuestionKind.values}
        return self.render_to_response(
            self.get_context_data(
                question=question,
                kind=_kind(self.request.GET),
                waiting=waiting,
                number=sum(waiting.values()),
                done=DONE[Decision(question.decision)] % {"what": queries.in_words(question)}
                if question.decision
                else "",
                last=_last_answer(self.request, but=question),
                **about(question),
            )
        )

    def _duplicate(self, question: Question) -> dict[str, Any]:
        first, second = queries.parties(question)
        if first == second:
            return {"profiles": queries.profiles([first]), "is_settled": True}
        preview = preview_merge(kept=first, absorbed=second) if question.is_open else None
        return {"profiles": queries.profiles([first, second]), "preview": preview}

    def _byline(self, question: Question) -> dict[str, Any]:
        assert question.article is not None
        credits = list(
            Credit.objects.filter(article=question.article_id)
            .select_related("contributor", "role")
            .order_by("sort_order", "pk")
        )
        theirs = of_this_byline(credits, question.raw, question.reading)
        rows, people = self._rows(question, theirs)
        return {
            "article": question.article,
            "credits": credits,
            "rows": rows,
            "others": queries.number_asked_with(question),
            "roles": list(Role.objects.values_list("code", "label")),
            "profiles": queries.profiles(people),
        }

    def _rows(
        self, question: Question, theirs: Sequence[Credit]
    ) -> tuple[list[CreditRow], list[Contributor]]:
        """The lines of the form, and everybody who may be meant by one of them."""
        if self.refused is not None:
            wanted: Sequence[WantedCredit] = _wanted(self.refused)
        else:
            wanted = as_read(question.reading)
        people: dict[int, Contributor] = {}
        rows = []
        for number, credit in enumerate(wanted):
            known = queries.who_it_may_be(credit.name, theirs)
            people |= {one.pk: one for one in known}
            choices = tuple((str(one.pk), f"{one.display_name} ({one.path})") for one in known)
            chosen = "new" if credit.is_new else str(credit.contributor or "")
            rows.append(CreditRow(number, credit.name, credit.role, credit.kind, choices, chosen))
        rows += [CreditRow(len(rows) + more, "", "author", "person") for more in range(EMPTY_ROWS)]
        return rows, list(people.values())

    def _answer(self, question: Question, answer: str) -> None:
        editor: Any = self.request.user
        match answer:
            case "merge":
                actions.merge(question, by=editor)
            case "merge-second":
                actions.merge(question, by=editor, keep_second=True)
            case "different":
                actions.different(question, by=editor)
            case "accept":
                self._accept(question)
            case "dismiss":
                actions.dismiss(question, by=editor)
            case _:
                raise CannotAnswer(_("That is no answer to this question."))

    def _accept(self, question: Question) -> None:
        """As the form has it: what nobody touched was read rightly, anything else is a correction."""
        editor: Any = self.request.user
        wanted = _wanted(self.request.POST)
        read = as_read(question.reading)
        if tuple((one.name, one.role, one.contributor, one.is_new) for one in wanted) == tuple(
            (one.name, one.role, None, False) for one in read
        ):
            actions.accept_reading(question, by=editor)
        else:
            actions.correct_reading(question, wanted, by=editor)

    def _undo(self, question: Question, kind: str) -> HttpResponse:
        what = queries.in_words(question)
        for sentence in actions.undo(question, by=self.request.user):  # type: ignore[arg-type]
            messages.warning(self.request, sentence)
        messages.success(self.request, _("Undone: %(what)s is a question again.") % {"what": what})
        return redirect(_address(question, kind))


class Questions(Screen):
    """All questions, by what became of them."""

    permission = QUEUE
    template_name = "backoffice/review/questions.html"
    page_title = gettext_lazy("All questions")
    header_icon = "clipboard-list"

    def get(self, request: HttpRequest) -> HttpResponse:
        state = request.GET.get("state", State.OPEN.value)
        if state not in State.values:
            state = State.OPEN.value
        found = Question.objects.filter(state=state).select_related(
            "first", "second", "article", "answered_by"
        )
        found = found.in_order() if state == State.OPEN else found.order_by("-answered_at", "-pk")
        page = Paginator(found, 50).get_page(request.GET.get("p"))
        counts = [
            (value, label, Question.objects.filter(state=value).count()) for value, label in State.choices
        ]
        return self.render_to_response(self.get_context_data(page_obj=page, state=state, counts=counts))

    def crumbs(self) -> Iterable[tuple[str, str]]:
        return [(reverse("review"), _("Review")), ("", str(self.page_title))]


class FindDuplicates(Screen):
    """Compares contributors with each other, so many at each press, and asks about those who are alike."""

    permission = QUEUE
    template_name = "backoffice/review/find.html"
    page_title = gettext_lazy("Look for duplicates")
    header_icon = "search"

    def get(self, request: HttpRequest) -> HttpResponse:
        after = number_in(request.GET.get("after"))
        asked = number_in(request.GET.get("asked"))
        present = Contributor.objects.present()
        total = present.count()
        seen = present.filter(pk__lte=after).count() if after else 0
        return self.render_to_response(
            self.get_context_data(after=after, asked=asked, total=total, seen=seen, at_a_press=AT_A_PRESS)
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        found = find_duplicates(after=number_in(request.POST.get("after")), at_most=AT_A_PRESS)
        asked = number_in(request.POST.get("asked")) + found.asked
        if found.is_finished:
            messages.success(
                request,
                ngettext(
                    "All contributors are compared: %(number)s new question.",
                    "All contributors are compared: %(number)s new questions.",
                    asked,
                )
                % {"number": f"{asked:,}"},
            )
            return redirect("review")
        return redirect(f"{reverse('review_find')}?after={found.last}&asked={asked}")

    def crumbs(self) -> Iterable[tuple[str, str]]:
        return [(reverse("review"), _("Review")), ("", str(self.page_title))]


def _question(pk: int) -> Question:
    return get_object_or_404(
        Question.objects.select_related("first", "second", "article", "answered_by", "change"), pk=pk
    )


def _wanted(form: QueryDict) -> list[WantedCredit]:
    """The credits as the form has them. A line without a name is none."""
    wanted = []
    for number in range(MOST_ROWS):
        name = typed(form.get(f"name-{number}", ""))
        if not name:
            continue
        who, kind = form.get(f"who-{number}", ""), form.get(f"kind-{number}", "")
        wanted.append(
            WantedCredit(
                name,
                role=form.get(f"role-{number}", "author"),
                kind=kind if kind in Kind.values else Kind.PERSON.value,
                contributor=number_in(who) or None,
                is_new=who == "new",
            )
        )
    return wanted


def _last_answer(request: HttpRequest, but: Question | None = None) -> dict[str, Any] | None:
    """What this editor did last, for the button that undoes it."""
    answered = queries.latest_answer(request.user.pk or 0)
    if answered is None or answered == but:
        return None
    return {
        "question": answered,
        "sentence": DONE[Decision(answered.decision)] % {"what": queries.in_words(answered)},
    }


def _list_buttons() -> list[HeaderButton]:
    return [
        HeaderButton(_("All questions"), url=reverse("review_questions"), icon_name="list-ul"),
        HeaderButton(_("Look for duplicates"), url=reverse("review_find"), icon_name="search"),
    ]


def _address(question: Question, kind: str) -> str:
    return reverse("review_question", args=[question.pk]) + (f"?kind={kind}" if kind else "")


def _queue(kind: str, *, after: Question | None = None) -> str:
    asked = {"kind": kind, "after": str(after.pk) if after else ""}
    query = "&".join(f"{name}={value}" for name, value in asked.items() if value)
    return reverse("review") + (f"?{query}" if query else "")


def _kind(asked: QueryDict) -> str:
    kind = asked.get("kind", "")
    return kind if kind in QuestionKind.values else ""
