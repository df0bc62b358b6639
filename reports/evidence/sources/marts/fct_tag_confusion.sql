select
    provider,
    proposed_nature,
    reviewed_nature,
    tasks_count
from fct_tag_confusion
