-- question: How many issues are alike in everything that is counted of them?
-- grain: one row per unit, owner, origin, round, state, verdict, age and news since a day
-- scope: rows
select
    district_code,
    owner,
    origin,
    round,
    status,
    is_met,
    is_closed,
    is_paper,
    is_late,
    age,
    is_accountable,
    found_on > $since::date as is_new,
    coalesce(closed_on > $since::date, false) as is_closed_since,
    is_rebounded and coalesce(reviewed_on, updated_on) > $since::date as is_back_since,
    is_late and due_on >= $since::date as is_late_since,
    is_listed and coalesce(look_due_on < $today::date, false) as is_look_late,
    is_listed and not has_look_assignee as is_look_unnamed,
    is_demonstration,
    count(*)::integer as issue_count
from issue
group by all
order by all
