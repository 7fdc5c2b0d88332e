"""The circuit breaker: what opens it, how long it stays open, and who may try."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frontdesk.desk.modelling import Breaker
from frontdesk.models.breaker import LONGEST, SHORTEST, CircuitBreaker
from frontdesk.models.causes import Cause, LinkError

RULE = Breaker(failures=3, window=60.0, pause=30.0)


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> CircuitBreaker:
    return CircuitBreaker(RULE, clock)


def fail(breaker: CircuitBreaker, cause: Cause = "timeout", retry_after: float | None = None) -> bool:
    ticket = breaker.admit()
    assert ticket is not None
    return breaker.failed(ticket, LinkError(cause, retry_after))


def opened(breaker: CircuitBreaker) -> CircuitBreaker:
    assert [fail(breaker) for _ in range(3)] == [False, False, True]
    return breaker


def test_failures_in_a_row_open_it_and_nobody_is_let_through(breaker: CircuitBreaker) -> None:
    opened(breaker)
    assert (breaker.state, breaker.ready, breaker.admit()) == ("open", False, None)


def test_an_answer_between_them_begins_the_count_anew(breaker: CircuitBreaker) -> None:
    for answered in (False, False, True, False, False):
        if answered:
            ticket = breaker.admit()
            assert ticket is not None
            assert breaker.succeeded(ticket) is False
        else:
            assert fail(breaker) is False
    assert breaker.state == "closed"


def test_failures_longer_ago_than_the_window_do_not_count(breaker: CircuitBreaker, clock: Clock) -> None:
    fail(breaker)
    clock.now += 61
    assert [fail(breaker), fail(breaker)] == [False, False]
    clock.now += 59
    assert fail(breaker) is True


@pytest.mark.parametrize(
    ("cause", "opens"),
    [
        ("timeout", 3),
        ("server_error", 3),
        ("connection", 3),
        ("cut", 3),
        ("rate_limited", 3),
        ("auth", 1),  # the next call would meet it as well
        ("malformed", None),
        ("refused", None),
    ],
)
def test_which_causes_count(breaker: CircuitBreaker, cause: Cause, opens: int | None) -> None:
    made: list[bool] = []
    while breaker.ready and len(made) < 10:
        made.append(fail(breaker, cause))
    assert (made.index(True) + 1 if True in made else None) == opens


def test_a_failure_that_is_not_the_links_own_does_not_count(breaker: CircuitBreaker) -> None:
    for _ in range(10):
        ticket = breaker.admit()
        assert ticket is not None
        assert breaker.failed(ticket, LinkError("timeout", counts=False)) is False
    assert breaker.state == "closed"


@pytest.mark.parametrize(
    ("cause", "retry_after", "failures", "pause"),
    [
        ("rate_limited", 120.0, 1, 120.0),  # the provider says when to come again: once is enough
        ("rate_limited", 5.0, 3, 5.0),  # shorter than our own pause: an ordinary failure, but that long
        ("rate_limited", 0.0, 3, SHORTEST),  # "at once", and again, and again
        ("rate_limited", None, 3, 30.0),
        ("rate_limited", 1e9, 1, LONGEST),  # nobody is believed for ever
        ("server_error", 120.0, 3, 120.0),  # RFC 9110 lets a 503 say it as well
    ],
)
def test_how_long_it_stays_open(
    breaker: CircuitBreaker, clock: Clock, cause: Cause, retry_after: float | None, failures: int, pause: float
) -> None:
    assert [fail(breaker, cause, retry_after) for _ in range(failures)][-1] is True
    clock.now += pause - 0.01
    assert breaker.state == "open"
    clock.now += 0.02
    assert breaker.state == "half_open"


def test_half_open_lets_exactly_one_call_through(breaker: CircuitBreaker, clock: Clock) -> None:
    opened(breaker)
    clock.now += 31
    tickets = [breaker.admit() for _ in range(100)]
    assert sum(ticket is not None for ticket in tickets) == 1
    assert breaker.state == "half_open"
    assert breaker.ready is False


def _succeeds(breaker: CircuitBreaker, ticket: int) -> None:
    assert breaker.succeeded(ticket) is True


def _fails(breaker: CircuitBreaker, ticket: int) -> None:
    assert breaker.failed(ticket, LinkError("server_error")) is True


def _is_refused(breaker: CircuitBreaker, ticket: int) -> None:
    breaker.failed(ticket, LinkError("refused"))


def _is_cancelled(breaker: CircuitBreaker, ticket: int) -> None:
    breaker.dropped(ticket)


@pytest.mark.parametrize(
    ("ends", "state", "ready"),
    [
        (_succeeds, "closed", True),
        (_fails, "open", False),  # for another pause
        (_is_refused, "closed", True),  # it answered, so it is there
        (_is_cancelled, "half_open", True),  # nothing was learnt, and the next one may try
    ],
)
def test_how_the_trial_ends(
    breaker: CircuitBreaker, clock: Clock, ends: Callable[[CircuitBreaker, int], None], state: str, ready: bool
) -> None:
    opened(breaker)
    clock.now += 31
    ticket = breaker.admit()
    assert ticket is not None
    ends(breaker, ticket)
    assert (breaker.state, breaker.ready) == (state, ready)


def test_what_began_before_it_opened_has_no_say_afterwards(breaker: CircuitBreaker, clock: Clock) -> None:
    late = [breaker.admit() for _ in range(3)]
    opened(breaker)
    for ticket in late[:2]:
        assert ticket is not None
        assert breaker.failed(ticket, LinkError("auth")) is False
    clock.now += 31
    assert breaker.admit() is not None
    assert late[2] is not None
    assert breaker.succeeded(late[2]) is False
    breaker.dropped(late[2])
    assert (breaker.state, breaker.ready) == ("half_open", False)  # the trial is still under way
