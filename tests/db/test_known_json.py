"""What is read of JSON columns once for all rows with the same text."""

import pytest

from bot.db.known_json import KnownJson


@pytest.fixture
def kind() -> KnownJson:
    return KnownJson(lambda stored: {**(stored or {})}, 2)


def test_rows_with_the_same_text_share_an_object(kind: KnownJson) -> None:
    first = kind.process_result_value('{"sets": 2}', None)
    assert first == {"sets": 2}
    assert kind.process_result_value('{"sets": 2}', None) is first
    assert kind.process_result_value('{"sets": 3}', None) == {"sets": 3}


def test_what_the_driver_has_read_and_nothing_are_taken_as_they_are(kind: KnownJson) -> None:
    assert kind.process_result_value({"sets": 2}, None) == {"sets": 2}
    assert kind.process_result_value(None, None) == {}
