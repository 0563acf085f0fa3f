"""docs/licences.md names every package that is pinned, and none binds the service to its terms."""

import re

from tests.support.licences import PAGE, PINS, SERVICE, brought_by, pinned

SERVES, BUILDS = PAGE.read_text("utf-8").split("\n## ")[1:]


def rows(section: str) -> dict[str, str]:
    """Return the packages of a section, as they are pinned, with their licences."""
    found = re.findall(r"^\| ([\w-]+) \| (\d[\w.]*) \| (.+) \|$", section, re.MULTILINE)
    return {f"{name}=={version}": licence for name, version, licence in found}


def test_every_package_that_is_pinned_is_named_with_its_licence() -> None:
    named = rows(SERVES) | rows(BUILDS)

    assert named.keys() == {f"{name}{one.specifier}" for name, one in pinned(*PINS).items()}
    assert "UNKNOWN" not in named.values()


def test_whatever_a_package_brings_along_is_pinned_too() -> None:
    every, constraints = pinned(*PINS), pinned(PINS[-1])

    assert brought_by(every.values()) <= constraints.keys()


def test_what_serves_is_told_apart_and_under_no_licence_that_takes_the_service_along() -> None:
    served = rows(SERVES)

    assert pinned(SERVICE).keys() <= {one.partition("==")[0] for one in served}
    assert not [one for one, licence in served.items() if re.search(r"\bA?GPL", licence)]
    assert [one for one, licence in rows(BUILDS).items() if re.search(r"\bA?GPL", licence)]
