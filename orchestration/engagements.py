"""Which engagements there are, which of them run by themselves, and which month is theirs."""

from ingestion.config import load_engagement
from ingestion.errors import InputError
from orchestration.flow import Flow
from orchestration.paths import Home


def require_engagement(home: Home, engagement: str) -> None:
    """Refuse a name that has no folder.

    Raises:
        InputError: naming the folder and the engagements that exist.
    """
    if not (home.engagement(engagement) / "engagement.yaml").is_file():
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
