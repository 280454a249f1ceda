-- question: How many weak schools has each unit, and how many of them were never visited?
-- grain: one row per unit with a weak school
-- scope: rows
select
    district_code,
    cast(count(*) as integer) as weak_count,
    cast(sum(case when visit_count = 0 then 1 else 0 end) as integer) as never_count
from weak_school
where period = $period and basis = $basis
group by district_code
order by district_code
