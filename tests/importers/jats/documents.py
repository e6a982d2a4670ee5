"""Writes small articles in JATS."""

from pathlib import Path

DOCTYPE = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.2 20190208//EN" "JATS.dtd">'
DATE = '<pub-date pub-type="epub"><day>4</day><month>3</month><year>2019</year></pub-date>'


def person(given="Ada", family="Quill", *, orcid="", role="author"):
    number = f'<contrib-id contrib-id-type="orcid">https://orcid.org/{orcid}</contrib-id>' if orcid else ""
    name = f"<name><surname>{family}</surname><given-names>{given}</given-names></name>"
    return (
        f'<contrib contrib-type="{role}">{number}{name}<email>{given.lower()}@mail.example</email></contrib>'
    )


def article(number=1, body="<p>It rained.</p>", *, people=None, meta="", date=DATE, back="", title=""):
    people = person() if people is None else people
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{DOCTYPE}<article xmlns:xlink="http://www.w3.org/1999/xlink" xml:lang="en"'
        f' article-type="research-article"><front><journal-meta><journal-title>The Lantern</journal-title></journal-meta><article-meta>'
        f'<article-id pub-id-type="doi">10.5555/{number}</article-id><title-group><article-title>{title or f"Title {number}"}'
        f"</article-title></title-group><contrib-group>{people}</contrib-group>{date}{meta}</article-meta></front>"
        f"<body>{body}</body><back>{back}</back></article>"
    )


def write(folder: Path, *articles) -> Path:
    root = folder / "journal"
    root.mkdir(exist_ok=True)
    for number, text in enumerate(articles, 1):
        (root / f"{number}.xml").write_text(text, encoding="utf-8")
    return root
