"""A table of offices as a spreadsheet saves it: read, or refused by line and column."""

from pathlib import Path

import pytest

from bot.counsel.providers import Provider, read_providers
from bot.files import Reader

HEADER = "name,city,state,zip,phone,languages,serves,kind,source,source_date,checked_on"
OURS = "Café of Ours,Houston,TX,77002,500-555-0006,,,local,the organization,2026-11-01,"


def reading(folder: Path, table: bytes) -> tuple[tuple[Provider, ...], list[str]]:
    path = folder / "content" / "counsel" / "local.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(table)
    reader = Reader(folder / "content")
    return read_providers(reader, path), [str(fault) for fault in reader.faults]


def test_a_table_that_excel_saved_as_utf_8_is_read(tmp_path: Path) -> None:
    saved = f"{HEADER}\r\n{OURS}\r\n".encode("utf-8-sig")
    (office,), faults = reading(tmp_path, saved)

    assert office.name == "Café of Ours"
    assert office.languages == ""
    assert office.checked_on is None
    assert faults == []


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        pytest.param(
            f"{HEADER}\n{OURS}\n".encode("cp1252"), "1: cannot be read: 'utf-8'", id="cp1252"
        ),
        pytest.param(
            f'{HEADER}\n{OURS}\n"{OURS}\n{OURS}\n'.encode(),
            "3: cannot be read: unexpected end of data",
            id="a quotation mark that nobody closed",
        ),
        pytest.param(
            f"{HEADER}\n{OURS}\n{OURS.replace('TX', 'Texas')}\n".encode(),
            "3: state: String should match",
            id="a state in full",
        ),
        pytest.param(
            f"{HEADER}\n{OURS.replace('Café of Ours', '')}\n{OURS}\n".encode(),
            "2: name: Field required",
            id="no name",
        ),
        pytest.param(f"{HEADER}\n".encode(), "1: holds no row", id="no office"),
        pytest.param(b"", "1: the columns must be name,city", id="nothing"),
    ],
)
def test_what_is_wrong_with_a_table_is_one_fault_with_its_line(
    tmp_path: Path, table: bytes, fault: str
) -> None:
    _, faults = reading(tmp_path, table)

    (told,) = faults
    assert told.startswith(f"content/counsel/local.csv:{fault}")


def test_no_table_is_a_fault(tmp_path: Path) -> None:
    reader = Reader(tmp_path)

    assert read_providers(reader, tmp_path / "providers.csv") == ()
    (fault,) = reader.faults
    assert "cannot be read" in str(fault)
