-- The freeze that this build uses: the last one made of this month or an earlier one. The day of
-- its approval does not matter: a month is frozen and approved after it has ended.
select
    freezes.engagement_id,
    freezes.frozen_on,
    freezes.freeze_hash
from {{ ref('stg_raw__frozen_freezes') }} as freezes
inner join {{ ref('stg_build__parameters') }} as parameters
    on freezes.engagement_id = parameters.engagement_id
where freezes.frozen_on <= parameters.as_of_on
qualify
    row_number() over (partition by freezes.engagement_id order by freezes.frozen_on desc) = 1
