import pytest

from llm_enrichment.numbers import hours_in, numbers_in


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("sept millions", [7e6]),
        ("six millions huit", [6.8e6]),
        ("quatre-vingt-seize", [96]),
        ("cent quarante mille", [140000]),
        ("vingt et un", [21]),
        ("7,5 et 2 000", [7.5, 2000]),
        ("9 millions", [9e6]),
        ("soixante-dix-sept", [77]),
        ("deux cent quarante", [240]),
        ("une soixantaine", [60]),
        ("une demi-journée", [0.5]),
        ("1.250,50", [1250.5]),
        ("10,000 or 1,250.50 but 0,125", [10000, 1250.5, 0.125]),
    ],
)
def test_numbers(text: str, numbers: list[float]):
    assert numbers_in(text) == numbers


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("deux jours", 14),
        ("une semaine", 35),
        ("90 minutes", 1.5),
        ("1h30", 1.5),
        ("trois heures et demie", 3.5),
        ("half a day", 3.5),
        ("une demi-heure", 0.5),
    ],
)
def test_durations_in_working_hours(text: str, hours: float):
    found = hours_in(text)
    assert found is not None
    assert found[0] == hours
