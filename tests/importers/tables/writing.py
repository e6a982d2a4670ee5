"""Writes tables for tests."""

import csv
import io
import zipfile
from datetime import UTC, datetime
from html import escape

HEADINGS = ["Title", "Author", "Date", "Status", "Section", "Text"]


def row(number, **values):
    """A row of an article, under HEADINGS."""
    usual = {
        "Title": f"The tide, part {number}",
        "Author": "Ada Quill",
        "Date": f"2019-03-{number:02d}",
        "Status": "published",
        "Section": "News",
        "Text": f"<p>It rained {number} times.</p><p>And so on.</p>",
    }
    return [{**usual, **values}[heading] for heading in HEADINGS]


def table(folder, *rows, headings=HEADINGS, name="articles.csv", separator=",", encoding="utf-8"):
    """A file of separated values; without headings, where there are none."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([headings, *rows] if headings else rows)
    path = folder / name
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def written(sheet, folder):
    """An odd sheet as a file."""
    path = folder / f"{sheet.name}.{'xlsx' if sheet.workbook else 'csv'}"
    if sheet.workbook:
        return workbook(path, {"Articles": sheet.rows})
    path.write_bytes(sheet.content())
    return path


def workbook(path, sheets, *, hidden=(), shared=("", 0)):
    """A workbook of Excel, of the few parts it needs (ECMA-376 part 1).

    `shared` is a text that is stored once, and how many more rows of each sheet say it.
    """
    names = list(sheets)
    state = {name: ' state="hidden"' if name in hidden else "" for name in names}
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="r{number}"{state[name]}/>'
        for number, name in enumerate(names, 1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{office}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(names) + 1)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        packed.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{packages}"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{listed}</sheets></workbook>',
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{packages}">{relations}<Relationship Id="s" Type="{office}/styles" Target="styles.xml"/><Relationship Id="t" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        )
        packed.writestr(
            "xl/styles.xml",
            f'<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>',
        )
        text, times = shared
        packed.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}"><si><t>{text}</t></si></sst>')
        for number, name in enumerate(names, 1):
            rows = "".join(f"<row>{''.join(map(_cell, line))}</row>" for line in sheets[name])
            rows += '<row><c t="s"><v>0</v></c></row>' * times
            packed.writestr(
                f"xl/worksheets/sheet{number}.xml",
                f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
            )
    return path


def _cell(value):
    if isinstance(value, datetime):
        return f'<c s="1"><v>{(value - datetime(1899, 12, 30, tzinfo=UTC)).total_seconds() / 86_400}</v></c>'
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return (
        f'<c t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>' if value else "<c/>"
    )
