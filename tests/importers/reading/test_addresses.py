"""Addresses as an old site wrote them."""

import pytest

from standfirst.importers.reading.addresses import resolve


@pytest.mark.parametrize("sign", ["\x00", "\x01", "\x1f", "\x7f", "\ufffe"])
def test_an_address_with_a_character_that_no_document_may_hold_leads_nowhere(sign):
    assert resolve("https://lantern.example/", f"/a{sign}b") == ""
    assert resolve("https://lantern.example/", "/ab") == "https://lantern.example/ab"
