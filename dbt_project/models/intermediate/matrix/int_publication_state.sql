-- Approving a month comes after it has ended, so approvals count whenever they were given.
with approved as (
    select
        engagements.engagement_id,
        count(approvals.subject) > 0 as is_approved
    from {{ ref('stg_raw__engagements') }} as engagements
    inner join {{ ref('stg_build__parameters') }} as parameters
        on engagements.engagement_id = parameters.engagement_id
    left join {{ ref('stg_raw__decision_approvals') }} as approvals
        on
            engagements.engagement_id = approvals.engagement_id
            and approvals.what = 'publication'
            and approvals.subject = strftime(parameters.as_of_month, '%Y-%m')
    group by engagements.engagement_id
),

quick_wins as (
    select
        engagement_id,
        count(*) filter (where is_selected and (owner is null or deadline is null))
            as incomplete_quick_wins_count
    from {{ ref('int_matrix_scored') }}
    group by engagement_id
)

select
    approved.engagement_id,
    approved.is_approved,
    coalesce(quick_wins.incomplete_quick_wins_count, 0) as incomplete_quick_wins_count,
    not approved.is_approved or coalesce(quick_wins.incomplete_quick_wins_count, 0) > 0
        as is_draft,
    case
        when not approved.is_approved then 'not_approved'
        when coalesce(quick_wins.incomplete_quick_wins_count, 0) > 0
            then 'quick_win_without_owner_or_deadline'
    end as draft_reason
from approved
left join quick_wins using (engagement_id)
