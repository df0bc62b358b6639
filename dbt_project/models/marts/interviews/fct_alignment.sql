with members as (
    select
        engagement_id,
        sum(votes_count) as members_count,
        max(votes_count) as leading_votes_count
    from {{ ref('int_priorities_voted') }}
    group by engagement_id
)

select
    engagements.engagement_id,
    priorities.priority,
    coalesce(votes.votes_count, 0) as votes_count,
    coalesce(votes.votes_count, 0) / members.members_count as share,
    coalesce(priorities.priority = engagements.priority, false) as is_agreed_priority,
    members.leading_votes_count / members.members_count as agreement
from {{ ref('stg_raw__engagements') }} as engagements
cross join {{ ref('priorities') }} as priorities
left join members
    on engagements.engagement_id = members.engagement_id
left join {{ ref('int_priorities_voted') }} as votes
    on
        engagements.engagement_id = votes.engagement_id
        and priorities.priority = votes.priority
order by engagements.engagement_id, priorities.position
