"""An invented agency with enough people, tasks and gaps to exercise the whole model.

Belongs here: random but seeded rows. Does not belong here: expected values.
"""

import random
from datetime import date, timedelta
from typing import Any

from tests.model.engagement_rows import (
    CLIENT_VALUES,
    Tables,
    add_assumptions,
    add_day,
    add_form,
    add_person,
    add_task,
    engagement_tables,
)

HEADCOUNTS = {"granit": 9, "basalte": 7, "opale": 6, "silex": 3}
HORIZONS = ("now", "30_days", "90_days", "180_days", "later")


def invented_agency(seed: int, **engagement: Any) -> Tables:
    """Four teams, twelve tasks, a baseline quarter of timesheets and most forms."""
    draw = random.Random(seed)
    tables = engagement_tables(min_group=4, **engagement)
    tasks = [f"task_{number:02d}" for number in range(12)]
    for number, task in enumerate(tasks):
        add_task(
            tables,
            task,
            rule_share=draw.random() if number % 5 else None,
            horizon=HORIZONS[number % len(HORIZONS)],
        )
    for number, (team, headcount) in enumerate(HEADCOUNTS.items()):
        tables["teams"].append(
            {"team_id": team, "team_name": team, "headcount": headcount, "hourly_cost": 30 + number}
        )
        team_tasks = draw.sample(tasks, 8)
        for person in (f"{team}_{index}" for index in range(headcount)):
            add_person(tables, person, team)
            own = draw.sample(team_tasks, 4)
            if draw.random() < 0.85:
                add_form(tables, person, {task: draw.uniform(1, 12) for task in own})
            for day in range(90):
                worked_on = date(2026, 1, 1) + timedelta(days=day)
                if worked_on.weekday() < 5 and draw.random() < 0.93:
                    add_day(tables, person, worked_on, {draw.choice(own): 7.0})
    add_assumptions(
        tables,
        **{**CLIENT_VALUES, "extra_pitches_per_year": (6, 12, 20), "upsell_value": 4000},
        upsell_deals_per_year=(0, 3, 6),
        hours_per_pitch={"granit": 20, "basalte": 10},
        hours_per_project={"granit": 60},
        hours_per_upsell={"opale": 15},
        planned_hires={"granit": 1, "silex": 1},
        freelance_days={"basalte": 60, "granit": 20},
        price_concession=0.01,
    )
    tables["project_types"].append(
        {"project_type": "film", "project_type_name": "Film", "price": 20000.0,
         "annual_volume": 12.0, "external_cost": 4000.0}
    )  # fmt: skip
    tables["project_type_hours"] += [
        {"project_type": "film", "team_id": team, "hours": hours}
        for team, hours in (("granit", 200.0), ("opale", 40.0))
    ]
    return tables
