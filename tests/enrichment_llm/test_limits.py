"""What no endpoint can do: take longer, cost more or lead elsewhere than it is allowed to."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from llm_enrichment.llm.gate import Gate
from llm_enrichment.llm.spending import BudgetSpent, Spending, Usage
from llm_enrichment.settings import ProviderSettings, ProviderUnavailable
from llm_enrichment.tagging import tag_texts
from tests.enrichment_llm.fake_endpoint import Model

PRICES = {"input": 1.0, "output": 2.0, "on": "2026-11-01"}
TEXTS = ["Saisir les factures", "Trouver une idée de film"]


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_a_redirect_is_followed_to_nobody(
    code: int, model: Model, settings: ProviderSettings, tmp_path: Path
) -> None:
    with HTTPServer() as elsewhere:
        address = {"Location": elsewhere.url_for("/v1/chat/completions")}
        model.faults = [lambda body: Response("", code, address)] * 50
        with pytest.raises(ProviderUnavailable, match=rf"{code}.*llm\.base_url"):
            tag_texts(TEXTS, settings, tmp_path)
        assert not elsewhere.log


@pytest.mark.parametrize(
    "usage",
    [
        None, [1], "many", {}, {"prompt_tokens": -1000, "completion_tokens": -1000},
        {"prompt_tokens": 5, "completion_tokens": None},
        {"prompt_tokens": True, "completion_tokens": 1.5},
    ],
)  # fmt: skip
def test_a_call_that_does_not_say_what_it_used_is_not_free(
    usage: Any, model: Model, settings: ProviderSettings, tmp_path: Path
) -> None:
    unsaid = replace(settings, prices=PRICES, budget=0.05)
    model.usage = usage
    with pytest.raises(BudgetSpent):
        tag_texts([f"Saisir la facture {n}" for n in range(400)], unsaid, tmp_path)
    assert model.asked


def test_the_next_answer_may_be_as_long_as_the_longest_that_came() -> None:
    spending = Spending(ProviderSettings(model="m", prices=PRICES, budget=5.0))
    first, second = spending.reserve(300), spending.reserve(300)
    spending.settle(first, Usage(100, 1_000_000))
    with pytest.raises(BudgetSpent):
        spending.reserve(300)
    spending.settle(second, Usage(100, 10))
    spending.reserve(300)
    assert spending.cost == pytest.approx(2.00022)


def test_a_name_written_as_one_word_does_not_leave() -> None:
    gate = Gate(("Anne B. Granit",))
    assert gate.holds_person("recopier annegranit") and gate.holds_person("GRANITANNE")
    assert not gate.holds_person("recopier le granit gris d'Anne")
