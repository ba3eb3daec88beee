"""What a runner types, or the location they share, becomes the right time zone."""

import importlib.resources
import re
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.places import Found, Place, Places, fold
from bot.content.texts import ENGLISH, Texts
from bot.handlers.place import openings

FILE = Path(__file__).parents[2] / "data" / "places.tsv"
PLACES = Places(FILE)
OPENINGS = openings(Texts(ENGLISH, [FILE.parent / "locales" / "en.ftl"]))
COLUMNS = ["name", "region", "country", "zones", "population", "latitude", "longitude", "names"]


def sure(words: str) -> tuple[str, str] | None:
    """The label and the zone of what is taken without a question."""
    place = PLACES.find(words, OPENINGS).sure
    return (place.label, place.zone) if place else None


def zones(words: str) -> list[str]:
    return [place.zone for place in PLACES.find(words, OPENINGS).places]


def labels(words: str) -> list[str]:
    return [place.label for place in PLACES.find(words, OPENINGS).places]


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
        (" america/argentina/buenos_aires ", "America/Argentina/Buenos_Aires"),
        ("UTC", "UTC"),
        ("gmt", "UTC"),
        ("Asia/Calcutta", "Asia/Calcutta"),
        ("us/eastern", "US/Eastern"),
    ],
)
def test_an_iana_name_is_taken_in_any_spelling(words: str, zone: str) -> None:
    assert zones(words) == [zone]


@pytest.mark.parametrize(
    "words",
    ["EST", "CET", "PST", "CEST", "UTC+2", "GMT-5", "+02:00", "EST5EDT", "Etc/GMT+5", "posixrules"],
)
def test_what_is_wrong_half_of_the_year_is_no_zone(words: str) -> None:
    assert PLACES.find(words, OPENINGS) == Found()


@pytest.mark.parametrize(
    ("words", "label", "zone"),
    [
        ("berlin", "Berlin, Germany", "Europe/Berlin"),
        ("PARIS", "Paris, France", "Europe/Paris"),
        ("London", "London, United Kingdom", "Europe/London"),
        ("Roma", "Rome, Italy", "Europe/Rome"),
        ("Melbourne", "Melbourne, Victoria, Australia", "Australia/Melbourne"),
        ("münchen", "Munich, Germany", "Europe/Berlin"),
        ("Munchen", "Munich, Germany", "Europe/Berlin"),
        ("Muenchen", "Munich, Germany", "Europe/Berlin"),
        ("Cologne", "Köln, Germany", "Europe/Berlin"),
        ("Wien", "Vienna, Austria", "Europe/Vienna"),
        ("København", "Copenhagen, Denmark", "Europe/Copenhagen"),
        ("Kiev", "Kyiv, Ukraine", "Europe/Kyiv"),
        ("Bombay", "Mumbai, India", "Asia/Kolkata"),
        ("saigon", "Ho Chi Minh City, Vietnam", "Asia/Ho_Chi_Minh"),
        ("東京", "Tokyo, Japan", "Asia/Tokyo"),
        ("Москва", "Moscow, Russia", "Europe/Moscow"),
        ("서울", "Seoul, South Korea", "Asia/Seoul"),
        ("القاهرة", "Cairo, Egypt", "Africa/Cairo"),
        ("मुंबई", "Mumbai, India", "Asia/Kolkata"),
        ("new york city", "New York City, New York, United States", "America/New_York"),
        ("NYC", "New York City, New York, United States", "America/New_York"),
        ("Iten", "Iten, Kenya", "Africa/Nairobi"),
        ("Las Palmas", "Las Palmas de Gran Canaria, Spain", "Atlantic/Canary"),
        ("saint petersburg", "Saint Petersburg, Russia", "Europe/Moscow"),
        ("Xi'an", "Xi’an, China", "Asia/Shanghai"),
        ("Winston-Salem", "Winston-Salem, North Carolina, United States", "America/New_York"),
    ],
)
def test_a_city_is_found_by_any_of_its_names(words: str, label: str, zone: str) -> None:
    assert sure(words) == (label, zone)


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("berlin, germany", "Berlin, Germany"),
        ("portland oregon", "Portland, Oregon, United States"),
        ("Portland, ME", "Portland, Maine, United States"),
        ("Paris TX", "Paris, Texas, United States"),
        ("paris, texas, usa", "Paris, Texas, United States"),
        ("san jose cr", "San José, Costa Rica"),
        ("London Ontario", "London, Ontario, Canada"),
        ("Newcastle NSW", "Newcastle, New South Wales, Australia"),
        ("Washington DC", "Washington, District of Columbia, United States"),
        ("Berln Germany", "Berlin, Germany"),
        ("Frankfurt Hesse", "Frankfurt am Main, Germany"),
        ("Frankfurt, Brandenburg", "Frankfurt (Oder), Germany"),
        ("Córdoba, Veracruz", "Córdoba, Mexico"),
        ("springfield, il", "Springfield, Illinois, United States"),
    ],
)
def test_a_region_or_country_after_the_name_settles_it(words: str, label: str) -> None:
    assert labels(words) == [label]


@pytest.mark.parametrize(
    "words", ["I'm in Berlin", "i live in berlin", "near Berlin", "Berlin 🇩🇪!", "Berlin " * 2_000]
)
def test_words_around_the_name_do_no_harm(words: str) -> None:
    assert labels(words) == ["Berlin, Germany"]


@pytest.mark.parametrize(
    ("words", "first", "second"),
    [
        ("San José", "San Jose, California, United States", "San José, Costa Rica"),
        ("Birmingham", "Birmingham, United Kingdom", "Birmingham, Alabama, United States"),
        ("Portland", "Portland, Oregon, United States", "Portland, Maine, United States"),
        ("cordoba", "Córdoba, Argentina", "Córdoba, Spain"),
        ("Valencia", "Valencia, Venezuela", "Valencia, Spain"),
        ("Santiago", "Santiago, Chile", "Santiago de los Caballeros, Dominican Republic"),
        ("Georgetown", "Georgetown, Guyana", "Georgetown, Texas, United States"),
        ("Georgia", "Georgia", "Georgia, United States"),
    ],
)
def test_namesakes_by_different_clocks_are_asked_back(words: str, first: str, second: str) -> None:
    assert labels(words)[:2] == [first, second]


def test_namesakes_in_one_zone_are_not_worth_a_question() -> None:
    assert labels("Kansas City") == ["Kansas City, Missouri, United States"]


@pytest.mark.parametrize("words", ["springfield", "san juan", "us", "Richmond", "victoria"])
def test_a_question_has_at_most_six_answers_all_different(words: str) -> None:
    found = PLACES.find(words, OPENINGS).places

    assert 2 <= len(found) <= 6
    assert len({place.zone for place in found}) == len({place.label for place in found})
    assert len({place.zone for place in found}) == len(found)


@pytest.mark.parametrize(
    ("words", "label", "zone"),
    [
        ("Deutschland", "Germany", "Europe/Berlin"),
        ("UK", "United Kingdom", "Europe/London"),
        ("scotland", "Scotland, United Kingdom", "Europe/London"),
        ("Holland", "Netherlands", "Europe/Amsterdam"),
        ("Kenya", "Kenya", "Africa/Nairobi"),
        ("Singapore", "Singapore", "Asia/Singapore"),
        ("Argentina", "Argentina", "America/Argentina/Buenos_Aires"),
        ("California", "California, United States", "America/Los_Angeles"),
    ],
)
def test_a_country_or_state_with_one_clock_will_do(words: str, label: str, zone: str) -> None:
    assert sure(words) == (label, zone)


def test_a_country_with_several_clocks_offers_the_largest_city_of_each() -> None:
    names = [place.name for place in PLACES.find("USA").places]
    assert names == ["New York City", "Los Angeles", "Chicago", "Phoenix", "Denver", "Honolulu"]
    assert [place.name for place in PLACES.find("Texas").places] == ["Houston", "El Paso"]


@pytest.mark.parametrize(
    ("words", "label", "zone"),
    [
        ("Gujarat", "Gujarat, India", "Asia/Kolkata"),
        ("Sabah", "Sabah, Malaysia", "Asia/Kuching"),
        ("Catalonia", "Catalonia, Spain", "Europe/Madrid"),
        ("Catalunya", "Catalonia, Spain", "Europe/Madrid"),
        ("Canary Islands", "Canary Islands, Spain", "Atlantic/Canary"),
        ("Azores", "Azores, Portugal", "Atlantic/Azores"),
        ("Guangdong", "Guangdong, China", "Asia/Shanghai"),
        ("广东", "Guangdong, China", "Asia/Shanghai"),
        ("Sichuan", "Sichuan, China", "Asia/Shanghai"),
        ("Bavaria", "Bavaria, Germany", "Europe/Berlin"),
        ("Bayern", "Bavaria, Germany", "Europe/Berlin"),
        ("Queensland", "Queensland, Australia", "Australia/Brisbane"),
        ("Kerala", "Kerala, India", "Asia/Kolkata"),
        ("Hokkaido", "Hokkaidō, Japan", "Asia/Tokyo"),
        ("Tuscany", "Tuscany, Italy", "Europe/Rome"),
        ("Toscana", "Tuscany, Italy", "Europe/Rome"),
        ("Brittany", "Brittany, France", "Europe/Paris"),
        ("Tyrol", "Tyrol, Austria", "Europe/Vienna"),
        ("Yorkshire", "Yorkshire, United Kingdom", "Europe/London"),
        ("Sakha", "Sakha, Russia", "Asia/Yakutsk"),
        ("São Paulo", "São Paulo, Brazil", "America/Sao_Paulo"),
    ],
)
def test_a_state_or_province_is_known(words: str, label: str, zone: str) -> None:
    assert sure(words) == (label, zone)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("Kashmir", ["Jammu and Kashmir, India", "Azad Kashmir, Pakistan"]),
        ("Punjab", ["Punjab, Pakistan", "Punjab, India"]),
        ("Limburg", ["Limburg, Netherlands", "Limburg, Belgium"]),
        ("Chihuahua", ["Chihuahua, Mexico", "Ciudad Juárez, Mexico", "Ojinaga, Mexico"]),
        (
            "Tennessee",
            ["Nashville, Tennessee, United States", "Knoxville, Tennessee, United States"],
        ),
    ],
)
def test_a_region_on_two_sides_of_a_border_or_a_clock_is_asked_back(
    words: str, asked: list[str]
) -> None:
    assert sorted(labels(words)) == sorted(asked)


def test_the_largest_of_each_country_comes_first_and_the_others_on_request() -> None:
    found = PLACES.find("Richmond")
    countries = [place.country for place in found.places]

    assert set(countries) >= {"United States", "Canada", "South Africa", "Australia"}
    assert "Richmond, California, United States" in [place.label for place in found.others]
    assert set(found.places) & set(found.others) == set()


def test_every_springfield_is_on_request() -> None:
    others = [place.label for place in PLACES.find("Springfield").others]

    assert "Springfield, Illinois, United States" in others
    assert len(set(others)) == len(others)


def test_namesakes_in_one_country_are_told_apart_by_their_regions() -> None:
    found = PLACES.find("San Fernando")
    philippine = [p.label for p in (*found.places, *found.others) if p.country == "Philippines"]

    assert len(philippine) > 1
    assert all(label.count(",") == 2 for label in philippine)


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Paris", "Paris, Texas, United States"),
        ("London", "London, Ontario, Canada"),
        ("Alexandria", "Alexandria, Virginia, United States"),
    ],
)
def test_a_sure_place_has_its_namesakes_with_another_clock(words: str, label: str) -> None:
    found = PLACES.find(words, OPENINGS)

    assert found.sure
    assert found.elsewhere
    assert found.elsewhere.label == label


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Berln", "Berlin"),
        ("Amsterdm", "Amsterdam"),
        ("Los Angelos", "Los Angeles"),
        ("Zurcih", "Zürich"),
        ("Nairobbi", "Nairobi"),
        ("Germny", "Germany"),
    ],
)
def test_a_typo_is_understood_but_never_sure(words: str, name: str) -> None:
    found = PLACES.find(words, OPENINGS)

    assert [place.name for place in found.places] == [name]
    assert found.guessed
    assert found.sure is None


@pytest.mark.parametrize(
    "words", ["asdfgh", "banana", "my house", "hello", "hallo", "bands", "tomorrow", "thank you"]
)
def test_a_word_that_is_no_place_finds_none(words: str) -> None:
    assert PLACES.find(words, OPENINGS) == Found()


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "|",
        "/",
        "a" * 10_000,
        "🏃‍♀️🏃",
        "\x00\x1b[31m\r\n\t\u202e",
        "\ud800",
        "'; DROP TABLE runners; --",
        "<script>alert(1)</script>",
        "(.*)+[a-z",
    ],
)
def test_junk_finds_nothing_and_breaks_nothing(words: str) -> None:
    assert PLACES.find(words, OPENINGS) == Found()


signs = st.text(st.characters(codec=None) | st.sampled_from("abcdeinorst /|,-\t\n"))


@pytest.mark.slow
@given(signs | st.lists(st.sampled_from(["san", "in", "us", "ca", "berlin", "st"])).map(" ".join))
def test_no_text_raises_and_every_zone_loads(words: str) -> None:
    found = PLACES.find(words, OPENINGS)

    assert len(found.places) <= 6
    assert len(found.others) <= 24
    every = [place.zone for place in (*found.places, *found.others)]
    assert [ZoneInfo(zone).key for zone in every] == every


@pytest.mark.breadth(2)
@pytest.mark.parametrize(
    ("latitude", "longitude", "place"),
    [
        (52.5, 13.4, Place("Berlin", "", "Germany", "Europe/Berlin")),
        (40.73, -74.17, Place("Newark", "New Jersey", "United States", "America/New_York")),
        (-0.3, 36.07, Place("Nakuru", "", "Kenya", "Africa/Nairobi")),
        (-33.87, 151.2, Place("Sydney", "New South Wales", "Australia", "Australia/Sydney")),
        (68.5, 27.5, Place("Helsinki", "", "", "Europe/Helsinki")),
        (-18.1, 179.99, Place("Fiji", "", "", "Pacific/Fiji")),
    ],
)
def test_a_location_gets_its_zone(latitude: float, longitude: float, place: Place) -> None:
    assert PLACES.at(latitude, longitude) == place


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        (40.0, -40.0),
        (90.0, 0.0),
        (91.0, 0.0),
        (0.0, 180.5),
        (float("nan"), 0.0),
        (0.0, float("inf")),
    ],
)
def test_open_sea_and_no_location_at_all_have_no_place(latitude: float, longitude: float) -> None:
    assert PLACES.at(latitude, longitude) is None


@pytest.mark.slow
@settings(max_examples=25)
@given(st.floats(), st.floats())
def test_no_location_raises(latitude: float, longitude: float) -> None:
    place = PLACES.at(latitude, longitude)

    assert place is None or ZoneInfo(place.zone).key == place.zone


@pytest.mark.slow
@settings(max_examples=25)
@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_location_on_earth_has_a_zone_that_loads(latitude: float, longitude: float) -> None:
    place = PLACES.at(latitude, longitude)

    assert place is None or not place.zone.startswith("Etc/")
    assert place is None or ZoneInfo(place.zone).key == place.zone


@given(st.text())
def test_folding_twice_changes_nothing(words: str) -> None:
    assert fold(fold(words)) == fold(words)


def lines() -> list[list[str]]:
    content = FILE.read_text("utf-8")
    assert content.endswith("\n")
    return [line.split("\t") for line in content.splitlines() if not line.startswith("#")]


def test_the_file_names_its_source_and_licence() -> None:
    assert re.search(r"^# From GeoNames.*CC BY 4\.0", FILE.read_text("utf-8"), re.MULTILINE)


@pytest.mark.slow
def test_every_line_of_the_file_is_whole() -> None:
    header, *rows = lines()
    assert header == COLUMNS
    for name, region, country, _, population, latitude, longitude, names in rows:
        assert name == name.strip() != ""
        assert re.fullmatch(r"[A-Z]{2}", country), name
        assert re.fullmatch(r"[A-Z0-9-]{0,8}", region), name
        assert int(population) >= 0
        assert (latitude == "") == (longitude == ""), name
        assert abs(float(latitude or 0)) <= 90, name
        assert abs(float(longitude or 0)) <= 180, name
        spellings = names.removeprefix("|").removesuffix("|").split("|")
        assert names == f"|{'|'.join(spellings)}|"
        assert spellings == [fold(spelling) for spelling in spellings], name
        assert len(set(spellings)) == len(spellings), name
        assert "" not in spellings, name


def test_every_zone_of_the_file_is_canonical_and_loads() -> None:
    table = importlib.resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    canonical = {line.split("\t")[2] for line in table.splitlines() if not line.startswith("#")}
    used = {zone for row in lines()[1:] for zone in row[3].split(" ")}

    assert used <= canonical
    assert {ZoneInfo(zone).key for zone in used} == used


def test_no_place_is_in_the_file_twice() -> None:
    counted = Counter(tuple(row[:7]) for row in lines()[1:])
    assert [row for row, count in counted.items() if count > 1] == []


def test_areas_come_first_then_cities_largest_first() -> None:
    rows = lines()[1:]
    is_city = [row[5] != "" for row in rows]
    populations = [int(row[4]) for row in rows if row[5]]

    assert is_city == sorted(is_city)
    assert populations == sorted(populations, reverse=True)


def test_every_area_that_a_place_names_is_in_the_file_with_a_city_for_each_clock() -> None:
    rows = lines()[1:]
    areas = {(row[2], row[1]) for row in rows if not row[5]}
    cities = {(row[2], region, row[3]) for row in rows if row[5] for region in ("", row[1])}

    assert {(row[2], row[1]) for row in rows} <= areas
    for name, region, country, area_zones, *_ in (row for row in rows if not row[5]):
        for zone in area_zones.split(" ") if " " in area_zones else ():
            assert (country, region, zone) in cities, name
