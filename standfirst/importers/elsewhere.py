"""Pictures that articles wait for and that are on other hosts: which there are, and how they come when somebody says so.

An import fetches nothing. It leaves a place in the body for each picture it has no file of, with its address
(`bodies.awaited`), and notes in the ledger a lead image that is not there. This goes through those places, page by page:
what comes is stored as an import stores it, noted in the ledger under its address, so that the next import knows it, and
put in its place in what readers see and in every version of the page that is kept. No version is made: nobody edited it.

Killed anywhere and run again it ends the same: a page's pictures, their rows in the ledger and the page are one transaction.
"""

import json
import logging
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote, urljoin

from django.db import InterfaceError, OperationalError
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from PIL import Image as Picture
from wagtail.images import get_image_model

from standfirst.articles.models import ArticlePage
from standfirst.bodies.awaited import AwaitedPicture, awaited_picture, filled
from standfirst.database.alone import alone
from standfirst.database.batches import batched
from standfirst.database.turns import in_turn
from standfirst.importers.errors import ImportRefused
from standfirst.importers.fetching import Bounds, Enough, Fetcher, Host, NotFetched, host_of
from standfirst.importers.ledger import Ledger, Target, address_key
from standfirst.importers.models import AWAITED_LEAD, ImportedRecord, ImportSource
from standfirst.importers.pictures import lead_fields, present_images, stored_image
from standfirst.importers.reading.fences import fenced, why
from standfirst.importers.reading.records import Refused
from standfirst.importers.reading.uploads import FORMATS, FoundFile, look_at, opened
from standfirst.pagecache.actions import announced_together
from standfirst.publications.models import PublicationPage
from standfirst.text.urls import parts_of

_log = logging.getLogger(__name__)
PAGES_AT_ONCE = 200
EXAMPLES = 3
CAME = "came"
MODELS = ((Target.ARTICLE, ArticlePage), (Target.PAGE, PublicationPage))


@dataclass(slots=True)
class Waiting:
    """A page with places that wait for pictures."""

    model: type[ArticlePage] | type[PublicationPage]
    number: int
    title: str
    record: ImportedRecord | None  # of the ledger; a copy of an imported article has none
    pictures: dict[str, AwaitedPicture]  # by their whole addresses on the web
    lead: str = ""  # the address of the lead image, if that is waited for

    @property
    def name(self) -> str:
        return f"“{self.title[:80]}”"


@dataclass(slots=True)
class OnHost:
    """What is waited for on one host."""

    pictures: int = 0
    pages: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Failure:
    """A picture that did not come, and why; it stays awaited."""

    address: str
    reason: str
    page: str


@dataclass(slots=True)
class FetchReport:
    """What became of the pictures on the hosts that were named."""

    hosts: tuple[str, ...]
    is_dry_run: bool
    waiting: Mapping[str, OnHost] = field(default_factory=dict)  # by host, before anything was fetched
    without_address: int = 0  # places whose address has no host
    fetched: int = 0
    known: int = 0  # that had come before, or for another page
    pages: int = 0  # whose places were filled
    failed: list[Failure] = field(default_factory=list)
    stopped: str = ""  # the bound that ended the run, if one did
    left: int = 0  # pictures on these hosts that were not come to
    bytes: int = 0
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The report for programs; its keys are documented and stay."""
        return {
            "dry_run": self.is_dry_run,
            "from": list(self.hosts),
            "hosts": {host: asdict(found) for host, found in self.waiting.items()},
            "without_address": self.without_address,
            "fetched": self.fetched,
            "known": self.known,
            "pages": self.pages,
            "failed": [asdict(failure) for failure in self.failed],
            "stopped": self.stopped,
            "left": self.left,
            "bytes": self.bytes,
            "seconds": round(self.seconds, 2),
        }


def fetch_pictures(
    hosts: Sequence[Host],
    *,
    dry_run: bool = False,
    bounds: Bounds = Bounds(),  # noqa: B008 - frozen
    fetcher: Fetcher | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> FetchReport:
    """Fetches the pictures that are waited for from these hosts alone, and puts them in their places.

    Without hosts, or as a dry run, it only says what is waited for. Raises ImportRefused while an import is under way.
    """
    if dry_run or not hosts:
        return _surveyed(hosts, is_dry_run=True)
    with alone("import") as is_alone:
        if not is_alone:
            raise ImportRefused(
                "An import into this publication is under way; nothing was fetched; start this when that is done."
            )
        report = _surveyed(hosts, is_dry_run=False)
        _Run(
            hosts, report, fetcher or Fetcher(hosts, bounds=bounds), progress or (lambda done, total: None)
        ).go()
        return report


def _surveyed(hosts: Sequence[Host], *, is_dry_run: bool) -> FetchReport:
    """What is waited for, on every host."""
    report = FetchReport(tuple(map(str, hosts)), is_dry_run)
    found: dict[str, OnHost] = {}
    seen: set[int] = set()
    for page in waiting_pages():
        on_hosts = set()
        for address in page.pictures:
            if (host := host_of(address)) is None:
                report.without_address += 1
                continue
            on_hosts.add(str(host))
            here = found.setdefault(str(host), OnHost())
            # Their hashes: the addresses of a million pictures would take a hundred megabytes more.
            if (known := hash(address)) not in seen:
                seen.add(known)
                here.pictures += 1
                if len(here.examples) < EXAMPLES:
                    here.examples.append(address)
        for name in on_hosts:
            found[name].pages += 1
    report.waiting = dict(sorted(found.items(), key=lambda item: (-item[1].pictures, item[0])))
    return report


# ------------------------------------------------------------------------------------------------------------- what waits


def waiting_pages() -> Iterator[Waiting]:
    """Every page with places that wait for pictures, a few hundred read at a time: no query stays open meanwhile."""
    for target, model in MODELS:
        for some in batched(_may_wait(target, model), PAGES_AT_ONCE):
            rows = ImportedRecord.objects.filter(target=target, target_id__in=some)
            records = {row.target_id: row for row in rows.select_related("source")}
            for page in model.objects.filter(pk__in=some).order_by("pk"):
                waiting = _waiting(model, page, records.get(page.pk))
                if waiting.pictures:
                    yield waiting


def _may_wait(target: Target, model: Any) -> list[int]:
    """The pages that are worth looking into, by id, as the database can tell without anything being made of them."""
    leads = ImportedRecord.objects.filter(target=target, raw__has_key=AWAITED_LEAD)
    body = Cast("body", TextField())
    pages = model.objects.annotate(words=body).filter(
        Q(words__contains='"unknown"')
        | Q(has_unpublished_changes=True, latest_revision__isnull=False)
        | Q(pk__in=leads.values("target_id"))
    )
    return list(pages.order_by("pk").values_list("pk", flat=True))


def _waiting(model: Any, page: Any, record: ImportedRecord | None) -> Waiting:
    source = record.source if record else None
    bodies = [list(page.body.raw_data)]
    if page.has_unpublished_changes and page.latest_revision_id:
        bodies.append(_body_of(page.latest_revision.content))
    found: dict[str, AwaitedPicture] = {}
    for body in bodies:
        for block in body:
            if block["type"] == "unknown" and (picture := awaited_picture(block["value"])):
                found.setdefault(whole_address(picture.address, source), picture)
    lead = _awaited_lead(page, record)
    if lead:
        found.setdefault(whole_address(lead.address, source), lead)
    return Waiting(
        model, page.pk, page.title, record, found, whole_address(lead.address, source) if lead else ""
    )


def _awaited_lead(page: Any, record: ImportedRecord | None) -> AwaitedPicture | None:
    noted = record.raw.get(AWAITED_LEAD) if record else None
    if not noted or noted.get(CAME) or getattr(page, "lead_image_id", 0) is not None:
        return None
    return AwaitedPicture(
        **{name: str(noted.get(name) or "") for name in ("address", "alt", "caption", "credit")}
    )


def whole_address(address: str, source: ImportSource | None) -> str:
    """A picture's address on the web. One that an archive gives within its site is on the site the archive is of."""
    if address.startswith("//"):
        return f"https:{address}"
    if host_of(address) is None and address.startswith("/") and source is not None:
        site = f"https://{source.address}/"
        host = host_of(site)
        # A source that has no address is known by its title, or by an id.
        if host is not None and "." in host.name and " " not in source.address:
            return urljoin(site, address)
    return address


def _body_of(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The body in a version, which keeps it as text."""
    try:
        body = json.loads(content.get("body") or "[]")
    except (TypeError, ValueError):
        return []
    return body if isinstance(body, list) else []


# -------------------------------------------------------------------------------------------------------------- fetching


class _Run:
    """One run: page by page, each picture asked for once."""

    def __init__(
        self,
        hosts: Collection[Host],
        report: FetchReport,
        fetcher: Fetcher,
        tell: Callable[[int, int], None],
    ) -> None:
        self._hosts = frozenset(hosts)
        self._report = report
        self._fetcher = fetcher
        self._tell = tell
        self._total = sum(report.waiting.get(str(host), OnHost()).pictures for host in self._hosts)
        self._images: dict[str, int] = {}  # what has come in this run, by address
        self._failed: set[str] = set()
        self._left: set[str] = set()
        self._numbers = count()

    def go(self) -> None:
        report, started = self._report, time.monotonic()
        for page in waiting_pages():
            wanted = [address for address in page.pictures if host_of(address) in self._hosts]
            if not wanted:
                continue
            with TemporaryDirectory(prefix="standfirst-pictures-") as folder:
                files = {} if report.stopped else self._fetched(page, wanted, Path(folder))
                self._place(page, wanted, files)
            if report.stopped:
                self._left.update(a for a in wanted if a not in self._images and a not in self._failed)
            self._tell(len(self._images) + len(self._failed), self._total)
        report.left = len(self._left)
        report.bytes, report.seconds = self._fetcher.bytes, time.monotonic() - started

    def _fetched(self, page: Waiting, wanted: Sequence[str], folder: Path) -> dict[str, FoundFile]:
        """The files of what a page waits for and has not come yet. What does not come is noted."""
        here = self._known(page, wanted)
        files: dict[str, FoundFile] = {}
        for address in wanted:
            if address in here or address in self._failed:
                continue
            try:
                files[address] = self._file(address, folder / str(next(self._numbers)))
            except NotFetched as failure:
                self._failed.add(address)
                self._report.failed.append(Failure(address, str(failure), page.name))
            except Enough as bound:
                self._report.stopped = str(bound)
                break
        return files

    def _file(self, address: str, folder: Path) -> FoundFile:
        """A picture's file. It is told by what is in it, not by what it is called or was said to be."""
        folder.mkdir()
        path = folder / "picture"
        with path.open("wb") as into:
            self._fetcher.fetch(address, into)
        looked_at = fenced(partial(_looked_at, path, address), kind="media", record=address)
        if isinstance(looked_at, Refused):
            raise NotFetched(looked_at.reason)
        found, extension = looked_at
        if found is None:
            raise NotFetched(extension)
        stem = Path(unquote(parts_of(address).path)).stem[:80] or "picture"
        named = path.rename(folder / f"{stem.replace('/', '-')}.{extension}")
        return FoundFile(named, found.size, found.width, found.height, found.key)

    # ---------------------------------------------------------------------------------------------------------- placing

    def _known(self, page: Waiting, wanted: Sequence[str]) -> dict[str, int]:
        """The images of what came before: in this run, or in an earlier one, by the ledger."""
        here = {address: self._images[address] for address in wanted if address in self._images}
        if page.record is not None:
            keys = {address: address_key(page.pictures[address].address) for address in wanted}
            present = present_images(Ledger(page.record.source), keys.values())
            here |= {address: present[key] for address, key in keys.items() if key in present}
        return here

    def _place(self, page: Waiting, wanted: Sequence[str], files: Mapping[str, FoundFile]) -> None:
        """Puts what has come in its places. A page that cannot be stored is named, and the next one goes on."""
        try:
            self._placed(page, wanted, files)
        except (OperationalError, InterfaceError):
            raise  # the database's trouble, and no page's
        except Exception as error:
            _log.debug("%s could not be stored", page.number, exc_info=True)
            reason = f"came, and its page {why(error, 'stored')}"
            self._failed.update(files)
            self._report.failed += [Failure(address, reason, page.name) for address in files or wanted]

    def _placed(self, page: Waiting, wanted: Sequence[str], files: Mapping[str, FoundFile]) -> None:
        with in_turn(), announced_together():
            here = self._known(page, wanted)
            stored = {address: self._stored(file) for address, file in files.items()}
            images = here | stored
            if not images:
                return
            self._note(page, images)
            changed = _fill(page, images)
        # Only now, since the transaction holds.
        self._report.fetched += len(stored)
        self._report.known += len(here.keys() - self._images.keys())
        self._report.pages += changed
        self._images |= images

    def _stored(self, file: FoundFile) -> int:
        """The image of a file: that of a run that was killed, or of another address, if it is the same to the byte."""
        same = get_image_model().objects.filter(file_hash=file.digest(), file_size=file.size)
        return (same.order_by("pk").first() or stored_image(file)).pk

    def _note(self, page: Waiting, images: Mapping[str, int]) -> None:
        """Notes in the ledger what these addresses became, for later imports and later runs."""
        if page.record is None:
            return
        ledger = Ledger(page.record.source)
        keys = {address_key(page.pictures[address].address): image for address, image in images.items()}
        rows = ledger.rows((Target.IMAGE,), keys)
        for key, row in rows.items():
            if row.target_id != keys[key]:  # its image was deleted here, and is wanted again
                row.target_id = keys[key]
                row.save(update_fields=["target_id"])
        ledger.write(
            [
                ImportedRecord(target=Target.IMAGE, key=key, target_id=image)
                for key, image in keys.items()
                if key not in rows
            ]
        )


def _fill(waiting: Waiting, images: Mapping[str, int]) -> bool:
    """Puts pictures in the places of a page that wait for them, in every version of it. Says whether there were any.

    The page as it is now: it may have been edited, or deleted, while the pictures came. Nothing else of it is touched,
    no version is made, and what is published stays so; whatever stores a page makes right what readers see of it.
    """
    page: Any = waiting.model.objects.filter(pk=waiting.number).first()
    if page is None:
        return False
    source = waiting.record.source if waiting.record else None

    def image_of(picture: AwaitedPicture) -> int | None:
        return images.get(whole_address(picture.address, source))

    lead = _lead_that_came(page, waiting, images)
    before = list(page.body.raw_data)
    body = filled(before, image_of)
    changed = bool(lead) or body != before
    if changed:
        page.body = json.dumps(body)
        for name, value in lead.items():
            setattr(page, name, value)
        page.save(clean=False)
    for revision in page.revisions.all():
        content = revision.content
        was = _body_of(content)
        now = filled(was, image_of)
        put = {"body": json.dumps(now)} if now != was else {}
        if lead and content.get("lead_image") is None:
            put |= {name.replace("lead_image_id", "lead_image"): value for name, value in lead.items()}
        if put:
            revision.content = content | put
            revision.save(update_fields=["content"])
            changed = True
    return changed


def _lead_that_came(page: Any, waiting: Waiting, images: Mapping[str, int]) -> dict[str, Any]:
    """The fields of the lead image, if it has come and the article has no other by now; noted as come."""
    row = waiting.record
    image = images.get(waiting.lead) if waiting.lead else None
    if row is None or image is None:
        return {}
    row.refresh_from_db(fields=["raw"])
    lead = _awaited_lead(page, row)
    if lead is None:
        return {}
    row.raw[AWAITED_LEAD][CAME] = True
    row.save(update_fields=["raw"])
    return lead_fields(image, lead)


def _looked_at(path: Path, address: str) -> tuple[FoundFile | None, str]:
    """A file as a picture, and the ending of its name; else None, and why it is none."""
    found, reason = look_at(path, address)
    if found is None:
        return None, _not_a_picture(path) or reason.removeprefix("it ")
    try:
        with opened(path) as picture:
            picture.load()
            return found, FORMATS[picture.format or ""]
    except (OSError, ValueError, SyntaxError, Picture.DecompressionBombError):
        return None, "is damaged, or broke off before its end"


def _not_a_picture(path: Path) -> str:
    """What came in place of a picture, if that can be told."""
    with path.open("rb") as came:
        start = came.read(1000).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<svg") or (start.startswith(b"<?xml") and b"<svg" in start):
        return "is a drawing (SVG), which is not taken, as in uploads"
    if start.startswith((b"<!doctype html", b"<html", b"<?xml")):
        return "is a page by now, and no picture"
    return "" if start else "is empty"
