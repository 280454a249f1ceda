-- question: When were issues closed, within a period or where a record names them?
-- grain: one row per issue that is closed since a day within the period, or that is named
-- scope: rows
select
    issue_code,
    district_code,
    closed_on
from issue
where
    closed_on between $since::date and $until::date
    or list_contains($codes::varchar[], issue_code)
order by issue_code
