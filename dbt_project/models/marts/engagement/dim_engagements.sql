with defaults as (
    select
        engagement_id,
        count(*) filter (where set_by = 'default') as default_assumptions_count
    from {{ ref('int_assumptions_settled') }}
    group by engagement_id
),

hours as (
    select
        engagement_id,
        {{ exact_sum('settled.calibrated_weekly_hours') }} as weekly_hours,
        {{ exact_sum(
            "case when settled.task_id <> 'unmapped' then settled.calibrated_weekly_hours end"
        ) }} as mapped_weekly_hours,
        {{ exact_sum(
            'case when not (published.is_folded or published.is_withheld)'
            ~ ' then settled.calibrated_weekly_hours end'
        ) }} as shown_weekly_hours,
        bool_or(published.is_withheld) as has_withheld
    from {{ ref('int_task_hours_settled') }} as settled
    inner join {{ ref('int_cells_published') }} as published
        using (engagement_id, team_id, task_id)
    group by engagement_id
),

people as (
    select
        engagement_id,
        {{ exact_sum('headcount') }} as headcount
    from {{ ref('stg_raw__teams') }}
    group by engagement_id
),

councils as (
    select distinct engagement_id
    from {{ ref('stg_raw__decision_approvals') }}
    where what = 'staff_council'
),

first_year as (
    select
        engagement_id,
        {{ exact_sum('net_hours') }} as net_hours
    from {{ ref('int_funnel_months_stepped') }}
    where month_index <= 12
    group by engagement_id
)

select
    engagements.engagement_id,
    engagements.client,
    engagements.priority,
    engagements.language,
    engagements.timezone,
    engagements.currency,
    engagements.baseline_start,
    engagements.baseline_end,
    engagements.programme_start,
    parameters.as_of_month,
    engagements.weekly_hours,
    terms.working_weeks,
    cast({{ whole_step('terms.horizon_months') }} as integer) as horizon_months,
    engagements.min_group,
    engagements.teams_can_swap,
    engagements.logo,
    engagements.accent,
    cast(defaults.default_assumptions_count as integer) as default_assumptions_count,
    freezes.engagement_id is null as is_provisional,
    freezes.frozen_on,
    freezes.freeze_hash,
    coalesce(state.is_draft, true) as is_draft,
    people.headcount > {{ var('staff_council_above_headcount') }}
    and councils.engagement_id is null as is_staff_council_missing,
    engagements.retain_until,
    -- Exact shares would give withheld hours away.
    case
        when hours.has_withheld then round(hours.mapped_weekly_hours / hours.weekly_hours, 2)
        else hours.mapped_weekly_hours / hours.weekly_hours
    end as hours_mapped_share,
    case
        when hours.has_withheld then round(hours.shown_weekly_hours / hours.weekly_hours, 2)
        else hours.shown_weekly_hours / hours.weekly_hours
    end as hours_shown_share,
    -- To the per mille then: an exact share would give the total away, and with it the cell.
    case
        when hours.has_withheld
            then round(first_year.net_hours / (hours.weekly_hours * terms.working_weeks), 3)
        else first_year.net_hours / (hours.weekly_hours * terms.working_weeks)
    end as year_1_net_hours_share,
    {{ band_value('first_year.net_hours / (hours.weekly_hours * terms.working_weeks)') }}
    > {{ var('published_evidence_share') }} as is_above_published_evidence
from {{ ref('stg_raw__engagements') }} as engagements
inner join {{ ref('stg_build__parameters') }} as parameters
    on engagements.engagement_id = parameters.engagement_id
inner join {{ ref('int_cases_valued') }} as terms
    on
        engagements.engagement_id = terms.engagement_id
        and terms.case_id = 'base'
left join defaults on engagements.engagement_id = defaults.engagement_id
left join {{ ref('int_freezes_as_of') }} as freezes
    on engagements.engagement_id = freezes.engagement_id
left join {{ ref('int_publication_state') }} as state
    on engagements.engagement_id = state.engagement_id
left join hours on engagements.engagement_id = hours.engagement_id
left join people on engagements.engagement_id = people.engagement_id
left join councils on engagements.engagement_id = councils.engagement_id
left join first_year on engagements.engagement_id = first_year.engagement_id
order by engagements.engagement_id
