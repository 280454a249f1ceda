-- question: Which issues of some kinds wait for a step first?
-- grain: one row per issue; the first by day of: overdue, today, the week, later, no day
-- scope: rows
select
    issue_code,
    district_code
from issue
where step_key in (select unnest($keys::integer[]))
qualify
    row_number() over (
        partition by
            case
                when step_due_on is null then 'open'
                when step_due_on < $today::date then 'overdue'
                when step_due_on = $today::date then 'today'
                when step_due_on <= $week_ends::date then 'week'
                else 'later'
            end
        order by step_due_on, issue_code
    ) <= $most
order by step_due_on nulls last, issue_code
