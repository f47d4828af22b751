"""Named tuples that cost little to declare: what `typing.NamedTuple` gives, without compiling code for each class.

There are many of them, all declared at start-up, where `typing.NamedTuple` takes several times as long for each
(`benchmarks/imports.py`).
Instances are the same: tuples with named fields, frozen, equal and hashed by their values. Type checkers see
`typing.NamedTuple` itself.
"""

# ruff: noqa: ANN001, ANN002, ANN003, ANN202, ANN204 - type checkers never read what is declared here
from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["Record"]

if TYPE_CHECKING:
    from typing import NamedTuple as Record
else:
    from collections import _tuplegetter

    class _Declared(type):
        """Makes fields of a tuple of the annotations in a class body, and defaults of the values beside them."""

        def __new__(cls, name, bases, body):
            if (
                "_fields" in vars(bases[0]) and bases[0]._fields
            ):  # a class of a class with fields: those are its fields too
                return super().__new__(cls, name, bases, body)
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body[field] for field in fields if field in body}
            for index, field in enumerate(fields):
                body[field] = _tuplegetter(index, "")
            body.update(__slots__=(), _fields=fields, _field_defaults=defaults, __match_args__=fields)
            return super().__new__(cls, name, bases, body)

    class Record(tuple, metaclass=_Declared):  # noqa: SLOT001 - the metaclass gives it none
        """The base of frozen data: annotate the fields in the class body, as for `typing.NamedTuple`."""

        def __new__(cls, *values, **named):
            """One value for each field, by place or by name. Raises TypeError where one is missing or fits none."""
            if named or len(values) != len(cls._fields):
                values = _completed(cls, values, named)
            return tuple.__new__(cls, values)

        def _replace(self, **named):
            """The same with other values for these fields."""
            return self.__class__(**{**self._asdict(), **named})

        def _asdict(self):
            """The values by their fields."""
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            """As it would be written."""
            return (
                f"{self.__class__.__name__}({', '.join(f'{name}={value!r}' for name, value in self._asdict().items())})"
            )

        def __getnewargs__(self):
            """What a copy is made of."""
            return tuple(self)

    def _completed(cls, values, named):
        """All values in the order of the fields; `named` is the caller's own and is used up."""
        defaults = cls._field_defaults
        try:
            rest = [named.pop(field) if field in named else defaults[field] for field in cls._fields[len(values) :]]
        except KeyError as missing:
            message = f"{cls.__name__} needs {missing}"
            raise TypeError(message) from None
        if named or len(values) > len(cls._fields):
            message = f"{cls.__name__} has no room for {', '.join(named) or 'that many values'}"
            raise TypeError(message)
        return (*values, *rest)
