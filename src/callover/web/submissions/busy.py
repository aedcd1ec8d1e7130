"""The page for a queue that is full: nothing was taken, and when to come back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from callover.web.queue.enqueue import QueueFull

View = Callable[..., HttpResponse]


def patient(view: View) -> View:
    """Answer 503 where the queue is full."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except QueueFull:
            answer = render(request, "submissions/busy.html", status=503)
            answer["Retry-After"] = "120"
            return answer

    return answered
