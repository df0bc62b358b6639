select
    engagement_id,
    fact_type,
    document_id,
    turn_index,
    quote,
    reason,
    tagged_by,
    model,
    prompt_version,
    confidence
from {{ source('enrichment', 'rejected_facts') }}
