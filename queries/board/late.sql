-- question: Which units have issues overdue for more than some days, and since when?
-- grain: one row per unit with such an issue, with the earliest deadline among them
-- scope: rows
select
    district_code,
    count(*)::integer as issue_count,
    min(due_on) as first_due_on
from issue
where late_days > $line
group by district_code
order by district_code
