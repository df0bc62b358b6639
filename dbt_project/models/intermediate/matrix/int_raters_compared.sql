-- Krippendorff's alpha with the ordinal difference: how far two scores are apart is counted in
-- ratings that lie between them. Only tasks that at least two people scored can be compared.
with pairable as (
    select
        engagement_id,
        criterion,
        task_id,
        rater,
        score,
        count(*) over (partition by engagement_id, criterion, task_id) as raters_count
    from {{ ref('stg_raw__decision_scores') }}
    where score is not null
    qualify count(*) over (partition by engagement_id, criterion, task_id) > 1
),

values_counted as (
    select
        engagement_id,
        criterion,
        score,
        count(*) as ratings_count
    from pairable
    group by engagement_id, criterion, score
),

differences as (
    select
        lefts.engagement_id,
        lefts.criterion,
        lefts.score,
        rights.score as other_score,
        any_value(lefts.ratings_count * rights.ratings_count) as expected_pairs,
        pow(
            sum(between_values.ratings_count)
            - (any_value(lefts.ratings_count) + any_value(rights.ratings_count)) / 2.0, 2
        ) as difference
    from values_counted as lefts
    inner join values_counted as rights using (engagement_id, criterion)
    inner join values_counted as between_values
        on
            lefts.engagement_id = between_values.engagement_id
            and lefts.criterion = between_values.criterion
            and between_values.score
            between least(lefts.score, rights.score) and greatest(lefts.score, rights.score)
    where lefts.score <> rights.score
    group by lefts.engagement_id, lefts.criterion, lefts.score, rights.score
),

pairs as (
    select
        lefts.engagement_id,
        lefts.criterion,
        {{ exact_sum('differences.difference / (lefts.raters_count - 1)') }} as observed,
        avg(cast(abs(lefts.score - rights.score) as decimal(38, 12))) as mean_abs_difference
    from pairable as lefts
    inner join pairable as rights
        on
            lefts.engagement_id = rights.engagement_id
            and lefts.criterion = rights.criterion
            and lefts.task_id = rights.task_id
            and lefts.rater <> rights.rater
    left join differences
        on
            lefts.engagement_id = differences.engagement_id
            and lefts.criterion = differences.criterion
            and lefts.score = differences.score
            and rights.score = differences.other_score
    group by lefts.engagement_id, lefts.criterion
),

expected as (
    select
        engagement_id,
        criterion,
        {{ exact_sum('expected_pairs * difference') }} as expected
    from differences
    group by engagement_id, criterion
),

counts as (
    select
        engagement_id,
        criterion,
        count(*) as ratings_count,
        -- Distinct: each task has a row per rater, each rater a row per task.
        count(distinct task_id) as items_count,
        count(distinct rater) as raters_count
    from pairable
    group by engagement_id, criterion
)

select
    counts.engagement_id,
    counts.criterion,
    counts.items_count,
    counts.raters_count,
    cast(pairs.mean_abs_difference as double) as mean_abs_difference,
    -- Null where everybody gave the same score to everything: agreement by chance is then certain.
    case
        when counts.items_count >= {{ var('alpha_min_items') }}
            then
                1 - (counts.ratings_count - 1) * coalesce(pairs.observed, 0)
                / nullif(expected.expected, 0)
    end as alpha
from counts
inner join pairs using (engagement_id, criterion)
left join expected using (engagement_id, criterion)
