"""The keys of the wizard: those that move in a list, find a line by its name, and leave a question.

questionary's own have no way back, drop ñ and á, pick all on `a`, and take the line pointed at when what was typed fits
none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys

from playbook.asking import prompts as p

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.key_binding import KeyPressEvent
    from questionary.prompts.common import InquirerControl

    from playbook.asking import sheets
    from playbook.asking.prompts import Reply


def typing(finder: sheets.Finder, control: InquirerControl) -> Callable[[KeyPressEvent], None]:
    """A handler that adds what is typed to the name looked for."""

    def typed(event: KeyPressEvent) -> None:
        found = finder.add(event.data) if event.data.isprintable() else None
        control.pointed_at = control.pointed_at if found is None else found

    return typed


def moving(finder: sheets.Finder, control: InquirerControl) -> KeyBindings:
    """The keys that move in a list: arrows, and the beginning of a line's name."""
    bindings = KeyBindings()
    last = len(control.choices) - 1

    def to(place: Callable[[int], int]) -> Callable[[KeyPressEvent], None]:
        def move(_event: KeyPressEvent) -> None:
            finder.clear()
            control.pointed_at = place(control.pointed_at)

        return move

    for key, place in (
        (Keys.Down, lambda at: at + 1 if at < last else 0),
        (Keys.Up, lambda at: at - 1 if at else last),
        (Keys.Home, lambda _: 0),
        (Keys.End, lambda _: last),
        (Keys.PageUp, lambda at: max(at - 10, 0)),
        (Keys.PageDown, lambda at: min(at + 10, last)),
    ):
        bindings.add(key, eager=True)(to(place))
    for key in (Keys.Any, Keys.BracketedPaste):
        bindings.add(key)(typing(finder, control))

    @bindings.add(Keys.Backspace, eager=True)
    def _shorten(_event: KeyPressEvent) -> None:
        found = finder.shorten()
        control.pointed_at = control.pointed_at if found is None else found

    return bindings


_LEAVES: tuple[tuple[type[Any], tuple[str, ...]], ...] = (
    (p.Back, (Keys.ControlB,)),
    (p.Pause, (Keys.ControlC, Keys.ControlP, Keys.SIGINT)),
    (p.Why, (Keys.F1,)),
    (p.Review, (Keys.ControlR,)),
    (p.Skip, (Keys.Tab,)),
    (p.SkipAll, (Keys.ControlD,)),
)


def leaving(doors: set[type[Reply]], typed: Callable[[], str]) -> KeyBindings:
    """The keys that leave a question; a door that is shut leaves its key without effect."""
    bindings = KeyBindings()

    def through(door: type[Any]) -> Callable[[KeyPressEvent], None]:
        def leave(event: KeyPressEvent) -> None:
            if door in doors:
                event.app.exit(result=door(typed()))

        return leave

    for door, keys in _LEAVES:
        for key in keys:
            bindings.add(key, eager=True)(through(door))
    empty = Condition(lambda: not typed())
    # Not eager: Alt with a key, and the arrows, begin with the same byte.
    bindings.add(Keys.Escape)(through(p.Back))
    bindings.add(Keys.Left, eager=True, filter=empty)(through(p.Back))
    bindings.add("?", eager=True, filter=empty)(through(p.Why))
    return bindings
