"""Which provider an engagement's enrichment asks: its config, with the key from the environment.

Does not belong here: what a provider does (llm_enrichment).
"""

import os

from ingestion.config import load_engagement
from ingestion.errors import InputError
from ingestion.roster import load_roster
from llm_enrichment.settings import Mode, ProviderSettings
from orchestration.paths import Home


def provider_settings(home: Home, engagement: str) -> ProviderSettings:
    """The configured provider, its key from the environment variable that the config names.

    Raises:
        InputError: where that variable is not set.
    """
    folder = home.engagement(engagement)
    config = load_engagement(folder)
    llm = config.settings.llm
    if llm.model is None:
        return ProviderSettings()
    key = os.environ.get(llm.api_key_env) if llm.api_key_env else None
    if llm.api_key_env and not key:
        raise InputError(
            f"{engagement}/engagement.yaml, llm.api_key_env: the environment variable "
            f"{llm.api_key_env} is not set; set it, or remove `llm` to use the offline provider"
        )
    roster = load_roster(folder, config)
    return ProviderSettings(
        base_url=llm.base_url,
        model=llm.model,
        api_key=key,
        budget=llm.budget,
        prices=llm.prices.model_dump(mode="json") if llm.prices else None,
        mode=Mode(llm.mode),
        concurrency=llm.concurrency,
        timeout_s=llm.timeout_s,
        forbidden_terms=tuple(
            term for person in roster for term in (*person.spellings, person.email)
        ),
    )
