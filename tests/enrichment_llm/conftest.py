"""A model that answers over HTTP, and the settings that lead to it."""

from collections.abc import Iterator

import pytest

from llm_enrichment.settings import ProviderSettings
from tests.enrichment_llm.fake_endpoint import Model, serving


@pytest.fixture
def model() -> Model:
    return Model()


@pytest.fixture
def settings(model: Model) -> Iterator[ProviderSettings]:
    with serving(model) as found:
        yield found
