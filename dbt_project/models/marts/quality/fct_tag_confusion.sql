select
    engagement_id,
    provider,
    proposed_nature,
    reviewed_nature,
    count(*) as tasks_count
from {{ ref('int_tags_reviewed') }}
where reviewed_nature is not null and proposed_nature is not null
group by engagement_id, provider, proposed_nature, reviewed_nature
order by engagement_id, provider, proposed_nature, reviewed_nature
