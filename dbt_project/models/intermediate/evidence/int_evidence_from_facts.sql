-- Each fact speaks for its own subject, for its task, and for the speaker's team where it is shown.
with facts as (
    select
        *,
        case when is_speaker_shown then published_team_id end as shown_team_id,
        case when is_speaker_shown then role end as shown_role
    from {{ ref('int_facts_attributed') }}
),

subjects as (
    select
        *,
        case
            when fact_type in ('dependency', 'blockage', 'collaboration_gap') then 'flow'
            when fact_type = 'workflow_step' then 'workflow'
            when fact_type = 'tool_use' then 'tool'
            when fact_type = 'priority_vote' then 'priority'
            when fact_type = 'champion_signal' then 'champion'
            when fact_type = 'bandwidth_answer' then 'bandwidth'
            else fact_type
        end as subject_type,
        case
            when fact_type in ('dependency', 'blockage', 'collaboration_gap')
                then {{ flow_key('waiting_published_team_id', 'providing_published_team_id',
                    'object') }}
            when fact_type = 'workflow_step' then {{ name_key('workflow') }}
            when fact_type = 'tool_use' then {{ name_key('tool') }}
            when fact_type = 'wish'
                then coalesce(task_id, {{ name_key('coalesce(detail, quote)') }})
            when fact_type = 'document' then {{ name_key('document_name') }}
            when fact_type in ('ai_usage', 'champion_signal') then coalesce(shown_team_id, voice)
            when fact_type = 'baseline_number' then coalesce(task_id, {{ name_key('object') }})
            else coalesce(topic, {{ name_key('detail') }})
        end as subject_id
    from facts
    union all
    select *, 'task' as subject_type, task_id as subject_id from facts
    union all
    select *, 'team' as subject_type, shown_team_id as subject_id from facts
    union all
    select *, 'scenario' as subject_type, topic as subject_id from facts
    where fact_type = 'priority_vote'
)

select
    subjects.engagement_id,
    subjects.subject_type,
    subjects.subject_id,
    subjects.fact_id as origin,
    'interview' as source_kind,
    subjects.phase,
    subjects.shown_team_id as team_id,
    subjects.shown_role as role,
    subjects.fact_type as detail,
    subjects.quote,
    1 as rows_count
from subjects
where subjects.subject_id is not null
