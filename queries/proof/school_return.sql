-- question: What did one school submit in one period?
-- grain: one row, none where the school did not report
-- scope: rows
-- Not sorted: one row.
select
    school_return.return_id,
    school_return.district_code,
    school_return.batch_id,
    school_return.source_sheet,
    cast(school_return.source_row as integer) as source_row,
    stg_batch.file_name,
    stg_batch.imported_at,
    stg_batch.imported_by,
    cast(to_json(school_return) as varchar) as record
from school_return
left join stg_batch
    on school_return.batch_id = stg_batch.batch_id
where school_return.school_code = $school and school_return.period = $period
