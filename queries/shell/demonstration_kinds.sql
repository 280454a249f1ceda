-- question: Rows of which kinds of input are invented?
-- grain: one row per input kind that has at least one such row in force
-- scope: open
select 'school_return' as input_kind
where exists (select 1 from stg_school where is_demonstration)
union all
select 'district_item' as input_kind
where exists (select 1 from stg_district_item where is_demonstration)
union all
select 'plan' as input_kind
where exists (select 1 from stg_plan where is_demonstration)
union all
select 'visit' as input_kind
where exists (select 1 from stg_visit where is_demonstration)
union all
select 'issue' as input_kind
where exists (select 1 from stg_issue where is_demonstration)
union all
select 'fund' as input_kind
where exists (select 1 from stg_fund where is_demonstration)
union all
select 'policy' as input_kind
where exists (select 1 from stg_policy where is_demonstration)
order by input_kind
