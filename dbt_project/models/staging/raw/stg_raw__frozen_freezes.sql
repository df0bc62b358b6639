select
    engagement_id,
    frozen_on,
    freeze_hash
from {{ source('raw', 'frozen_freezes') }}
