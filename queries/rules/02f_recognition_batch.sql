-- relation: recognition_batch
-- grain: one row per period and batch of state recognitions known on its date
-- How many units a batch has here, and how many of their names are still missing.
-- source: standard.md 4 (recognised by the state), recognition_batches.csv
with named as (
    select
        batch_code,
        cast(count(*) as integer) as named_count
    from cat_recognitions
    group by batch_code
)

select
    stg_snapshot.period,
    cat_recognition_batches.batch_code,
    cat_recognition_batches.name,
    cat_recognition_batches.known_from,
    cat_recognition_batches.unit_count,
    cat_recognition_batches.unit_count - coalesce(named.named_count, 0) as missing_count
from stg_snapshot
inner join cat_recognition_batches
    on stg_snapshot.snapshot_date >= cat_recognition_batches.known_from
left join named
    on cat_recognition_batches.batch_code = named.batch_code
order by stg_snapshot.period, cat_recognition_batches.known_from
