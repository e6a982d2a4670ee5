"""NITF: articles as newspaper systems and agencies exchange them."""
