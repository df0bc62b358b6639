"""The dbt chain says of simulated engagements what the NumPy trials say of them."""

from datetime import date

import numpy as np
import pytest

from tests.model_matrix_impact.conftest import Project
from tests.model_matrix_impact.panel_rows import add_panel, month, panel_engagement, treat
from tests.simulation.panels import Setting, draw, with_effect
from tests.simulation.verdicts import demonstrated, detectable, look

YEAR, POST = 12, 8
EFFECTS = (0.0, -0.3, -0.7, 0.5, -1.0)
SETTINGS = [Setting(4, 15.0), Setting(6, 60.0), Setting(8, 15.0), Setting(12, 60.0)]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda s: f"{s.teams} teams")
def test_dbt_agrees_with_the_trials(setting: Setting, project: Project) -> None:
    hours, units = draw(setting, len(EFFECTS), np.random.default_rng(setting.teams))
    hours = np.round(with_effect(setting, hours, np.array(EFFECTS)), 6)[..., :YEAR]
    units = units[..., :YEAR]
    found = look(setting, hours, units, POST)
    proven = demonstrated(setting, hours, units, POST)
    mde = 1 - np.exp(detectable(setting, found.deviation))
    for number in range(len(EFFECTS)):
        tables = panel_engagement(setting.teams)
        add_panel(tables, hours[number], units[number])
        treat(tables, range(setting.treated), month(3))
        built = project.run(tables, date(2026, 12, 31), ["fct_impact_effects"])
        row = built.row("select * from marts.fct_impact_effects where intervention_id = 'i1'")
        assert row["effect_log"] == pytest.approx(found.effect[number], rel=1e-8)
        assert row["effect_log_low"] == pytest.approx(found.low[number], rel=1e-8)
        assert row["effect_log_high"] == pytest.approx(found.high[number], rel=1e-8, abs=1e-9)
        assert row["mde"] == pytest.approx(mde[number], rel=1e-8)
        assert (row["verdict"] == "demonstrated") == proven[number]
