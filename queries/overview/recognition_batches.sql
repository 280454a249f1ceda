-- question: Which batches of recognitions are known in a period, and how many names are missing?
-- grain: one row per batch, earlier ones first
-- scope: open
select
    name,
    unit_count,
    missing_count
from recognition_batch
where period = $period
order by known_from
