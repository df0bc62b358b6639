with scores as (
    select
        engagement_id,
        task_id,
        {% for criterion in ['faster', 'better', 'consistent', 'solution', 'data', 'integration',
            'risk', 'horizon'] -%}
        max(score) filter (where criterion = '{{ criterion }}') as {{ criterion }},
        {% endfor -%}
        bool_or(needs_adjudication) as needs_adjudication,
        bool_or(scored_by = 'consultant') as has_people,
        max(scored_by) filter (where scored_by not in ('consultant', 'computed')) as proposed_by,
        max(scored_by) filter (where scored_by = 'computed') as computed_by
    from {{ ref('int_criteria_scored') }}
    group by engagement_id, task_id
),

immediate as (
    select
        scored.engagement_id,
        scored.task_id,
        bool_and(coalesce(scored.score >= rules.minimum, false)) as is_easy
    from {{ ref('int_criteria_scored') }} as scored
    inner join {{ ref('matrix_immediate_rule') }} as rules
        on scored.criterion = rules.criterion
    group by scored.engagement_id, scored.task_id
)

select
    scores.* exclude (has_people, proposed_by, computed_by),
    placed.impact,
    placed.ease,
    placed.quadrant,
    placed.main_team_id,
    placed.calibrated_weekly_hours,
    placed.bankable_hours_year,
    selected.rank,
    tasks.owner,
    tasks.deadline,
    case
        when scores.has_people and scores.proposed_by is not null then 'mixed'
        when scores.has_people then 'consultant'
        else coalesce(scores.proposed_by, scores.computed_by)
    end as scored_by,
    coalesce(selected.is_selected, false) as is_selected,
    -- Only what is started first can be handed over at once.
    coalesce(selected.is_selected, false)
    and immediate.is_easy
    and coalesce(tasks.training_hours = 0, false) as is_immediate
from scores
inner join {{ ref('int_matrix_placed') }} as placed using (engagement_id, task_id)
inner join {{ ref('int_tasks_decided') }} as tasks using (engagement_id, task_id)
inner join immediate using (engagement_id, task_id)
left join {{ ref('int_quick_wins_selected') }} as selected using (engagement_id, task_id)
