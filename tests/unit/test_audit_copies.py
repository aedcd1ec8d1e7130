"""Work in a process and its copy: in order, with the error of a copy that gave up."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from multiprocessing import active_children

import pytest

from callover.audit.copies import alternated, in_two


def squares(numbers: Sequence[int]) -> list[int]:
    return [number * number for number in numbers]


@pytest.mark.parametrize("length", [0, 1, 2, 7])
def test_results_come_in_the_order_of_the_items(length: int) -> None:
    numbers = list(range(length))
    assert alternated(in_two(numbers, squares)) == squares(numbers)


def test_an_error_of_the_copy_shows() -> None:
    def picky(numbers: Sequence[int]) -> list[int]:
        if 1 in numbers:
            raise ValueError("one")
        return list(numbers)

    with pytest.raises(ValueError, match="one"):
        in_two([0, 1, 2, 3], picky)


def test_an_error_here_leaves_no_copy_that_waits_to_be_read() -> None:
    def uneven(numbers: Sequence[int]) -> str:
        if 0 in numbers:
            raise ValueError("zero")
        return "7" * 1_000_000  # more than fits between two processes

    with pytest.raises(ValueError, match="zero"):
        in_two([0, 1, 2, 3], uneven)
    assert not active_children()


def test_the_work_of_a_copy_that_is_killed_is_done_here() -> None:
    here = os.getpid()

    def deadly(numbers: Sequence[int]) -> list[int]:
        if os.getpid() != here:
            os.kill(os.getpid(), 9)
        return list(numbers)

    assert alternated(in_two([0, 1, 2, 3], deadly)) == [0, 1, 2, 3]


def test_beside_another_thread_nothing_is_copied() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert in_two([0, 1, 2, 3], squares) == [[0, 1, 4, 9]]
    finally:
        done.set()
        thread.join()
