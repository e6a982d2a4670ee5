"""Writes small articles in NITF."""

from pathlib import Path


def article(
    number=1,
    text="<p>It rained.</p>",
    *,
    byline="<byline>By <person>Ada Quill</person></byline>",
    head="",
    status='management-status="usable"',
    docdata="",
    pubdata='position.section="News"',
    released="20190304T191500Z",
    end="",
    doctype="",
):
    release = f'<date.release norm="{released}"/>' if released else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<nitf version="-//IPTC//DTD NITF 3.3//EN"><head><title>Title {number}</title>'
        f'<docdata {status}><doc-id id-string="a{number}"/>{release}{docdata}</docdata><pubdata {pubdata}/></head><body><body.head>'
        f"<hedline><hl1>Title {number}</hl1></hedline>{byline}{head}</body.head><body.content>{text}</body.content>"
        f"<body.end>{end}</body.end></body></nitf>"
    )


def write(folder: Path, *articles) -> Path:
    root = folder / "paper"
    for number, text in enumerate(articles, 1):
        path = root / f"{number % 7}" / f"{number}.xml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
