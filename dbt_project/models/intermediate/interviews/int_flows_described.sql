select
    engagement_id,
    {{ flow_key('waiting_published_team_id', 'providing_published_team_id', 'object') }} as flow_id,
    waiting_published_team_id as waiting_team_id,
    providing_published_team_id as providing_team_id,
    min(trim(object)) as object,
    count(*) as mentions_count,
    count(*) filter (where fact_type = 'blockage') as blockages_count,
    count(*) filter (where fact_type = 'collaboration_gap') as gaps_count,
    median(wait_hours) as wait_hours,
    max(severity) as severity,
    {{ joined_texts('cause') }} as cause
from {{ ref('int_facts_attributed') }}
where
    fact_type in ('dependency', 'blockage', 'collaboration_gap')
    and {{ flow_key('waiting_published_team_id', 'providing_published_team_id', 'object') }}
    is not null
group by
    engagement_id,
    waiting_published_team_id,
    providing_published_team_id,
    {{ name_key('object') }}
