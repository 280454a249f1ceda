-- relation: return_batch
-- grain: one row per period, unit as reported, and batch
-- From which batches the returns of a unit come: what two publications are compared by first.
-- source: the returns as they were imported
select
    period,
    district_code,
    batch_id,
    cast(count(*) as integer) as school_count
from stg_school
group by period, district_code, batch_id
order by period, district_code, batch_id
