"""One thread computes at a time, and whoever waits lets the others compute."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from threading import Barrier, BrokenBarrierError, Event, Semaphore

import pytest

from bot.baton import Baton
from bot.carrier.texting import AT_ONCE, Sent, WhileOthersAnswer

SECONDS = 5.0
MEANWHILE = 0.05


@contextmanager
def another(doing: AbstractContextManager[None]) -> Iterator[tuple[Event, Event]]:
    """Let another thread do something: yield what tells that it began, and what ends it."""
    began, end = Event(), Event()

    def do() -> None:
        with doing:
            began.set()
            assert end.wait(SECONDS)

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(do)
        yield began, end
        end.set()
        done.result(SECONDS)


def test_nobody_computes_beside_who_holds_it() -> None:
    baton = Baton()

    with baton.held(), another(baton.held()) as (began, end):
        assert not began.wait(MEANWHILE)
        end.set()
        with baton.passed_on():
            assert began.wait(SECONDS)


def test_who_waited_computes_only_when_nobody_else_does() -> None:
    baton = Baton()
    with another(baton.held()) as (began, end), ThreadPoolExecutor(1) as pool:
        assert began.wait(SECONDS)
        came_back = Event()

        def wait_for_others() -> None:
            with baton.held():
                came_back.set()

        waiting = pool.submit(wait_for_others)
        assert not came_back.wait(MEANWHILE)
        end.set()
        assert came_back.wait(SECONDS)
        waiting.result(SECONDS)


def test_all_who_wait_do_so_at_the_same_time() -> None:
    baton, together = Baton(), Barrier(3)

    def answer() -> bool:
        with baton.held(), baton.passed_on():
            try:
                together.wait(SECONDS)
            except BrokenBarrierError:
                return False
        return True

    with ThreadPoolExecutor(3) as pool:
        answers = [pool.submit(answer) for _ in range(3)]
        assert all(answered.result() for answered in answers)


def test_who_holds_it_may_ask_for_it_again() -> None:
    baton = Baton()

    with baton.held():
        with baton.held():
            pass
        with another(baton.held()) as (began, end):
            assert not began.wait(MEANWHILE)
            end.set()
            with baton.passed_on():
                assert began.wait(SECONDS)


def test_who_does_not_hold_it_passes_nothing_on() -> None:
    baton = Baton()

    with another(baton.held()) as (began, _):
        assert began.wait(SECONDS)
        with baton.passed_on():
            pass


@pytest.mark.parametrize("fails_while_waiting", [False, True])
def test_after_an_error_others_go_on(*, fails_while_waiting: bool) -> None:
    baton = Baton()

    def fail() -> None:
        with baton.held():
            if not fails_while_waiting:
                raise ValueError
            with baton.passed_on():
                raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - it has no words
        fail()

    with another(baton.held()) as (began, _):
        assert began.wait(SECONDS)


def test_the_carrier_is_waited_for_while_others_compute() -> None:
    baton, computed = Baton(), []

    class Slow:
        def send(self, to: str, sender: str, texts: Sequence[str]) -> Sent:
            del to, sender, texts
            with another(baton.held()) as (began, _):
                computed.append(began.wait(SECONDS))
            return Sent.SENT

    with baton.held():
        sent = WhileOthersAnswer(Slow(), baton).send("+15005550006", "+15005550001", ("Stay safe",))

    assert sent is Sent.SENT
    assert computed == [True]


def test_no_more_than_a_few_wait_for_a_silent_carrier_at_once() -> None:
    begun, silence = Semaphore(0), Event()

    class Silent:
        def send(self, to: str, sender: str, texts: Sequence[str]) -> Sent:
            del to, sender, texts
            begun.release()
            silence.wait(SECONDS)
            return Sent.SENT

    texts = WhileOthersAnswer(Silent(), Baton(), patience=0)
    text = ("+15005550006", "+15005550001", ("Stay safe",))
    with ThreadPoolExecutor(AT_ONCE) as callers:
        waiting = [callers.submit(texts.send, *text) for _ in range(AT_ONCE)]
        for _ in waiting:
            assert begun.acquire(timeout=SECONDS)
        one_more = texts.send(*text)
        silence.set()

    assert one_more is Sent.FAILED
    assert {one.result() for one in waiting} == {Sent.SENT}
    assert texts.send(*text) is Sent.SENT
