"""`jalon metrics`: figures asked for by name, as a BI tool would."""

from typing import Annotated

import typer

from orchestration.commands.console import plain_errors, show, show_json
from orchestration.commands.figures import build_of
from orchestration.paths import Home


def metrics(
    engagement: Annotated[str, typer.Argument(help="Name of the engagement.")],
    names: Annotated[
        str | None, typer.Argument(help="Metrics, separated by commas; none lists them.")
    ] = None,
    by: Annotated[
        str, typer.Option("--by", help="For example team__team_name,metric_time__month.")
    ] = "",
    where: Annotated[str | None, typer.Option("--where", help="MetricFlow's filter.")] = None,
    month: Annotated[str | None, typer.Option("--month", help="Default: the latest.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Machine-readable.")] = False,
) -> None:
    """Ask for metrics of a publication, such as hours freed by team and month."""
    with plain_errors():
        from orchestration.metrics import metrics_of, query_metrics

        home = Home.from_environment()
        if names is None:
            for metric in metrics_of(home):
                show(f"{metric.name:28}{metric.description}")
            return
        published = home.published(engagement) / ".builds" / build_of(home, engagement, month)
        groups = [name for name in by.split(",") if name]
        heads, *rows = query_metrics(home, published, names.split(","), groups, where)
        if json:
            show_json([dict(zip(heads, row, strict=True)) for row in rows])
            return
        widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
        for row in (heads, *rows):
            show("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))
