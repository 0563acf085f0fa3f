"""flask counsel near: what an operator sees of a place."""

import json

import pytest
from flask import Flask

from tests.support.line import make_app


@pytest.fixture(scope="module")
def app() -> Flask:
    return make_app()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "zip_code", ["77002", "99501", "00901", "05401", "57501", "96910", "09012"]
)
def test_every_place_is_told_what_is_known_of_it(app: Flask, zip_code: str, language: str) -> None:
    args = ["counsel", "near", zip_code, "--language", language, "--json"]
    known = json.loads(app.test_cli_runner().invoke(args=args).output)

    assert known["zip"] == zip_code
    measured = [one["miles"] for one in known["offices"] if one["miles"] is not None]
    assert measured == sorted(measured)
    assert bool(known["offices"]) == (zip_code != "09012")
    assert all(one["phone"] and one["source"] for one in known["offices"])
    assert all(
        one["call_first"] == (one["source_date"] < "2025-10-17" and not one["checked_on"])
        for one in known["offices"]
    )
    assert any(character.isdigit() for one in known["hotlines"] for character in one["reach"])
    assert known["policy"]["listed_on"]


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "We do not know the ZIP code 00000."), ("es", "No conocemos el ZIP 00000.")],
)
def test_a_zip_code_that_does_not_exist_is_named(app: Flask, language: str, told: str) -> None:
    args = ["counsel", "near", "00000", "--language", language]
    result = app.test_cli_runner().invoke(args=args)

    assert result.exit_code == 1
    assert "00000: there is no such ZIP code" in result.output
    assert told in result.output
    assert "1-312-660-1370" in result.output


@pytest.mark.parametrize(
    ("place", "language", "told"),
    [
        ("77002", "en", ("77002: Houston, Harris County, TX", "Texas: state law has required")),
        ("77002", "es", ("Houston, a 3 mi, llame antes de ir: 832-644-5524", "Texas: la ley")),
        ("09012", "en", ("09012 is a military address abroad.", "by phone")),
        ("96910", "es", ("Honolulu, Hawaii, a 3802 mi", "Guam: no estamos seguros")),
        ("tx", "en", ("Nonprofits in Texas that help immigrants:", "send your 5-digit ZIP code")),
    ],
)
def test_an_operator_reads_what_a_caller_is_told_and_who_says_so(
    app: Flask, place: str, language: str, told: tuple[str, ...]
) -> None:
    args = ["counsel", "near", place, "--language", language]
    said = app.test_cli_runner().invoke(args=args).output

    assert all(one in said for one in told)
    if place != "09012":
        assert "EOIR Recognition and Accreditation roster, 2025-04-21" in said
