select
    engagement_id,
    provider,
    model,
    prompt_version,
    calls_count,
    cached_count,
    cost
from {{ source('enrichment', 'enrichment_run') }}
