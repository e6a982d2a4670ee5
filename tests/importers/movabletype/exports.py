"""Writes small files in Movable Type's import format."""

from pathlib import Path


def comment(words="Lovely.", by="A Reader"):
    return f"COMMENT:\nAUTHOR: {by}\nEMAIL: reader@mail.example\nIP: 192.0.2.1\nDATE: 03/05/2012 10:00:00 AM\n{words}\n-----\n"


def entry(
    number=1,
    text="<p>It rained.</p>",
    *,
    more="",
    comments=(),
    status="Publish",
    breaks="0",
    title=None,
    **values,
):
    stated = {
        "AUTHOR": "Ada Quill",
        "TITLE": f"Title {number}" if title is None else title,
        "BASENAME": f"post_{number}",
        "STATUS": status,
        "CONVERT BREAKS": breaks,
        "DATE": "03/04/2012 07:15:00 PM",
    } | {name.replace("_", " "): value for name, value in values.items()}
    keys = "".join(f"{key}: {value}\n" for key, value in stated.items() if value is not None)
    return f"{keys}-----\nBODY:\n{text}\n-----\n{more}{''.join(comments)}--------\n"


def write(folder: Path, *entries, encoding="utf-8", name="export.txt") -> Path:
    path = folder / name
    path.write_bytes("".join(entries).encode(encoding))
    return path
