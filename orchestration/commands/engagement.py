"""`jalon new` and `jalon check`: an engagement folder, and what a run would make of it."""

from dataclasses import asdict
from typing import Annotated

import typer

from orchestration.commands.console import Exit, plain_errors, show, show_json
from orchestration.engagements import require_engagement
from orchestration.paths import Home

Name = Annotated[str, typer.Argument(help="Name of the engagement: a-z, 0-9 and -.")]


def new(engagement: Name) -> None:
    """Make an engagement folder: config, empty decisions, questionnaire and interview guides."""
    with plain_errors():
        from ingestion.scaffold import new_engagement

        folder = Home.from_environment().engagement(engagement)
        new_engagement(folder, engagement)
        show(f"{folder} is ready: fill in engagement.yaml and roster.csv, put exports into inbox/,")
        show(f"then `jalon check {engagement}` shows what would be loaded")


def check(
    engagement: Name,
    json: Annotated[bool, typer.Option("--json", help="Machine-readable.")] = False,
) -> None:
    """Say what a run would load, keep out or refuse, without changing anything."""
    with plain_errors():
        from ingestion.snapshot import check as check_engagement

        home = Home.from_environment()
        require_engagement(home, engagement)
        report = check_engagement(home.engagement(engagement), home.lake, home.vault)
        if json:
            show_json(asdict(report))
            return
        show(str(report))
        raise typer.Exit(int(Exit.DONE))
