-- question: Which schools did an inspector visit?
-- grain: one row per visit, latest first; the kind may stand before the inspector's name
-- scope: rows
select
    district_code,
    school_code,
    round_number,
    visited_on,
    finding_count
from unit_visit
where
    period = $period
    and basis = $basis
    and inspector in ($person, $titled_person)
order by visited_on desc, school_code asc
