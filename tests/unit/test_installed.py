"""Nothing is left out of CI: there a test that is skipped fails."""

from typing import Literal

import pytest

from tests.support.installed import fail_what_was_left_out, program

Outcome = Literal["passed", "failed", "skipped"]


def a_report(outcome: Outcome) -> pytest.TestReport:
    where = ("tests/unit/test_one.py", 1, "test_one")
    return pytest.TestReport("test_one", where, {}, outcome, "there is no chromium", "setup")


def test_a_test_that_was_left_out_fails_in_ci_and_says_why() -> None:
    report = a_report("skipped")
    fail_what_was_left_out(report)

    assert report.failed
    assert "no chromium" in str(report.longrepr)


@pytest.mark.parametrize("outcome", ["passed", "failed"])
def test_a_test_that_ran_is_as_it_was(outcome: Outcome) -> None:
    report = a_report(outcome)
    fail_what_was_left_out(report)

    assert report.outcome == outcome


def test_the_first_program_that_is_there_is_taken() -> None:
    assert program("no such program", "python3").endswith("python3")


def test_without_the_program_a_test_is_left_out() -> None:
    with pytest.raises(pytest.skip.Exception, match="no such program is not installed"):
        program("no such program")
