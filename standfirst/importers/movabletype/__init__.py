"""Movable Type: the import format, which TypePad, Hatena and others export."""
