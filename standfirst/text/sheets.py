"""Cells of spreadsheets that come from outside."""

# Characters at the start of a cell that make it a formula, or hide one.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: with an apostrophe before what would be (OWASP, “CSV Injection”)."""
    cell = cell.replace("\x00", "")
    return f"'{cell}" if cell.lstrip(" '").startswith(DANGEROUS) else cell
