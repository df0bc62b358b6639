select
    engagement_id,
    intervention_id,
    saving,
    expected_saving
from {{ source('published', 'fct_impact_effects') }}
