select
    page,
    text
from dim_notes
