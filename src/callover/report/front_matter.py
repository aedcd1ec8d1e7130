"""What stands above an indicator's words: when they were looked at, an ask, actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from callover.catalogue.plain import Way, lines_of, plain_values
from callover.domain.errors import Fault, FaultsFound
from callover.domain.periods import Month

_KEYS = {"updated", "carried_from", "ask", "actions"}
_ACTION_KEYS = {"action", "owner", "due", "status"}


@dataclass(frozen=True, slots=True)
class Action:
    """What is being done, by which post, by when."""

    action: str
    owner: str
    due: date | None = None
    status: str = "open"

    def overdue_days(self, today: date) -> int:
        """Days past the due date on ``today``; 0 where closed or not yet due."""
        if self.due is None or self.status in ("done", "closed"):
            return 0
        return max(0, (today - self.due).days)


def read_front(text: str, place: str) -> dict[str, Any]:
    """Checked fields of a front matter; raises FaultsFound with every fault and its line."""
    content = b"\n" + text.encode()  # its first line is the file's second
    front = _Front(place, plain_values(content, place), lines_of(content, place))
    values = front.fields()
    if front.faults:
        raise FaultsFound(f"The front matter of {place} has faults.", front.faults)
    return values


@dataclass
class _Front:
    """A front matter on its way to fields."""

    place: str
    given: Mapping[Any, Any]
    lines: Mapping[Way, int]
    faults: list[Fault] = field(default_factory=list)

    def fields(self) -> dict[str, Any]:
        """Every field that is right; the others are faults."""
        for key in sorted(map(str, self.given.keys() - _KEYS)):
            self._fault((key,), "", "is no key of the front matter", f"Known: {sorted(_KEYS)}.")
        return {
            "ask": str(self.given.get("ask") or ""),
            "updated": self._day(self.given.get("updated"), ("updated",)),
            "carried_from": self._month(self.given.get("carried_from"), ("carried_from",)),
            "actions": self._actions(self.given.get("actions") or []),
        }

    def _fault(self, way: Way, text: str, reason: str, remedy: str = "") -> None:
        column = ".".join(str(part) for part in way if not isinstance(part, int))
        line = self.lines.get(way, 2)
        self.faults.append(Fault(self.place, line, column, text[:60], reason, remedy))

    def _day(self, value: Any, way: Way) -> date | None:
        """A YAML date, or None where it is absent; anything else is a fault."""
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self._fault(way, str(value), "is no date", "Write it as 2016-11-20.")
        return None

    def _month(self, value: Any, way: Way) -> Month | None:
        if not value:
            return None
        try:
            return Month.parse(str(value))
        except ValueError as error:
            self._fault(way, str(value), str(error))
            return None

    def _actions(self, listed: Any) -> tuple[Action, ...]:
        if not isinstance(listed, list):
            remedy = "Write each as - {action: …, owner: …}."
            self._fault(("actions",), str(listed), "is no list.", remedy)
            return ()
        read = (self._action(item, ("actions", place)) for place, item in enumerate(listed))
        return tuple(action for action in read if action is not None)

    def _action(self, item: Any, way: Way) -> Action | None:
        """One action of the front matter."""
        if not isinstance(item, dict) or not item.get("action") or not item.get("owner"):
            self._fault(way, str(item), "needs an action and the post that owns it")
            return None
        for key in sorted(map(str, item.keys() - _ACTION_KEYS)):
            self._fault((*way, key), "", "is no key of an action")
        due = self._day(item.get("due"), (*way, "due"))
        status = str(item.get("status") or "open")
        return Action(str(item["action"]), str(item["owner"]), due, status)
