"""A deploy with broken content ends at its own start; whoever runs goes on answering."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.app import StartRefused, create_app
from bot.settings import PROJECT
from tests.support.faults import PROPERTY
from tests.support.line import TODAY, Carrier, make_app, settings
from tests.support.project import a_project

AT_THE_DOOR = "content/topics/ice-at-door/en.toml"
QUESTION = "ICE is at my door"


def test_content_that_breaks_on_a_deploy_stops_the_new_line_and_not_the_running_one(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    folder = a_project(
        tmp_path, {AT_THE_DOOR: (PROJECT / AT_THE_DOOR).read_text("utf-8") + "reviewer"}
    )
    (folder / AT_THE_DOOR).rename(folder / "broken")
    (folder / AT_THE_DOOR).write_text((PROJECT / AT_THE_DOOR).read_text("utf-8"), "utf-8")
    running = Carrier(create_app(settings(), project=folder, today=lambda: TODAY).test_client())
    before = running.text(QUESTION)
    (folder / "broken").replace(folder / AT_THE_DOOR)

    with pytest.raises(StartRefused, match=AT_THE_DOOR):
        create_app(settings(), project=folder, today=lambda: TODAY)
    running.lose_the_cookie()
    answers = [running.text(QUESTION)]
    answered = sum(answer == before for answer in answers)
    record_property(
        PROPERTY,
        ["deploy: a broken file of content", f"{answered} of {len(answers)} answered", "nothing"],
    )

    assert before == Carrier(make_app().test_client()).text(QUESTION)
    assert answers == [before]
