with mapped as (
    select
        engagement_id,
        source || '_mapped_share' as measure,
        {{ exact_sum('mapped_amount') }} / nullif({{ exact_sum('labelled_amount') }}, 0) as value
    from {{ ref('int_source_files_matched') }}
    group by engagement_id, source
),

files as (
    select
        engagement_id,
        sum(rows_in) as rows_in,
        sum(rows_loaded) as rows_loaded,
        sum(rows_quarantined) as rows_quarantined,
        count(*) filter (where status <> 'loadable') as files_kept_out_count
    from {{ ref('stg_raw__source_files') }}
    group by engagement_id
),

teams as (
    select
        engagement_id,
        sum(respondents_count) / nullif({{ exact_sum('headcount') }}, 0) as respondents_share,
        cast(count(*) filter (where is_covered) as double) / count(*) as teams_covered_share
    from {{ ref('int_teams_measured') }}
    group by engagement_id
),

shown as (
    select
        settled.engagement_id,
        {{ exact_sum('case when cells.is_folded or cells.is_withheld then 0
            else settled.calibrated_weekly_hours end') }}
        / nullif({{ exact_sum('settled.calibrated_weekly_hours') }}, 0) as exact_share,
        -- An exact share would give away what is withheld (dim_engagements rounds it too).
        case when bool_or(cells.is_withheld) then round(exact_share, 2) else exact_share end
            as hours_shown_share
    from {{ ref('int_task_hours_settled') }} as settled
    inner join {{ ref('int_cells_published') }} as cells
        using (engagement_id, team_id, task_id)
    group by settled.engagement_id
),

facts as (
    select
        engagement_id,
        count(*) filter (where is_accepted) as facts_count,
        count(*) filter (where not is_accepted) as facts_rejected_count
    from (
        select engagement_id, true as is_accepted from {{ ref('int_facts_as_of') }}
        union all
        select engagement_id, false from {{ ref('stg_enrichment__rejected_facts') }}
    ) as found
    group by engagement_id
)

select engagement_id, measure, value from mapped
union all
select engagement_id, 'rows_in_count', rows_in from files
union all
select engagement_id, 'rows_loaded_share', rows_loaded / nullif(rows_in, 0) from files
union all
select engagement_id, 'rows_quarantined_count', rows_quarantined from files
union all
select engagement_id, 'files_kept_out_count', files_kept_out_count from files
union all
select engagement_id, 'respondents_share', respondents_share from teams
union all
select engagement_id, 'teams_covered_share', teams_covered_share from teams
union all
select engagement_id, 'hours_shown_share', hours_shown_share from shown
union all
select engagement_id, 'facts_count', facts_count from facts
union all
select engagement_id, 'facts_rejected_count', facts_rejected_count from facts
