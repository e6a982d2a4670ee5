"""What may be brought in, by whom, and for how long it is waited for."""

import asyncio
import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from standfirst.serving.incoming import ANYBODYS_BYTES, Entrance, Gone, Refused, take_in
from tests.ways import patterns

EDITORS_BYTES = 1_000_000


def entrance(*, is_editor: bool = False) -> Entrance:
    return Entrance(
        forms=settings.FORMS,
        editors_bytes=EDITORS_BYTES,
        session_cookie="sessionid",
        is_editor=lambda environ: is_editor,
    )


def posted(path: str = "/admin/login/", **headers: str) -> dict[str, Any]:
    return {"REQUEST_METHOD": "POST", "PATH_INFO": path, **headers}


def pieces(*data: bytes) -> AsyncIterator[bytes]:
    async def each() -> AsyncIterator[bytes]:
        for piece in data:
            yield piece

    return each()


def test_nothing_can_be_sent_to_any_address_but_the_back_office_and_a_form_of_ours() -> None:
    addresses = [address for _pattern, written in patterns() for address, _names in written]
    assert len(addresses) > 100

    for address in addresses:
        if address.startswith(settings.FORMS):
            assert entrance().room_for(posted(address, CONTENT_LENGTH="10")) == ANYBODYS_BYTES
            continue
        for size in ("0", "10", "10000000000"):
            with pytest.raises(Refused) as refused:
                entrance(is_editor=True).room_for(posted(address, CONTENT_LENGTH=size))
            assert refused.value.status == 405, address


@pytest.mark.parametrize(
    ("headers", "room"),
    [
        ({"CONTENT_LENGTH": "10"}, ANYBODYS_BYTES),
        ({"CONTENT_LENGTH": str(ANYBODYS_BYTES)}, ANYBODYS_BYTES),
        ({"HTTP_TRANSFER_ENCODING": "chunked"}, ANYBODYS_BYTES),
        # Who they are is asked before any of it is read.
        ({"CONTENT_LENGTH": str(EDITORS_BYTES), "HTTP_COOKIE": "sessionid=x"}, None),
        ({"HTTP_TRANSFER_ENCODING": "chunked", "HTTP_COOKIE": "sessionid=x"}, None),
    ],
)
def test_the_room_for_a_body_is_known_before_it_comes(headers: dict[str, str], room: int | None) -> None:
    assert entrance().room_for(posted(**headers)) == room


@pytest.mark.parametrize(
    "headers",
    [
        {"CONTENT_LENGTH": str(ANYBODYS_BYTES + 1)},
        {"CONTENT_LENGTH": "200000000"},
        {"CONTENT_LENGTH": "200000000", "HTTP_COOKIE": "sessionid=x"},
        {"CONTENT_LENGTH": str(EDITORS_BYTES + 1), "HTTP_COOKIE": "sessionid=x"},
    ],
)
def test_what_says_that_it_is_too_much_is_refused_unread(headers: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        entrance(is_editor=True).room_for(posted(**headers))

    assert refused.value.status == 413


def test_a_cookie_alone_lets_nobody_bring_in_more_than_anybody() -> None:
    claimed = posted(CONTENT_LENGTH=str(EDITORS_BYTES), HTTP_COOKIE="sessionid=forged")

    with pytest.raises(Refused) as refused:
        entrance(is_editor=False).room_for_sender(claimed)

    assert refused.value.status == 413
    assert entrance(is_editor=True).room_for_sender(claimed) == EDITORS_BYTES


@given(st.lists(st.binary(max_size=40), max_size=20), st.integers(0, 200))
def test_no_more_is_stored_than_there_is_room_for(data: list[bytes], limit: int) -> None:
    store, size = io.BytesIO(), sum(map(len, data))
    taking = take_in(pieces(*filter(None, data), b""), store, size=None, limit=limit)

    if size > limit:
        with pytest.raises(Refused) as refused:
            asyncio.run(taking)
        assert refused.value.status == 413
        assert len(store.getvalue()) <= limit
    else:
        assert asyncio.run(taking) == size
        assert store.getvalue() == b"".join(data)


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    async def never() -> AsyncIterator[bytes]:
        yield b"a"
        await asyncio.Event().wait()

    with pytest.raises(Refused) as refused:
        asyncio.run(take_in(never(), io.BytesIO(), size=100, limit=1000, patience=0.01))

    assert refused.value.status == 408


@pytest.mark.parametrize(
    ("data", "size"),
    [
        ((b"half", b""), 8),
        ((b"half", b"", b""), None),  # As granian tells of a body without a length that broke off.
    ],
)
def test_half_a_body_is_none(data: tuple[bytes, ...], size: int | None) -> None:
    with pytest.raises(Gone):
        asyncio.run(take_in(pieces(*data), io.BytesIO(), size=size, limit=1000))
