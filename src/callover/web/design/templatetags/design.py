"""What templates say often: ratings, dates as people here write them, states."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from callover.domain.periods import Month
from callover.report.render.html import SHAPES
from callover.web.design.safe import ours

register = template.Library()


@register.simple_tag
def sign(one: Any) -> SafeString:
    """A rating or signal in letter, shape and words; ``one`` has these and a tone."""
    shape = ours(SHAPES.get(one.shape, ""))
    words = one.words if one.letter in ("", "–", "?") else f"{one.letter} {one.words}"
    return format_html(
        '<span class="chip {}"><svg viewBox="0 0 10 10" aria-hidden="true" focusable="false">{}'
        "</svg><span>{}</span></span>",
        one.tone, shape, words,
    )  # fmt: skip


@register.simple_tag
def spark(line: Any) -> SafeString:
    """Twelve months: a line the size of a word and its range; read out, a sentence."""
    picture = ours(line.picture)
    if not line.course_read_out:
        return format_html("{} {}", picture, line.course)
    return format_html(
        '{} <span aria-hidden="true">{}</span><span class="of">{}</span>',
        picture, line.course, line.course_read_out,
    )  # fmt: skip


@register.filter
def entry(field: BoundField, id_: str) -> str:
    """The id of what is filled in first: of a group its first choice, of parts their first."""
    if id_ != field.auto_id:
        return id_
    if isinstance(field.field, forms.MultiValueField):
        return f"{id_}_0"
    grouped = isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"{id_}_1" if grouped else id_


@register.filter
def split(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


@register.filter
def day(moment: date | datetime | None) -> str:
    """``20 November 2016``; nothing where there is none."""
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment).date()
    return f"{moment.day} {Month.containing(moment).name}"


@register.filter
def moment(when: datetime | None) -> str:
    """``20 November 2016, 9:05am``, as people here write times; nothing for none.

    Midnight to the second is a day that somebody named, so the day alone is said.
    """
    if when is None:
        return ""
    local = timezone.localtime(when)
    if local.time() == time.min:
        return day(local)
    if (local.hour, local.minute) == (12, 0):
        return f"{day(local)}, midday"
    hour = local.hour % 12 or 12
    minute = f":{local.minute:02}" if local.minute else ""
    return f"{day(local)}, {hour}{minute}{'am' if local.hour < 12 else 'pm'}"


@register.filter
def thousands(number: int) -> str:
    """``3,640``."""
    return f"{number:,}"


@register.filter
def words(key: str) -> str:
    """``publish at`` of ``publish_at``."""
    return key.replace("_", " ")


@register.filter
def plainly(value: Any) -> str:
    """What a record holds as words: lists and the parts of a whole after one another."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {plainly(each)}" for key, each in value.items() if each)
    if isinstance(value, list):
        return "; ".join(plainly(each) for each in value)
    return str(value)


@register.filter
def month_name(text: str) -> str:
    """``September 2016`` of ``2016-09``."""
    return Month.parse(text).name
