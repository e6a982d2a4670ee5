"""Makes contributors of Ghost's users, and credits of who a post says wrote it.

Ghost names the authors of a post by ids, in order, so nothing is guessed. E-mail addresses are for matching and stay in the
ledger. The account “Ghost” that every installation came with is nobody, unless it really wrote something.
"""

import re
from html import escape

from standfirst.importers.ghost.reader import Survey
from standfirst.importers.ghost.rows import GhostPost, GhostUser
from standfirst.importers.reading.handles import host_of, public_name, words_of
from standfirst.importers.reading.records import DraftContributor, DraftCredit, DraftLink, LinkedHow, MediaRef
from standfirst.text import markup

_SOCIAL = {
    "facebook": ("Facebook", "https://www.facebook.com/{}"),
    "twitter": ("X", "https://x.com/{}"),
    "threads": ("Threads", "https://www.threads.net/@{}"),
    "bluesky": ("Bluesky", "https://bsky.app/profile/{}"),
    "mastodon": ("Mastodon", "https://{}"),
    "tiktok": ("TikTok", "https://www.tiktok.com/@{}"),
    "youtube": ("YouTube", "https://www.youtube.com/{}"),
    "instagram": ("Instagram", "https://www.instagram.com/{}"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/{}"),
}
_HANDLE = re.compile(r"[\w.@%-]+(?:/[\w.@%-]+)*/?\Z")


class People:
    """The contributors of one export, and the credits of its posts."""

    def __init__(self, found: Survey) -> None:
        self._found = found
        self._drafts = {
            user.id: _draft(user, is_credited=found.written[user.id] > 0)
            for user in found.users.values()
            if not self._is_sample(user)
        }
        self.samples = len(found.users) - len(self._drafts)

    @property
    def contributors(self) -> tuple[DraftContributor, ...]:
        return tuple(self._drafts.values())

    @property
    def records(self) -> int:
        return len(self._drafts)

    def credits(self, post: GhostPost) -> tuple[DraftCredit, ...]:
        """The byline of a post, in its order."""
        printed = dict(zip(post.authors, post.printed, strict=False)) if post.printed else {}
        return tuple(
            DraftCredit(
                self._drafts[number].key,
                LinkedHow.STATED,
                evidence="user",
                source_text=public_name(self._found.users[number].name),
                printed_name=_printed(printed.get(number, ""), self._drafts[number].display_name),
            )
            for number in post.authors
            if number in self._drafts
        )

    def raw_byline(self, post: GhostPost) -> str:
        """What the export says of a post's authors; for the ledger only."""
        users = (self._found.users[number] for number in post.authors)
        return "; ".join(f"{user.name} <{user.slug or user.id}>" for user in users)

    def _is_sample(self, user: GhostUser) -> bool:
        return user.is_sample and not self._found.written[user.id]


def _draft(user: GhostUser, *, is_credited: bool) -> DraftContributor:
    stated = public_name(_line(user.name))
    name = stated or words_of(user.name) or words_of(user.slug) or "Unnamed contributor"
    # The address of somebody whose name was an e-mail address is made of it, too.
    slug = user.slug if stated == _line(user.name) else ""
    return DraftContributor(
        key=f"user:{user.id}"[:400],
        display_name=name[:255],
        source_keys=(f"user:{user.id}"[:400],),
        is_name_derived=not stated,
        rank=2 if stated else 1,
        biography=_biography(user.bio),
        links=_links(user),
        old_slugs=(user.slug,) if user.slug else (),
        emails=(user.email,) if user.email else (),
        portrait=MediaRef("", user.image) if user.image and "gravatar.com/" not in user.image else None,
        preferred_slug=slug,
        is_credited=is_credited,
    )


def _printed(stated: str, name: str) -> str:
    """The name as this post has it, where that is another one than the user's."""
    printed = public_name(_line(stated))
    return "" if printed == name else printed[:255]


def _line(text: str) -> str:
    return " ".join(text.split())


def _biography(text: str) -> str:
    """The paragraphs of a biography, which Ghost keeps as plain text."""
    parts = re.split(r"\n\s*\n", text)
    return markup.clean_rich_text(
        "".join(f"<p>{escape(part.strip(), quote=False)}</p>" for part in parts if part.strip())
    )


def _links(user: GhostUser) -> tuple[DraftLink, ...]:
    found: dict[str, DraftLink] = {}
    if (markup.safe_url(user.website) or "").startswith("http"):
        found[user.website] = DraftLink(host_of(user.website), user.website)
    for name, handle in user.social:
        label, pattern = _SOCIAL[name]
        url = handle if handle.startswith(("https://", "http://")) else ""
        if not url and _HANDLE.fullmatch(handle):
            bare = handle.strip("/")
            if name in ("twitter", "threads", "tiktok", "bluesky", "instagram"):
                bare = bare.removeprefix("@")
            if name == "linkedin" and "/" not in bare:
                bare = f"in/{bare}"
            url = pattern.format(bare)
        if (markup.safe_url(url) or "").startswith("http"):
            found.setdefault(url, DraftLink(label, url))
    return tuple(found.values())
