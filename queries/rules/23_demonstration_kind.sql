-- relation: demonstration_kind
-- grain: one row per input kind that has at least one invented row in force
-- source: standard.md 5 (the mark 演示数据)
select distinct 'school_return' as input_kind
from stg_school
where is_demonstration
union all
select distinct 'district_item' as input_kind
from stg_district_item
where is_demonstration
union all
select distinct 'plan' as input_kind
from stg_plan
where is_demonstration
union all
select distinct 'visit' as input_kind
from stg_visit
where is_demonstration
union all
select distinct 'issue' as input_kind
from stg_issue
where is_demonstration
union all
select distinct 'fund' as input_kind
from stg_fund
where is_demonstration
union all
select distinct 'policy' as input_kind
from stg_policy
where is_demonstration
order by input_kind
