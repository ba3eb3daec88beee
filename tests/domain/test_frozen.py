"""Values are compared, hashed and shown as dataclasses are."""

from dataclasses import field, replace

import pytest

from bot.domain.frozen import frozen


@frozen
class Dose:
    sets: int
    unit: str = "reps"
    notes: list[str] = field(default_factory=list, hash=False)
    data: bytes = field(default=b"", compare=False, repr=False)


@frozen
class Nothing:
    pass


@frozen
class Stronger(Dose):
    band: str = "red"


def test_values_with_equal_fields_are_equal() -> None:
    assert Dose(2) == Dose(2, data=b"other")
    assert hash(Dose(2)) == hash(Dose(2, notes=["other"]))
    assert Dose(2) != Dose(3)
    assert Dose(2) != Dose(2, notes=["other"])
    assert Nothing() == Nothing()


def test_values_of_two_classes_differ() -> None:
    assert Dose(2) != Stronger(2)
    assert Stronger(2) == Stronger(2, band="red")
    assert Stronger(2) != Stronger(2, band="blue")


def test_a_value_is_shown_as_it_is_made() -> None:
    assert repr(Dose(2, data=b"long")) == "Dose(sets=2, unit='reps', notes=[])"


def test_a_value_has_no_other_fields() -> None:
    with pytest.raises(AttributeError):
        Dose(2).reps = 3  # type: ignore[attr-defined]


def test_a_field_can_be_replaced() -> None:
    assert replace(Dose(2), sets=3) == Dose(3)
