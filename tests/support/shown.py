"""The conversations of docs/examples: what callers say stands there, the answers are put in."""

from collections.abc import Callable, Iterator
from pathlib import Path

from bot.cli.telephone import exchange, spoken
from bot.dialogue.conversation import Conversation
from bot.line import Tools, open_line
from bot.settings import PROJECT
from bot.simulator.terminal import Spoken
from tests.support.line import TODAY, settings

FOLDER = PROJECT / "docs" / "examples"
BY_TEXT, BY_TELEPHONE = "## By text", "## By telephone"
# What is done at a telephone without a word, and a key that would be a list in a page.
DONE = {"(rings)": "", "(silence)": "", "(star)": "*", "(pound)": "#"}
SAYS, FENCE = "> ", "```"

Answers = Callable[[str], tuple[str, ...]]


def pages() -> list[Path]:
    """Return the examples, one for each language."""
    return sorted(set(FOLDER.glob("*.md")) - {FOLDER / "README.md"})


def told_anew(page: str, tools: Tools) -> str:
    """Return a page with what the line answers now to what its callers say."""
    return "\n".join(_told_anew(page.splitlines(), tools)) + "\n"


def _told_anew(lines: list[str], tools: Tools) -> Iterator[str]:
    answers = _by_text(tools)
    is_answer = follows = False
    for line in lines:
        if line == FENCE or line.startswith(f"{FENCE}text"):
            is_answer = not is_answer
        elif is_answer or (follows and not line):
            pass
        else:
            if follows:
                yield ""
            follows = line.startswith(SAYS)
            if line in {BY_TEXT, BY_TELEPHONE}:
                answers = _by_text(tools) if line == BY_TEXT else _by_telephone(tools)
            yield line
            if follows:
                for text in answers(line.removeprefix(SAYS)):
                    yield from ("", f"{FENCE}text", text, FENCE)


def _by_text(tools: Tools) -> Answers:
    conversation = Conversation()

    def answers(said: str) -> tuple[str, ...]:
        nonlocal conversation
        told = exchange(tools, conversation, said)
        conversation = told.turn.conversation
        return told.texts

    return answers


def _by_telephone(tools: Tools) -> Answers:
    step: Spoken | None = None

    def answers(said: str) -> tuple[str, ...]:
        nonlocal step
        step = spoken(tools, step, DONE.get(said, said))
        return ("\n".join(words for _, words in step.said),)

    return answers


def main() -> None:
    """Write every example anew."""
    tools = open_line(settings(), PROJECT, lambda: TODAY)
    for page in pages():
        page.write_text(told_anew(page.read_text("utf-8"), tools), "utf-8")


if __name__ == "__main__":
    main()
