-- The picture before the programme: of each person the last answer of the baseline wave.
select
    responses.engagement_id,
    responses.response_id,
    responses.person_id,
    people.team_id,
    teams.published_team_id,
    responses.file_hash,
    responses.sheet,
    responses.row_number,
    responses.ai_familiarity,
    frequencies.is_user,
    frequencies.is_regular,
    responses.ai_works,
    responses.ai_missing,
    responses.time_consuming,
    responses.low_value,
    responses.wish
from {{ ref('int_form_responses_as_of') }} as responses
inner join {{ ref('int_people_placed') }} as people
    on
        responses.engagement_id = people.engagement_id
        and responses.person_id = people.person_id
inner join {{ ref('int_teams_published') }} as teams
    on
        people.engagement_id = teams.engagement_id
        and people.team_id = teams.team_id
left join {{ ref('ai_frequencies') }} as frequencies
    on responses.ai_frequency = frequencies.ai_frequency
where coalesce(responses.wave, 'baseline') = 'baseline'
qualify
    row_number() over (
        partition by responses.engagement_id, responses.person_id
        order by responses.submitted_at desc nulls last, responses.response_id asc
    ) = 1
