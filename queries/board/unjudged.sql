-- question: Of how many closed issues does nobody know whether they are due for a look-back?
-- grain: one row per unit without a return; closed issues past their days, not drawn
-- scope: rows
select
    district_code,
    count(*)::integer as issue_count
from issue
where
    status = 'closed'
    and coalesce(school_code, '') <> ''
    and list_contains($unreported::varchar[], district_code)
    and closed_on + $after_days::integer <= $today::date
    and lot >= $share
group by district_code
order by district_code
