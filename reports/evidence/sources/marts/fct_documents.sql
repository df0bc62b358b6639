select
    document_id,
    document,
    kind,
    status,
    owner_role,
    mentions_count
from fct_documents
