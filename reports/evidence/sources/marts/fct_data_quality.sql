select
    source_file,
    kind,
    tool,
    status,
    rows_in,
    rows_loaded,
    rows_quarantined,
    rows_declared_non_data,
    first_reason,
    labelled_amount,
    mapped_share,
    turns_count,
    first_on,
    last_on
from fct_data_quality
