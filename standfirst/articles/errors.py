"""What cannot be done with articles, whoever asks. At the desk each of these is a plain refusal."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


class ArticleIsGone(PermissionDenied):
    """It was deleted while somebody worked on it: storing it would bring it back, without its place and its history."""

    def __init__(self) -> None:
        super().__init__(_("This article has been deleted meanwhile."))


class ArticleHasNoAlias(PermissionDenied):
    """An article has one address, and its credits are its own: it cannot mirror another."""

    def __init__(self) -> None:
        super().__init__(_("An article cannot be an alias of another: copy it instead."))


class StaysWhereItIs(PermissionDenied):
    """All articles are kept in one place, in no order of their own, and that place stays too."""

    def __init__(self) -> None:
        super().__init__(_("Articles, and the place where they are kept, cannot be moved."))
