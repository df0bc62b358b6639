select
    engagement_id,
    document_key as document_id,
    document,
    kind,
    status,
    owner_role,
    mentions_count
from {{ ref('int_documents_described') }}
order by engagement_id, document_key
