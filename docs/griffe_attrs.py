"""Show the fields of attrs records, with their types, in the Python reference."""

from __future__ import annotations

from typing import Any

import griffe

#: Decorators of `attrs` that make a class a record.
_RECORDS = ("frozen", "define")


class AttrsRecords(griffe.Extension):
    """Give attrs records the parameters that their generated constructor has."""

    def on_class_members(self, *, cls: griffe.Class, **_: Any) -> None:
        """Add a constructor made of the annotated fields."""
        if "__init__" in cls.members or not any(_is_record(decorator) for decorator in cls.decorators):
            return
        fields = [
            member for member in cls.members.values() if isinstance(member, griffe.Attribute) and _is_field(member)
        ]
        constructor = griffe.Function(
            "__init__",
            parameters=griffe.Parameters(
                griffe.Parameter("self", kind=griffe.ParameterKind.positional_or_keyword),
                *(
                    griffe.Parameter(
                        field.name,
                        annotation=field.annotation,
                        kind=griffe.ParameterKind.keyword_only,
                        default=_default(field),
                    )
                    for field in fields
                ),
            ),
            returns="None",
        )
        cls.set_member("__init__", constructor)
        for field in fields:
            del cls.members[field.name]


def _is_record(decorator: griffe.Decorator) -> bool:
    return str(decorator.value).split("(", 1)[0].rsplit(".", 1)[-1] in _RECORDS


def _is_field(member: griffe.Attribute) -> bool:
    return member.annotation is not None and "ClassVar" not in str(member.annotation)


def _default(field: griffe.Attribute) -> str | None:
    text = None if field.value is None else str(field.value)
    if text is None or not text.startswith("field("):
        return text
    return "..." if "default" in text or "factory" in text else None
