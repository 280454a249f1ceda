-- question: Which periods does the snapshot hold?
-- grain: one row per period, oldest first
-- scope: open
select
    stg_snapshot.period,
    stg_snapshot.snapshot_date,
    month(stg_snapshot.snapshot_date) >= 9 as is_annual
from stg_snapshot
order by stg_snapshot.snapshot_date
