"""Assets that readers see: the publication of a gated build and the report made from it."""

from dagster import (
    AssetDep,
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    MaterializeResult,
    ResourceParam,
    asset,
)

from orchestration.assets.warehouse import engagement_and_month
from orchestration.partitions import engagement_months
from orchestration.resources import Jalon

PUBLICATION_KEY = AssetKey("publication")
REPORT_KEY = AssetKey("report")


def publication_of(marts: list[AssetKey]) -> AssetsDefinition:
    """The publication; it reads the stored verdict itself and refuses without one."""

    @asset(
        key=PUBLICATION_KEY,
        group_name="reports",
        partitions_def=engagement_months,
        deps=[AssetDep(key) for key in marts],
    )
    def publication(
        context: AssetExecutionContext, jalon: ResourceParam[Jalon]
    ) -> MaterializeResult[None]:
        engagement, month = engagement_and_month(context)
        with jalon.stages(engagement) as flow:
            published = flow.publish(flow.pinned_plan(month))
        return MaterializeResult(
            metadata={"build": published.folder.name, "is_new": published.is_new}
        )

    return publication


@asset(
    key=REPORT_KEY,
    group_name="reports",
    partitions_def=engagement_months,
    deps=[AssetDep(PUBLICATION_KEY)],
)
def report(context: AssetExecutionContext, jalon: ResourceParam[Jalon]) -> MaterializeResult[None]:
    """Build the Evidence site of a published month."""
    engagement, month = engagement_and_month(context)
    with jalon.stages(engagement) as flow:
        flow.render(flow.pinned_plan(month))
    return MaterializeResult(metadata={"engagement": engagement, "month": month})
