-- The freeze that this build uses: the last one approved up to the as-of month.
select
    freezes.engagement_id,
    freezes.frozen_on,
    freezes.freeze_hash
from {{ ref('stg_raw__frozen_freezes') }} as freezes
inner join {{ ref('stg_build__parameters') }} as parameters
    on freezes.engagement_id = parameters.engagement_id
left join {{ ref('stg_raw__decision_approvals') }} as approvals
    on
        freezes.engagement_id = approvals.engagement_id
        and freezes.freeze_hash = approvals.subject
        and approvals.what = 'baseline_freeze'
where coalesce(approvals.approved_on, freezes.frozen_on) <= parameters.as_of_on
qualify
    row_number() over (
        partition by freezes.engagement_id order by freezes.frozen_on desc, freezes.freeze_hash asc
    ) = 1
