"""Which engagements there are, which run by themselves, which month is theirs, what is done."""

import re
from collections.abc import Callable

from ingestion.config import load_engagement
from ingestion.config_schema import ENGAGEMENT_PATTERN
from ingestion.errors import InputError
from orchestration.build_plan import BuildPlan
from orchestration.flow import Flow
from orchestration.paths import Home
from orchestration.report import is_site_current
from reports.publication import current_month, damaged_files, published_months


def require_engagement(home: Home, engagement: str) -> None:
    """Refuse a name that has no folder.

    Raises:
        InputError: naming the folder and the engagements that exist.
    """
    folder = home.engagement(engagement)
    # A name that leads elsewhere, by `..` or by a link, would read what is another engagement's.
    if not re.fullmatch(ENGAGEMENT_PATTERN, engagement) or folder.is_symlink():
        raise InputError(
            f"{engagement!r} is no engagement: a name has 2 to 40 of a-z, 0-9 and -, and its "
            "folder is no link"
        )
    if not (folder / "engagement.yaml").is_file():
        known = ", ".join(home.engagements()) or "none yet"
        raise InputError(
            f"there is no engagement {engagement!r}: {home.engagement(engagement)} holds no "
            f"engagement.yaml (known: {known}); `jalon new {engagement}` makes one"
        )


def active_engagements(home: Home) -> list[str]:
    """Engagements with `status: active`; one whose config is broken counts as active, so that
    its run says what is wrong."""
    active = []
    for name in home.engagements():
        try:
            status = load_engagement(home.engagement(name)).settings.status
        except InputError:
            status = "active"
        if status == "active":
            active.append(name)
    return active


def latest_month(home: Home, engagement: str) -> str:
    """The month that a run means by default (interface.md), from the inputs as they are now."""
    flow = Flow(home, engagement)
    plan = flow.known_plan(None)
    if plan is None:
        flow.refresh()
        plan = flow.known_plan(None)
    if plan is None:
        raise InputError(f"the files of {engagement} change while they are read; try again")
    return plan.month


def published_plan(
    home: Home,
    engagement: str,
    month: str | None,
    with_report: bool,
    say: Callable[[str], None] = lambda _: None,
) -> BuildPlan | None:
    """The plan that is published already, where nothing that it reads has changed.

    Args:
        home: where it is published.
        engagement: its name.
        month: YYYY-MM, or None for the default month.
        with_report: whether the site must show it too.
        say: told of damage that asks for a new publication.
    """
    plan = Flow(home, engagement).known_plan(month)
    if plan is None:
        return None
    published = home.published(engagement)
    months = published_months(published)
    # A killed publication may have swapped the month's link and not yet named the latest month.
    if months.get(plan.month) != plan.build_id or current_month(published) != max(months):
        return None
    if damaged := damaged_files(published / ".builds" / plan.build_id):
        say(f"  build {plan.build_id} is published anew: {', '.join(damaged)} damaged")
        return None
    if with_report and not is_site_current(home, engagement, plan.month, plan.build_id):
        return None
    return plan
