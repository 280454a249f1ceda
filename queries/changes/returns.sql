-- question: From which batches do the returns of a snapshot come?
-- grain: one row per period, unit as reported, and batch
-- scope: rows
select
    return_batch.period,
    return_batch.district_code,
    return_batch.batch_id,
    stg_batch.imported_at,
    stg_batch.imported_by,
    stg_batch.file_name,
    return_batch.school_count
from return_batch
inner join stg_batch
    on return_batch.batch_id = stg_batch.batch_id
order by return_batch.period, return_batch.district_code, return_batch.batch_id
