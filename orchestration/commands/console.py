"""How commands speak and end: exit codes, messages, JSON."""

import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any, NoReturn

import duckdb
import typer

from orchestration import logs
from orchestration.run_records import causes


class Exit(IntEnum):
    """Exit codes of `jalon` (interface.md)."""

    DONE = 0
    REFUSED = 1  # by the quality gate
    WRONG_INPUT = 2
    UNFINISHED = 3  # safe to try again


_FROM_OUTSIDE = (OSError, sqlite3.Error, duckdb.Error)
_ERASE_LINE = "\r\x1b[K"


# A line for the person who waits; results go to standard output, this does not.
say = logs.write


def hint(text: str) -> None:
    """What is being done at the moment: on a terminal only, until the next line."""
    if sys.stderr.isatty() and not logs.is_json():
        sys.stderr.write(f"{_ERASE_LINE}    {text}")
        sys.stderr.flush()


def show(text: str) -> None:
    """A line of the command's result."""
    sys.stdout.write(text + "\n")


def show_json(value: Any) -> None:
    """The command's result as JSON."""
    show(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def stop(code: Exit, message: str) -> NoReturn:
    """End with `code` after one clear message."""
    say(message, level="error", exit_code=int(code))
    raise typer.Exit(int(code))


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what a user can cause into a message and an exit code, never a traceback."""
    from ingestion.errors import InputError
    from llm_enrichment.settings import EnrichmentError, ProviderUnavailable
    from orchestration.warehouse import WarehouseError
    from reports.errors import DamagedPublication, ExportError, PublicationError, SiteError

    try:
        yield
    except ProviderUnavailable as error:
        stop(Exit.UNFINISHED, f"jalon: {error}")  # which says when to run again
    except (InputError, EnrichmentError, ExportError, ValueError) as error:
        stop(Exit.WRONG_INPUT, f"jalon: {error}")
    except DamagedPublication as error:
        stop(Exit.UNFINISHED, f"jalon: {error}")
    except PublicationError as error:
        stop(Exit.REFUSED, f"jalon: {error}")
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough; Python must not write to it again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (WarehouseError, SiteError, OSError) as error:
        stop(Exit.UNFINISHED, f"jalon: could not finish: {error}\nIt is safe to run again.")
    except Exception as error:
        # A full disk or a database that cannot be read arrives in the clothes of many libraries.
        cause = next((c for c in causes(error) if isinstance(c, _FROM_OUTSIDE)), None)
        if cause is None:
            raise
        stop(Exit.UNFINISHED, f"jalon: could not finish: {cause}\nIt is safe to run again.")
