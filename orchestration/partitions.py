"""Partitions: the engagement, and the engagement × month as of which a build looks."""

from dagster import (
    DynamicPartitionsDefinition,
    MonthlyPartitionsDefinition,
    MultiPartitionKey,
    MultiPartitionsDefinition,
)

from orchestration.months import FIRST_MONTH

MONTH_FORMAT = "%Y-%m"

engagements = DynamicPartitionsDefinition(name="engagement")
months = MonthlyPartitionsDefinition(start_date=FIRST_MONTH, fmt=MONTH_FORMAT, end_offset=1)
engagement_months = MultiPartitionsDefinition({"engagement": engagements, "month": months})


def build_key(engagement: str, month: str) -> MultiPartitionKey:
    """The partition of one engagement's build as of one month."""
    return MultiPartitionKey({"engagement": engagement, "month": month})
