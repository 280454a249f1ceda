-- question: Was each unit met, and was it in time?
-- grain: one row per unit of the period
-- scope: rows
-- Asked of the publication a meeting saw, too: only columns that every version has published.
select
    district_code,
    verdict,
    progress
from unit_status
where period = $period and basis = $basis
order by district_code
