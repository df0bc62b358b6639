-- A file whose rows all lie after the as-of month is none of this publication's business.
select
    files.engagement_id,
    files.source_file,
    files.kind,
    files.tool,
    files.status,
    files.rows_in,
    files.rows_loaded,
    files.rows_quarantined,
    files.rows_declared_non_data,
    coalesce(files.first_reason, files.reason) as first_reason,
    matched.labelled_amount,
    matched.mapped_amount / nullif(matched.labelled_amount, 0) as mapped_share,
    files.turns_count,
    files.first_on,
    files.last_on
from {{ ref('stg_raw__source_files') }} as files
inner join {{ ref('stg_build__parameters') }} as parameters
    on files.engagement_id = parameters.engagement_id
left join {{ ref('int_source_files_matched') }} as matched
    on
        files.engagement_id = matched.engagement_id
        and files.file_hash = matched.file_hash
where files.first_on is null or files.first_on <= parameters.as_of_on
order by files.engagement_id, files.source_file
