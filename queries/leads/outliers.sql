-- question: Which section has the largest share of S² of each CV, and how far off is it?
-- grain: one row per unit, stage and indicator with a CV; as reported
-- scope: rows
select
    district_code,
    school_code,
    school_name,
    stage,
    indicator_code,
    section_count,
    contribution,
    section_value,
    district_mean
from largest_share
where period = $period
order by contribution desc, school_code, stage, indicator_code
