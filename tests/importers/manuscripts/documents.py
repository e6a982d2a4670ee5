"""Writes manuscripts for tests, of the few parts a document of Word needs (ECMA-376 part 1)."""

import io
import zipfile
from html import escape

from PIL import Image

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGES = "http://schemas.openxmlformats.org/package/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_KINDS = {
    "footnotes": "footnotes+xml",
    "comments": "comments+xml",
    "styles": "styles+xml",
    "numbering": "numbering+xml",
    "header1": "header+xml",
}


def p(text, style="", *, inside=""):
    """A paragraph; `text` is plain, `inside` runs that stand behind it."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{r(text) if text else ''}{inside}</w:p>"


def r(text, look=""):
    return f'<w:r>{f"<w:rPr><w:{look}/></w:rPr>" if look else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def item(text):
    return f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{r(text)}</w:p>'


def table(*rows):
    cells = "".join(f"<w:tr>{''.join(f'<w:tc>{p(cell)}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl>{cells}</w:tbl>"


def picture(target="rPicture", alt="The quay"):
    return (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing"><wp:docPr id="1" name="P" descr="{alt}"/>'
        f'<a:graphic xmlns:a="{DRAWING}/main"><a:graphicData><pic:pic xmlns:pic="{DRAWING}/picture"><pic:blipFill>'
        f'<a:blip r:{"link" if target == "rOutside" else "embed"}="{target}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )


def note(number):
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def link(text):
    return f'<w:hyperlink r:id="rLink">{r(text)}</w:hyperlink>'


def written(*body):
    """The main part of a document."""
    return _root("document", f"<w:body>{''.join(body)}</w:body>")


def docx(path, *body, parts=None, creator="", document=None):
    """A manuscript of these paragraphs, or with this main part.

    `parts` are others of its parts, by name, as what stands inside their root.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    parts = dict(parts or {})
    relations = [
        ("rLink", "hyperlink", 'Target="https://lantern.example/tides" TargetMode="External"'),
        ("rPicture", "image", 'Target="media/image1.png"'),
        ("rOutside", "image", 'Target="https://elsewhere.example/spy.png" TargetMode="External"'),
        *(("r" + name, name.rstrip("1"), f'Target="{name}.xml"') for name in parts if name in _KINDS),
    ]
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}"/>'
        for name, kind in {
            "document": "document.main+xml",
            **{n: _KINDS[n] for n in parts if n in _KINDS},
        }.items()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" '
            f'ContentType="image/png"/>{overrides}</Types>',
        )
        packed.writestr("_rels/.rels", _relations([("r1", "officeDocument", 'Target="word/document.xml"')]))
        packed.writestr("word/_rels/document.xml.rels", _relations(relations))
        packed.writestr("word/document.xml", written(*body) if document is None else document)
        for name, inside in parts.items():
            packed.writestr(
                f"word/{name}.xml", _root(name.rstrip("1") if name != "header1" else "hdr", inside)
            )
        out = io.BytesIO()
        Image.new("RGB", (9, 8), "teal").save(out, "PNG")
        packed.writestr("word/media/image1.png", out.getvalue())
        if creator:
            packed.writestr(
                "docProps/core.xml",
                '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
                f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{creator}</dc:creator></cp:coreProperties>',
            )
    return path


def styles(**names):
    """A part of styles: their names by their ids, which Word writes in its own language."""
    return "".join(
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/></w:style>'
        for id, name in names.items()
    )


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def _root(name, inside):
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} xmlns:w="{WORD}" xmlns:r="{OFFICE}">{inside}</w:{name}>'


def _relations(relations):
    listed = "".join(
        f'<Relationship Id="{id}" Type="{OFFICE}/{kind}" {target}/>' for id, kind, target in relations
    )
    return f'<Relationships xmlns="{PACKAGES}">{listed}</Relationships>'
