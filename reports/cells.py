"""Text in cells of a spreadsheet: kept as text, whatever it begins with.

Belongs here: what every workbook must do with text of people. Does not belong here: which sheets.
"""

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def clean(text: str) -> str:
    """`text` without the characters that XLSX cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def keep_as_text(cell: Cell | MergedCell) -> None:
    """Text that looks like a formula stays text, here and when the cell is edited."""
    if isinstance(cell.value, str) and cell.value.startswith(_FORMULA_SIGNS):
        cell.data_type = "s"
        cell.quotePrefix = True
