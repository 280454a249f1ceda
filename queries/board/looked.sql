-- question: Which issues belong to the look-backs: listed, or one of those that a record names?
-- grain: one row per issue
-- scope: rows
select
    issue_code,
    district_code
from issue
where is_listed or list_contains($codes::varchar[], issue_code)
order by issue_code
