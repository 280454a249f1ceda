-- question: Which periods does the snapshot hold?
-- grain: one row per period, oldest first
-- scope: open
select
    stg_snapshot.period,
    stg_snapshot.snapshot_date,
    stg_snapshot.is_annual
from stg_snapshot
order by stg_snapshot.snapshot_date
