with last_forms as (
    select
        engagement_id,
        person_id,
        response_id
    from {{ ref('int_form_responses_as_of') }}
    where coalesce(wave, 'baseline') = 'baseline'
    qualify
        row_number() over (
            partition by engagement_id, person_id
            order by submitted_at desc nulls last, response_id asc
        ) = 1
),

declared as (
    select
        people.engagement_id,
        people.person_id,
        people.team_id,
        people.contract_hours,
        coalesce(matches.task_id, 'unmapped') as task_id,
        {{ exact_sum('form_tasks.weekly_hours') }} as declared_weekly_hours
    from last_forms
    inner join {{ ref('int_people_placed') }} as people
        on
            last_forms.engagement_id = people.engagement_id
            and last_forms.person_id = people.person_id
    inner join {{ ref('stg_raw__form_tasks') }} as form_tasks
        on
            last_forms.engagement_id = form_tasks.engagement_id
            and last_forms.response_id = form_tasks.response_id
    left join {{ ref('stg_enrichment__task_matches') }} as matches
        on
            form_tasks.engagement_id = matches.engagement_id
            and form_tasks.label = matches.label
            and matches.source = 'form'
    where
        form_tasks.weekly_hours > 0
        and matches.task_id is distinct from 'absence'
    group by all
)

select
    engagement_id,
    person_id,
    team_id,
    task_id,
    contract_hours,
    declared_weekly_hours,
    declared_weekly_hours * least(
        1,
        contract_hours
        / {{ exact_sum_over('declared_weekly_hours', 'partition by engagement_id, person_id') }}
    ) as capped_weekly_hours
from declared
