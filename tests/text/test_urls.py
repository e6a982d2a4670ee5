"""Addresses are taken apart as they were written, and what is none has no parts."""

import pytest

from standfirst.text.urls import parts_of


@pytest.mark.parametrize("address", ["http://[bad", "//[::1", "http://a]b/"])
def test_what_is_no_address_has_no_parts(address):
    assert not any(parts_of(address))


def test_an_address_has_its_parts():
    parts = parts_of("https://river.example/a?b=1")

    assert (parts.hostname, parts.path, parts.query) == ("river.example", "/a", "b=1")
