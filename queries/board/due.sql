-- question: Which closed issues are due to be looked at again?
-- grain: one row per issue whose days are over, of a weak school or drawn; earliest first
-- scope: rows
select
    issue_code,
    version,
    district_code,
    closed_on + $after_days::integer as due_on,
    case when list_contains($weak::varchar[], school_code) then 'weak' else 'drawn' end as reason
from issue
where
    status = 'closed'
    and not is_paper
    and closed_on + $after_days::integer <= $today::date
    and (coalesce(list_contains($weak::varchar[], school_code), false) or lot < $share)
order by due_on, issue_code
