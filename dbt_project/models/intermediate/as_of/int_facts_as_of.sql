select facts.*
from {{ ref('stg_enrichment__facts') }} as facts
inner join {{ ref('int_transcripts_as_of') }} as transcripts
    on
        facts.engagement_id = transcripts.engagement_id
        and facts.document_id = transcripts.document_id
