"""Assets of the portfolio: models over all shared publications, and their publication."""

from collections.abc import Iterator, Mapping
from typing import Any

from dagster import (
    AssetCheckResult,
    AssetDep,
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    MaterializeResult,
    ResourceParam,
    asset,
)
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets

from orchestration import portfolio
from orchestration.assets.warehouse import events_of
from orchestration.resources import Jalon
from orchestration.warehouse import PORTFOLIO

PORTFOLIO_KEY = AssetKey(PORTFOLIO)


class _Translator(DagsterDbtTranslator):
    """What the portfolio reads are the marts of all engagements and months."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> AssetKey:
        if dbt_resource_props["resource_type"] == "source":
            return AssetKey(["marts", dbt_resource_props["name"]])
        return super().get_asset_key(dbt_resource_props)

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        return PORTFOLIO


def portfolio_models(manifest: Mapping[str, Any]) -> AssetsDefinition:
    """Every model and data test of the portfolio."""
    translator = _Translator(DagsterDbtTranslatorSettings(enable_asset_checks=True))

    @dbt_assets(
        manifest=manifest,
        name="portfolio_models",
        select=f"tag:{PORTFOLIO}",
        exclude="resource_type:unit_test",
        dagster_dbt_translator=translator,
    )
    def models(
        context: AssetExecutionContext, jalon: ResourceParam[Jalon]
    ) -> Iterator[MaterializeResult[None] | AssetCheckResult]:
        home = jalon.home
        results = portfolio.transform(home, portfolio.plan(home), jalon.progress)
        yield from events_of(results, context, manifest, translator)

    return models


def portfolio_of(marts: list[AssetKey]) -> AssetsDefinition:
    """The portfolio that readers see, whole or not at all."""

    @asset(key=PORTFOLIO_KEY, group_name=PORTFOLIO, deps=[AssetDep(key) for key in marts])
    def published_portfolio(jalon: ResourceParam[Jalon]) -> MaterializeResult[None]:
        home = jalon.home
        published = portfolio.publish(home, portfolio.plan(home), jalon.progress)
        return MaterializeResult(
            metadata={"build": published.folder.name, "is_new": published.is_new}
        )

    return published_portfolio
