"""`jalon new` and `jalon check`: an engagement folder, and what a run would make of it."""

from dataclasses import asdict
from typing import Annotated

import typer

from orchestration.commands.console import Exit, plain_errors, show, show_json
from orchestration.engagements import require_engagement
from orchestration.paths import Home

# `jalon new` proposes it; money of another currency is suggested by `jalon check`.
_CURRENCY_OF_NEW = "EUR"
Name = Annotated[str, typer.Argument(help="Name of the engagement: a-z, 0-9 and -.")]


def new(engagement: Name) -> None:
    """Make an engagement folder: config, empty decisions, questionnaire and interview guides."""
    with plain_errors():
        from ingestion.scaffold import new_engagement
        from orchestration.portfolio import suggested_ranges, written

        home = Home.from_environment()
        folder = home.engagement(engagement)
        suggested = suggested_ranges(home, _CURRENCY_OF_NEW)
        lines = [written(key, suggestion) for key, suggestion in suggested.items()]
        new_engagement(folder, engagement, suggestions=lines)
        show(f"{folder} is ready: fill in engagement.yaml and roster.csv, put exports into inbox/,")
        show(f"then `jalon check {engagement}` shows what would be loaded")


def check(
    engagement: Name,
    json: Annotated[bool, typer.Option("--json", help="Machine-readable.")] = False,
) -> None:
    """Say what a run would load, keep out or refuse, without changing anything."""
    with plain_errors():
        from ingestion.config import load_engagement
        from ingestion.snapshot import check as check_engagement
        from orchestration.flow import Flow
        from orchestration.portfolio import suggested_ranges, written

        home = Home.from_environment()
        require_engagement(home, engagement)
        report = check_engagement(
            home.engagement(engagement),
            home.lake,
            home.vault,
            before=Flow(home, engagement).raw_before(),
        )
        settings = load_engagement(home.engagement(engagement)).settings
        suggested = suggested_ranges(home, settings.currency)
        open_keys = [key for key in suggested if getattr(settings.assumptions, key, None) is None]
        if json:
            show_json(asdict(report) | {"suggested": {key: suggested[key] for key in open_keys}})
            return
        show(str(report))
        if settings.priority is None:
            show(
                "\nengagement.yaml has no `priority:` (productivity, growth or margin): until it "
                "has one, no task gets an impact and none is in scope"
            )
        if open_keys:
            show("\nnot in `assumptions:`; the portfolio suggests:")
        for key in open_keys:
            show(f"  {written(key, suggested[key])}")
        raise typer.Exit(int(Exit.DONE))
