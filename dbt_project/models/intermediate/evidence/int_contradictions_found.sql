-- A voice holds a position when most of its statements say so; else it is of two minds (`mixed`).
-- A contradiction takes two voices with different positions.
with counted as (
    select
        engagement_id,
        topic,
        voice,
        position,
        count(*) as statements_count,
        sum(count(*)) over (partition by engagement_id, topic, voice) as voice_statements_count
    from {{ ref('int_statements_positioned') }}
    group by engagement_id, topic, voice, position
),

held as (
    select
        engagement_id,
        topic,
        voice,
        sum(statements_count) as statements_count,
        coalesce(
            max(position) filter (
                where statements_count > {{ var('majority_share') }} * voice_statements_count
            ),
            'mixed'
        ) as position
    from counted
    group by engagement_id, topic, voice
)

select
    engagement_id,
    topic,
    max(position) filter (where voice = 'committee') as committee_says,
    max(position) filter (where voice = 'directors') as directors_say,
    max(position) filter (where voice = 'teams') as teams_say,
    sum(statements_count) as statements_count
from held
group by engagement_id, topic
-- Distinct: two voices of one mind do not contradict each other.
having count(distinct position) filter (where position <> 'mixed') > 1
