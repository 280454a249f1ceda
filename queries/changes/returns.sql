-- question: From which batches do the returns of a snapshot come?
-- grain: one row per period, unit as reported, and batch
-- scope: rows
select
    stg_school.period,
    stg_school.district_code,
    stg_school.batch_id,
    stg_batch.imported_at,
    stg_batch.imported_by,
    stg_batch.file_name,
    count(*) as school_count
from stg_school
inner join stg_batch
    on stg_school.batch_id = stg_batch.batch_id
group by
    stg_school.period,
    stg_school.district_code,
    stg_school.batch_id,
    stg_batch.imported_at,
    stg_batch.imported_by,
    stg_batch.file_name
order by stg_school.period, stg_school.district_code, stg_school.batch_id
