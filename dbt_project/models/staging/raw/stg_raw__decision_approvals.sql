select
    engagement_id,
    what,
    subject,
    approver,
    approved_on
from {{ source('raw', 'decision_approvals') }}
