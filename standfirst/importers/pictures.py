"""Stores the pictures of an archive, and puts them where drafts point at them."""

import hashlib
import re
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.core.files import File
from django.core.files.storage import Storage
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from standfirst.bodies.awaited import AWAITED_PICTURE, PICTURE_ELSEWHERE, AwaitedPicture
from standfirst.bodies.text import body_text
from standfirst.importers.ledger import Ledger, Target, address_key
from standfirst.importers.models import ImportedRecord
from standfirst.importers.reading.htmlbody import unknown_block
from standfirst.importers.reading.records import BodyBlock, DraftArticle, MediaRef, pictures_in
from standfirst.importers.reading.uploads import FoundFile, Uploads, Wanted
from standfirst.text import markup


class Pictures:
    """The pictures of one import. Each file becomes one image, however often it is used.

    Those of which there is no file may have been fetched from their addresses (`elsewhere`), and are found by these.
    """

    def __init__(self, uploads: Uploads, ledger: Ledger, *, source: str) -> None:
        self.uploads = uploads
        self._source = source  # the format, by which a block tells where it came from
        self._ledger = ledger
        self._ids: dict[str, int] = {}
        self.created: set[str] = set()
        self.known: set[str] = set()

    def plan(self, wanted: list[MediaRef]) -> list[Wanted]:
        """What of these is there and not stored yet. Looks up the rest."""
        found = {key: item for item in map(self.uploads.find, wanted) for key in _keys(item)}
        unknown = [key for key in found if key not in self._ids and key not in self.created]
        for key, image in present_images(self._ledger, unknown).items():
            self._ids[key] = image
            self.known.add(key)
        return [item for key in unknown if (item := found[key]).ledger_key == key and key not in self._ids]

    def store(self, wanted: list[MediaRef]) -> None:
        """Stores what is not stored yet, in the transaction of the articles that use it."""
        new = self.plan(wanted)
        stale = {
            row.key: row
            for row in self._ledger.rows((Target.IMAGE,), [item.ledger_key for item in new]).values()
        }
        rows: list[ImportedRecord] = []
        for item in new:
            assert item.file is not None
            key = item.ledger_key
            if fetched := self._fetched(item):
                self._ids[key] = fetched
                self.known.add(key)
            else:
                self._ids[key] = stored_image(item.file, title=item.media.title if item.media else "").pk
                self.created.add(key)
            if key in stale:  # its image was deleted here, and is wanted again
                stale[key].target_id = self._ids[key]
                stale[key].save(update_fields=["target_id"])
            else:
                rows.append(ImportedRecord(target=Target.IMAGE, key=key, target_id=self._ids[key]))
        self._ledger.write(rows)

    def checkpoint(self) -> Callable[[], None]:
        """What forgets all that is noted from now on: what was stored in a transaction that did not hold."""
        kept = dict(self._ids), set(self.created), set(self.known)

        def forget() -> None:
            self._ids, self.created, self.known = kept

        return forget

    def image_id(self, ref: MediaRef) -> int | None:
        wanted = self.uploads.find(ref)
        return self._ids.get(wanted.ledger_key) if wanted.file else self._fetched(wanted)

    def _fetched(self, wanted: Wanted) -> int | None:
        return next((found for key in _keys(wanted) if (found := self._ids.get(key))), None)

    def missing(self) -> dict[str, str]:
        """What is not there, and why: neither a file of it, nor what was fetched from its address."""
        keys = {name: address_key(name) for name in self.uploads.missing}
        fetched = present_images(self._ledger, keys.values())
        return {name: why for name, why in self.uploads.missing.items() if keys[name] not in fetched}

    def lead(self, draft: DraftArticle) -> dict[str, Any]:
        """The fields of an article's lead image."""
        if draft.lead_image is None or (image_id := self.image_id(draft.lead_image)) is None:
            return {
                "lead_image_id": None,
                "lead_image_alt": "",
                "lead_image_caption": "",
                "lead_image_credit": "",
            }
        return lead_fields(image_id, self._lead(draft))

    def awaited_lead(self, draft: DraftArticle) -> AwaitedPicture | None:
        """The lead image that is not there, if its address is known."""
        if draft.lead_image is None or self.uploads.find(draft.lead_image).file:
            return None
        awaited = self._lead(draft)
        return awaited if awaited.address and self.image_id(draft.lead_image) is None else None

    def _lead(self, draft: DraftArticle) -> AwaitedPicture:
        assert draft.lead_image is not None
        wanted = self.uploads.find(draft.lead_image)
        media = wanted.media
        return AwaitedPicture(
            wanted.address,
            alt=draft.lead_alt or (media.alt if media else ""),
            caption=caption_of(draft.lead_caption or (media.caption if media else "")),
            credit=draft.lead_credit or (media.credit if media else ""),
        )

    def body(self, draft: DraftArticle) -> tuple[list[dict[str, Any]], str]:
        """The draft's body as the StreamField stores it, pictures in place; and its words."""
        blocks: list[BodyBlock] = []
        words: list[str] = []
        for block, said in zip(draft.body, draft.words, strict=True):
            placed = self._placed(block) if pictures_in(block) else [block]
            words.append(said or body_text({"value": block.value} for block in placed))
            blocks += placed
        stored = [
            {"type": block.type, "value": block.value, "id": _block_id(draft.key, number)}
            for number, block in enumerate(blocks)
        ]
        return stored, " ".join(filter(None, words))

    def _placed(self, block: BodyBlock) -> list[BodyBlock]:
        images = [block.value] if block.type == "image" else list(block.value["images"])
        there = [value for image in images if (value := self._image(image)) is not None]
        missing = [self._missing(image) for image in images if self.image_id(image["image"]) is None]
        if block.type == "image" or len(there) == 1:
            return [*(BodyBlock("image", value) for value in there), *missing]
        gallery = (
            [BodyBlock("gallery", {"images": there, "caption": block.value["caption"]})] if there else []
        )
        return [*gallery, *missing]

    def _image(self, value: dict[str, Any]) -> dict[str, Any] | None:
        image_id = self.image_id(value["image"])
        return None if image_id is None else self._described(value).figure(image_id)

    def _missing(self, value: dict[str, Any]) -> BodyBlock:
        """A picture that is not there: marked for the editor, its caption still read."""
        picture = self._described(value)
        name = AWAITED_PICTURE if self.uploads.find(value["image"]).is_awaited else PICTURE_ELSEWHERE
        words = markup.plain_text(picture.caption)
        return unknown_block(name, picture.as_it_came(), words, source=self._source)

    def _described(self, value: dict[str, Any]) -> AwaitedPicture:
        """A picture of a body, with the words that belong to it: those beside it, else those of the archive's list."""
        wanted = self.uploads.find(value["image"])
        media = wanted.media
        return AwaitedPicture(
            wanted.address,
            alt=value["alt"] or (media.alt if media else ""),
            caption=value["caption"] or caption_of(media.caption if media else ""),
            credit=value["credit"] or (media.credit if media else ""),
        )


def caption_of(html: str) -> str:
    return markup.clean_inline(html).strip() if html else ""


def lead_fields(image: int, picture: AwaitedPicture) -> dict[str, Any]:
    """The fields of an article's lead image, no longer than they can be."""
    return {
        "lead_image_id": image,
        "lead_image_alt": picture.alt[:500],
        "lead_image_caption": picture.caption[:1000],
        "lead_image_credit": picture.credit[:255],
    }


def stored_image(file: FoundFile, *, title: str = "") -> AbstractImage:
    """A new image of a file."""
    model = get_image_model()
    digest = file.digest()
    image = model(
        title=(title or file.path.stem)[:255],
        width=file.width,
        height=file.height,
        file_size=file.size,
        file_hash=digest,
    )
    image.file.name = _put(image.file.storage, file, digest)
    image.save()
    return image


def _put(storage: Storage, file: FoundFile, digest: str) -> str:
    """Copies a file under a name made of its content: an import that was killed finds its copy again."""
    stem = re.sub(r"[^a-z0-9]+", "-", file.path.stem.lower()).strip("-")[:40] or "image"
    name = f"original_images/{stem}-{digest[:10]}.{file.extension}"
    if storage.exists(name):
        if storage.size(name) == file.size:
            return name
        storage.delete(name)  # a copy that was cut short
    with file.path.open("rb") as source:
        return storage.save(name, File(source))


def _block_id(key: str, number: int) -> str:
    """The same for the same block at every import, so that a second import changes nothing."""
    return str(uuid.UUID(bytes=hashlib.blake2b(f"{key}:{number}".encode(), digest_size=16).digest()))


def _keys(wanted: Wanted) -> list[str]:
    """What the ledger may know a picture by: its file, and the addresses it may have been fetched from."""
    own = [wanted.ledger_key] if wanted.file else []
    return own + [address_key(address) for address in wanted.addresses]


def present_images(ledger: Ledger, keys: Iterable[str]) -> dict[str, int]:
    """The images of these keys that are still here, by key."""
    rows = ledger.rows((Target.IMAGE,), keys)
    ids = get_image_model().objects.filter(pk__in={row.target_id for row in rows.values()})
    present = set(ids.values_list("pk", flat=True))
    return {key: row.target_id for key, row in rows.items() if row.target_id in present}
