"""Titles of calendar entries: whole words, without accents, in seven languages."""

import pytest

from bot.domain.run_plan import EntryKind
from bot.domain.run_titles import Titled, TitleReading, read_title, shortened
from tests.shipped import CATALOGUE

TITLES = {
    "easy": (
        *("Easy 8 km", "EZ", "8km Easy Run", "Recovery run", "Base", "Z2 45min", "zone 2", "Jog"),
        *("Shake-out", "Easy + 6 strides", "Easy 40' with 8x100m strides", "run/walk", "GA 10 mi"),
        *("Warm-up run", "E pace 30 min", "lockerer Dauerlauf 10 km", "DL1 45min", "GA1", "Traben"),
        *("Ruhiger Dauerlauf", "Footing 50'", "FOOTING + lignes droites", "Récup", "recup 30'"),
        *("Endurance fondamentale", "EF 45'", "Décrassage", "Rodaje suave", "Trote", "fácil 6k"),
        *("Carrera continua suave", "Corsa lenta", "CL 10 km", "Fondo lento", "Defaticamento"),
        *("Rodagem", "LE 40 min", "Corrida fácil", "leve 5k", "Herstelloop", "Rustige duurloop"),
        *("D1 60 min", "Pre-race jog", "Race week: easy 20 min", "Easy spin on the bike"),
    ),
    "hard": (
        *("Tempo 5k", "8x400", "5 x 1k", "3x10'", "12×1 min", "6 * (3 min)", "VO2 max"),
        *("Hill reps", "Fartlek", "Track Tuesday", "parkrun", "Race pace 3 miles", "5k pace", "MP"),
        *("Marathon pace 10k", "Norwegian", "Over-unders", "CP test", "TT", "Workout"),
        *("Session with the club", "Run Z4 20 min", "8x400, 200 m rest", "5 x 1k, 2 min rest"),
        *("easy, then 6 x 1 km at threshold", "Tempodauerlauf", "TDL 8 km", "Intervalle", "DL3"),
        *("Fahrtspiel", "zügiger Dauerlauf", "Hügel", "Huegel", "Bergläufe", "Crescendolauf"),
        *("Fractionné court", "VMA 30/30", "Seuil", "Côtes", "AS21", "allure spécifique", "Piste"),
        *("Series 6x800", "Cuestas", "Cambios de ritmo", "Umbral", "Ritmo de competición"),
        *("Ripetute", "RV 10x400", "Corsa veloce", "Salite", "Ritmo gara", "Progressivo", "medio"),
        *("Tiros", "Intervalado", "Limiar", "Subidas", "Interval", "Tempoduurloop", "Heuvels"),
        *("D3 30 min", "Long ride", "Swim intervals", "MLR 70 min", "Ride 2h"),
        *("Football", "Tennis with Bea 60 min", "Climbing", "Fußball"),
    ),
    "long": (
        *("Long run", "Long 28 km", "LSD Sunday", "LR 16 miles", "Back-to-back", "Long with tempo"),
        *("Easy 1h45", "Easy run 95 min", "Run 2 h", "MLR", "MLR 1:25 h", "Medium-long 90'"),
        *("Langer Lauf", "langer Dauerlauf", "Longjog", "Longjog 2h locker", "LaLa", "lDL 30 km"),
        *("Sortie longue", "SL 1h45", "Tirada larga", "Rodaje largo", "Lungo 30 km", "Lunghissimo"),
        *("Longão", "treino longo", "Lange duurloop", "lange loop", "Long run + core"),
        *("Le long de la Seine",),  # the English word: a long run forbids more than any other
    ),
    "race": (
        *("Race day", "10k race", "Goal race: Spring Marathon", "🏁 City 10", "XC championships"),
        *("Wettkampf", "Volkslauf", "Halbmarathon Beispielstadt", "10 km officiel", "Compétition"),
        *("Media maratón", "Gara 10 km", "Corrida de rua", "Wedstrijd", "Ultra 80k", "Relay"),
    ),
    "rest": (
        *("Rest", "Rest day", "Day off", "OFF", "Recovery day", "No training", "Ruhetag", "frei"),
        *("Repos", "Descanso", "Riposo", "Folga", "Rustdag", "vrij"),
    ),
    "strength": (
        *("Strength", "Gym session", "S&C", "Weights 3x10", "Leg day", "Plyo", "Krafttraining"),
        *("Athletik", "PPG", "Renfo musculaire", "Fuerza", "Palestra", "Musculação", "Kracht"),
    ),
    "trunk": (
        *("Core", "Pilates", "Yoga 60 min", "Mobility", "Upper body strength", "Stabi", "Rumpf"),
        *("Gainage", "Core workout", "Strength: upper"),
    ),
    "ask": (
        *("Run", "Morning run", "Club night run", "Steady 10k", "Progression", "12 km"),
        *("Treadmill", "10k", "Marathon", "Half", "Brick", "5k", "Strides", "Run 45 min", "Test"),
        *("Dauerlauf", "GA2", "DL2", "Steigerungen", "Lauftreff", "Koppeltraining", "Lauf-ABC"),
        *("Sortie", "Endurance active", "PPG course", "Carrera", "Entreno", "Fondo", "Corsa"),
        *("Allenamento", "allunghi", "Variato", "Treino", "Prova", "Duurloop", "Loopscholing"),
        *("Off-road 10k", "Run or rest"),
    ),
    "other": (
        *("Dentist", "Lunch on behalf of Ann", "Restaurant", "Garage", "In ritiro con la squadra"),
        *("Thalfgang", "Longjumeau", "Forest Hall", "Interest rates", ""),
        *("Grazing", "Tempora mutantur", "Speedy delivery", "Easyjet 1234", "Trackpad", "🏖"),
    ),
    "gone": (
        *("Cancelled: long run", "Intervals (skipped)", "DNS 10k race", "~~8x400~~"),
        *("abgesagt: Bahntraining", "Ausgefallen: Intervalle", "S̶p̶e̶e̶d̶", "Séance annulée"),
    ),
}


def kinds(reading: TitleReading) -> str:
    if reading.is_other:
        return "other"
    return "gone" if not reading.kinds else reading.kinds[0].value


@pytest.mark.parametrize("kind", TITLES)
def test_a_title_is_read_by_its_words(kind: str) -> None:
    titles = TITLES[kind]
    assert {title: kinds(read(title)) for title in titles} == dict.fromkeys(titles, kind)


def read(title: str, **about: object) -> TitleReading:
    return read_title(Titled(title, **about), CATALOGUE.title_words)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "category", "kind"),
    [
        ("City 10", "RACE_A", "race"),
        ("Monday Madness", "Run", "ask"),
        ("Full body", "WeightTraining", "strength"),
        ("Endurance", "Ride", "easy"),
        ("Tempo", "Ride", "hard"),
        ("Flow", "Yoga", "trunk"),
        ("", "Day Off", "rest"),
        ("Easy", "Run", "easy"),
    ],
)
def test_the_category_goes_before_the_words(title: str, category: str, kind: str) -> None:
    assert kinds(read(title, categories=("WORKOUT", category))) == kind


def test_a_whole_day_away_is_not_there() -> None:
    assert kinds(read("Urlaub", is_whole_day=True)) == "gone"
    assert kinds(read("Holiday run", is_whole_day=True)) == "gone"
    assert kinds(read("Holiday long run", is_whole_day=True)) == "long"
    assert kinds(read("City 10", categories=("HOLIDAY",), is_whole_day=True)) == "gone"


def test_a_long_entry_makes_an_easy_run_long_and_an_unknown_one_no_more_sure() -> None:
    assert kinds(read("Easy", minutes=90)) == "long"
    assert kinds(read("Easy", minutes=89)) == "easy"
    assert kinds(read("Club night run", minutes=120)) == "ask"


def test_strength_beside_a_run_is_both() -> None:
    assert read("Long run + core").kinds == (EntryKind.LONG, EntryKind.TRUNK)
    assert read("Strength, then 6 km easy").kinds == (EntryKind.EASY, EntryKind.STRENGTH)
    assert read("Gym session").kinds == (EntryKind.STRENGTH,)


def test_only_titles_of_runs_are_kept() -> None:
    assert read("Easy run").is_run
    assert read("Run").is_run
    for title in ("Gym", "Rest day", "Easy ride", "Yoga", "Football"):
        assert not read(title).is_run


def test_a_kept_title_is_one_visible_line_of_sixty_letters() -> None:
    assert shortened("  Easy\n\trun\u202e\u0007 ") == "Easy run"
    assert len(shortened("x" * 1000)) == 60


def test_a_hostile_title_is_read_at_once() -> None:
    for title in ("1x" * 500_000, "easy " * 100_000, "9" * 1_000_000, "\u0300" * 100_000):
        read(title)
