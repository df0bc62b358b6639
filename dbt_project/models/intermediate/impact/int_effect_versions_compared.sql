-- Quality guard: versions before validation, per unit, in the treated cells.
with deliverables as (
    select
        cells.engagement_id,
        cells.effect_id,
        work.delivered_on > windows.pre_end_on as is_post,
        work.units,
        work.versions,
        work.versions / work.units as versions_per_unit
    from {{ ref('int_effect_cells_treated') }} as cells
    inner join {{ ref('int_windows_opened') }} as windows
        using (engagement_id, look, started_on)
    inner join {{ ref('int_deliverables_matched') }} as work
        on
            cells.engagement_id = work.engagement_id
            and cells.team_id = work.team_id
            and cells.task_id = work.task_id
            and (
                work.delivered_on between windows.pre_start_on and windows.pre_end_on
                or work.delivered_on between windows.post_start_on and windows.post_end_on
            )
    where cells.look = 'current' and work.units > 0 and work.versions is not null
),

means as (
    select
        engagement_id,
        effect_id,
        is_post,
        count(*) as rows_count,
        {{ exact_sum('versions') }} / {{ exact_sum('units') }} as versions_per_unit,
        {{ exact_sum('versions_per_unit') }} / count(*) as row_mean
    from deliverables
    group by engagement_id, effect_id, is_post
),

-- Squared error of the log of each mean: the squared coefficient of variation over the rows.
spreads as (
    select
        means.engagement_id,
        means.effect_id,
        means.is_post,
        means.versions_per_unit,
        {{ exact_sum('pow(deliverables.versions_per_unit - means.row_mean, 2)') }}
        / nullif(means.rows_count - 1, 0)
        / nullif(pow(means.row_mean, 2), 0)
        / means.rows_count as log_variance
    from means
    inner join deliverables using (engagement_id, effect_id, is_post)
    group by
        means.engagement_id, means.effect_id, means.is_post, means.versions_per_unit,
        means.row_mean, means.rows_count
),

ratios as (
    select
        engagement_id,
        effect_id,
        max(versions_per_unit) filter (where is_post) as post_versions,
        max(versions_per_unit) filter (where not is_post) as pre_versions,
        case
            when post_versions > 0 and pre_versions > 0 then ln(post_versions / pre_versions)
        end as log_ratio,
        {{ var('z_90') }} * sqrt(
            max(log_variance) filter (where is_post) + max(log_variance) filter (where not is_post)
        ) as half_width
    from spreads
    group by engagement_id, effect_id
)

select
    engagement_id,
    effect_id,
    exp(log_ratio) as quality_ratio,
    exp(log_ratio - half_width) as quality_ratio_low,
    exp(log_ratio + half_width) as quality_ratio_high,
    case
        when log_ratio + half_width < ln({{ var('quality_margin') }}) then 'held'
        when log_ratio - half_width > 0 then 'worse'
        else 'unproven'
    end as quality_verdict
from ratios
