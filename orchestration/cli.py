"""The `jalon` command, put together. What a command does is in `orchestration.commands`."""

import typer

from orchestration.commands.cluster import cluster
from orchestration.commands.engagement import check, new
from orchestration.commands.erase import erase_person
from orchestration.commands.export import export
from orchestration.commands.figures import diff, explain, freeze
from orchestration.commands.metrics import metrics
from orchestration.commands.portfolio import portfolio
from orchestration.commands.publications import rollback, status, verify
from orchestration.commands.review import review
from orchestration.commands.run import run
from orchestration.commands.serve import serve
from orchestration.commands.tag import tag
from orchestration.launch import ignore_notes_for_developers

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)
for command in (
    new,
    check,
    run,
    freeze,
    rollback,
    export,
    tag,
    explain,
    diff,
    metrics,
    portfolio,
    verify,
    status,
    serve,
    cluster,
):
    app.command()(command)
app.command("erase")(erase_person)
app.add_typer(review, name="review")


def main() -> None:
    """Entry point of the installed command."""
    ignore_notes_for_developers()
    app()
