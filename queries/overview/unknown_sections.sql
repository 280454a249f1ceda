-- question: Of how many evaluated sections is a value missing, so that amounts leave them out?
-- grain: one row per unit, stage and indicator (`any`: a section once) with such a section
-- scope: rows
select
    district_code,
    stage,
    indicator_code,
    section_count
from unit_unknown
where period = $period and basis = $basis
order by district_code, stage desc, indicator_code
