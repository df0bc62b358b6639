"""The many engagements of the reference run only where the marker `slow` is asked for."""

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "slow" in (config.option.markexpr or ""):
        return
    skip = pytest.mark.skip(reason="make reference runs these")
    for item in items:
        if item.get_closest_marker("slow") and "reference" in item.path.parts:
            item.add_marker(skip)
