"""An organization adds offices of its own, which no import touches."""

from pathlib import Path

from bot.counsel.places import ZipCode
from bot.line import open_line
from tests.support.line import TODAY, settings
from tests.support.project import a_project

HEADER = "name,city,state,zip,phone,languages,serves,kind,source,source_date,checked_on\n"
OURS = "Test Office of Ours,Houston,TX,77002,500-555-0006,,,local,the organization,2026-11-01,\n"


def test_an_office_of_our_own_is_found_beside_the_others(tmp_path: Path) -> None:
    project = a_project(tmp_path, {"content/counsel/local.csv": HEADER + OURS})
    directory = open_line(settings(), project, lambda: TODAY).directory
    houston = directory.place(ZipCode("77002"))

    assert houston
    names = [office.provider.name for office in directory.near(houston)]
    assert names[0] == "Test Office of Ours"
    assert len(names) == 3
