with steady_teams as (
    select
        banked.engagement_id,
        banked.team_id,
        terms.hourly_cost,
        {{ saved_project_share(
            '(' ~ exact_sum('banked.bankable_hours') ~ ' / count(*))',
            '(' ~ exact_sum('banked.baseline_hours') ~ ' / count(*))',
            'terms.project_hours_year'
        ) }} as saved_share
    from {{ ref('int_case_hours_banked') }} as banked
    inner join {{ ref('int_cases_valued') }} as cases using (engagement_id, case_id)
    inner join {{ ref('int_team_terms_settled') }} as terms using (engagement_id, team_id)
    where
        banked.case_id = 'base'
        and banked.month_index > cases.horizon_months - 12
    group by banked.engagement_id, banked.team_id, terms.hourly_cost, terms.project_hours_year
),

worked as (
    select
        types.engagement_id,
        types.project_type,
        -- A type that no team is listed for takes no hours; a team without hours saves none.
        coalesce({{ exact_sum('types.annual_volume * hours.hours') }}, 0) as hours_before,
        coalesce({{ exact_sum('types.annual_volume * hours.hours * steady.saved_share') }}, 0)
            as hours_saved,
        coalesce({{ exact_sum('types.annual_volume * hours.hours * teams.hourly_cost') }}, 0)
            as labour_before,
        coalesce({{ exact_sum(
            'types.annual_volume * hours.hours * steady.saved_share * teams.hourly_cost'
        ) }}, 0) as labour_saved
    from {{ ref('stg_raw__project_types') }} as types
    left join {{ ref('stg_raw__project_type_hours') }} as hours
        using (engagement_id, project_type)
    left join {{ ref('stg_raw__teams') }} as teams using (engagement_id, team_id)
    left join steady_teams as steady using (engagement_id, team_id)
    group by types.engagement_id, types.project_type
),

priced as (
    select
        types.engagement_id,
        types.project_type,
        types.project_type_name,
        types.annual_volume,
        types.price,
        types.annual_volume * types.price as revenue,
        types.annual_volume * coalesce(types.external_cost, 0) as external_cost,
        cases.price_concession
    from {{ ref('stg_raw__project_types') }} as types
    inner join {{ ref('int_cases_valued') }} as cases using (engagement_id)
    where
        cases.case_id = 'base'
        -- Without any hours there is no after.
        and exists (
            select 1 from steady_teams where steady_teams.engagement_id = types.engagement_id
        )
)

select
    engagement_id,
    project_type,
    priced.project_type_name,
    priced.annual_volume,
    priced.price,
    worked.hours_before,
    worked.hours_before - worked.hours_saved as hours_after,
    worked.labour_before + priced.external_cost as cost_before,
    worked.labour_before - worked.labour_saved + priced.external_cost as cost_after,
    priced.revenue - worked.labour_before - priced.external_cost as margin_before,
    priced.revenue - priced.price_concession * (priced.revenue - priced.external_cost)
    - (worked.labour_before - worked.labour_saved) - priced.external_cost as margin_after
from priced
inner join worked using (engagement_id, project_type)
order by engagement_id, project_type
