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
    assert [one["miles"] for one in known["offices"]] == sorted(
        one["miles"] for one in known["offices"]
    )
    assert all(one["phone"] and one["source"] for one in known["offices"])
    assert any(character.isdigit() for one in known["hotlines"] for character in one["reach"])
    assert known["policy"]["listed_on"]


def test_a_zip_code_that_does_not_exist_is_named(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["counsel", "near", "00000"])

    assert result.exit_code == 1
    assert "00000: there is no such ZIP code" in result.output


def test_what_is_read_names_offices_and_the_law(app: Flask) -> None:
    said = app.test_cli_runner().invoke(args=["counsel", "near", "77002"]).output

    assert "77002: Houston, Harris County, TX" in said
    assert "Texas: state law has required" in said
