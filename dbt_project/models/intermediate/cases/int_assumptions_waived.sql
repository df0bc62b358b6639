-- Assumptions that multiply something that is zero in every case: nobody has to give them.
with zeros as (
    select engagement_id, assumption
    from {{ ref('int_assumptions_settled') }}
    where low = 0 and high = 0
    union all
    select engagement_id, assumption
    from {{ ref('int_team_assumptions_settled') }}
    group by engagement_id, assumption
    having count(base) = count(*) and max(abs(base)) = 0
)

select
    zeros.engagement_id,
    defaults.assumption
from zeros
inner join {{ ref('default_assumptions') }} as defaults
    on zeros.assumption = defaults.needless_when_zero
