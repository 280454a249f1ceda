-- question: How many issues wait for a step, alike in everything that decides whose it is?
-- grain: one row per such kind of issue (`step_key`) and day by which the step is due
-- scope: rows
select
    step_key,
    status,
    step_due_on,
    min(issue_code) as issue_code,
    count(*)::integer as issue_count
from issue
group by all
order by step_key, step_due_on
