"""Number fields of page texts that take ๑๒๓ as well as 123."""

from __future__ import annotations

from typing import Any

from wagtail import blocks

from .fields import ThaiDecimalField, ThaiIntegerField


class TypedNumber:
    """How a number may be typed; what is stored, and the migrations, are Wagtail's."""

    stored_as: type[blocks.FieldBlock]

    def deconstruct(self) -> tuple[str, Any, Any]:
        _path, args, options = super().deconstruct()  # type: ignore[misc]
        return f"wagtail.blocks.{self.stored_as.__name__}", args, options


class ThaiIntegerBlock(TypedNumber, blocks.IntegerBlock):
    """``๕`` is 5."""

    stored_as = blocks.IntegerBlock

    def __init__(
        self,
        required: bool = True,
        help_text: Any = None,
        min_value: int | None = None,
        max_value: int | None = None,
        **options: Any,
    ) -> None:
        super().__init__(required, help_text, min_value, max_value, **options)
        self.field = ThaiIntegerField(
            required=required,
            help_text=help_text,
            min_value=min_value,
            max_value=max_value,
        )


class ThaiDecimalBlock(TypedNumber, blocks.DecimalBlock):
    """``๔.๕๑`` is 4.51."""

    stored_as = blocks.DecimalBlock

    def __init__(self, required: bool = True, help_text: Any = None, **options: Any):
        limits: dict[str, Any] = {
            name: options.get(name)
            for name in ("max_value", "min_value", "max_digits", "decimal_places")
        }
        super().__init__(required, help_text, **options)
        self.field = ThaiDecimalField(required=required, help_text=help_text, **limits)
