"""`jalon portfolio`: what agencies like this one look like, and ranges to start from."""

from typing import Annotated

import typer

from orchestration.commands.console import hint, plain_errors, say, show, show_json
from orchestration.launch import Launcher
from orchestration.paths import Home
from orchestration.progress import Progress

_THEMES = {
    "fct_benchmark_hours": "where time goes",
    "fct_benchmark_gains": "gains realised against planned",
    "fct_benchmark_assumptions": "suggested ranges for `assumptions:` of engagement.yaml",
}


def portfolio(
    json: Annotated[bool, typer.Option("--json", help="Machine-readable.")] = False,
) -> None:
    """Anonymous figures over all published engagements with `share_benchmarks: true`."""
    with plain_errors():
        from orchestration.portfolio import figures, is_published, plan

        home = Home.from_environment()
        planned = plan(home)
        if (planned.publications or figures(home)) and not is_published(home, planned):
            from orchestration.build_defs import REFRESH_PORTFOLIO

            launcher = Launcher(home, Progress(say, hint))
            launcher.start()
            launcher.run(REFRESH_PORTFOLIO)
        tables = figures(home)
        if json:
            show_json({table: tables.get(table, []) for table in _THEMES})
            return
        if not any(tables.values()):
            show("no figure yet: each needs 5 published agencies with `share_benchmarks: true`")
        for table, title in _THEMES.items():
            if rows := tables.get(table):
                show(f"{title}: low, middle, high of the agencies")
            for row in rows or []:
                values = list(row.values())
                name = " ".join(str(v) for v in values[:-4] if v is not None)
                low, middle, high = (f"{v:g}" for v in values[-3:])
                show(f"  {name:<48} {low:>9} {middle:>9} {high:>9}   {values[-4]}+ agencies")
