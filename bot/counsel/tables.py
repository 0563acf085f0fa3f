"""Tables of facts into typed rows; every fault is named with its file, line and column."""

import csv
from io import StringIO
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.files import Reader

Row = TypeVar("Row", bound=BaseModel)


def read_rows(reader: Reader, path: Path, model: type[Row]) -> tuple[Row, ...]:
    """Read a table whose columns are a model's fields; faults go to the reader.

    A blank cell is as if it were left out: what it means then is for the model to say.
    """
    try:
        # Spreadsheets begin a file with a mark that is no part of the first column's name.
        table = csv.DictReader(StringIO(path.read_text("utf-8-sig")), strict=True)
    except (OSError, UnicodeDecodeError) as error:
        reader.fault(path, 1, f"cannot be read: {error}")
        return ()
    rows: list[Row] = []
    try:
        if set(table.fieldnames or ()) != set(model.model_fields):
            reader.fault(path, 1, f"the columns must be {','.join(model.model_fields)}")
            return ()
        for cells in table:
            rows.extend(_row(reader, path, table.line_num, model, cells))
    except csv.Error as error:
        # Up to here, rows were whole: a quotation mark that nobody closed is in the next line.
        reader.fault(path, table.line_num + 1, f"cannot be read: {error}")
        return ()
    if not rows:
        reader.fault(path, 1, "holds no row that can be read")
    return tuple(rows)


def _row(
    reader: Reader, path: Path, line: int, model: type[Row], cells: dict[str, str]
) -> tuple[Row, ...]:
    """Return the row that cells hold, or none and a fault for each that is wrong."""
    # csv keeps what stands beyond the last column under the key None.
    filled = {column or "beyond the last column": cell for column, cell in cells.items() if cell}
    try:
        return (model.model_validate(filled),)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            column = ".".join(map(str, one["loc"])) or "the row"
            reader.fault(path, line, f"{column}: {one['msg']}")
        return ()
