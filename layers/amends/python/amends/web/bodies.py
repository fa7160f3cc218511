"""Bodies: pieces that the request models of several functions are made of."""

from decimal import Decimal
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from amends.domain.money import Money
from amends.domain.refusal import FieldError, Invalid


def _plain(text: str) -> str:
    if any(ord(letter) < 32 and letter not in "\n\t" for letter in text) or "\x7f" in text:
        raise ValueError("control characters are not accepted")
    if any(0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        raise ValueError("unpaired surrogates are not accepted")
    return text


Short = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_plain)]
Long = Annotated[str, Field(min_length=1, max_length=10_000), AfterValidator(_plain)]


class Body(BaseModel):
    """No unknown fields, no coercion beyond JSON's own."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class MoneyBody(Body):
    """An amount as a decimal string, with exactly the currency's digits."""

    amount: Annotated[str, Field(pattern=r"^\d{1,15}(\.\d{1,6})?$")]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]

    def to_money(self) -> Money:
        """The domain's money; refuses unknown currencies and too many digits."""
        return Money.of(Decimal(self.amount), self.currency)


Model = TypeVar("Model", bound=BaseModel)


def read(model: type[Model], document: object) -> Model:
    """Read a body; refuses it with every field that is wrong, and why, in plain words."""
    try:
        return model.model_validate(document)
    except ValidationError as error:
        errors = [
            FieldError(
                field=".".join(str(part) for part in told["loc"]) or "body",
                code=told["type"],
                message=told["msg"],
            )
            for told in error.errors(include_url=False, include_input=False, include_context=False)
        ]
        raise Invalid("some fields cannot be accepted", errors=errors[:50]) from None
