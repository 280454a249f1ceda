-- question: Which units has the state recognised until a period, and are they still there?
-- grain: one row per recognised unit, earlier batches first
-- scope: rows
select
    recognition.district_code,
    recognition.short_name,
    recognition.group_code,
    recognition.batch_code,
    recognition.batch_name,
    recognition.document_number,
    recognition.published_on,
    recognition.is_present
from recognition
inner join recognition_batch
    on
        recognition.period = recognition_batch.period
        and recognition.batch_code = recognition_batch.batch_code
where recognition.period = $period and recognition.basis = $basis
order by recognition_batch.known_from, recognition.district_code
