-- Each query must return no row: a row is a reason not to publish. Its first column names the
-- words of `publications.check` in data/text/zh_CN.toml, its second what they are about.
select
    'no_verdict' as problem,
    unit.period || ' ' || unit.district_code as about
from unit
left join district_verdict
    on
        unit.period = district_verdict.period
        and unit.row_basis = district_verdict.basis
        and unit.district_code = district_verdict.district_code
where district_verdict.verdict is null;

select
    'no_unit' as problem,
    stg_school.period || ' ' || stg_school.school_code as about
from stg_school
left join unit
    on
        stg_school.period = unit.period
        and unit.basis = 'as_was'
        and stg_school.district_code = unit.district_code
where unit.district_code is null;

select
    'contributions' as problem,
    period || ' ' || district_code || ' ' || indicator_code as about
from section_contribution
group by period, basis, district_code, stage, indicator_code
having abs(sum(contribution) - 1) > 1e-9;

select
    'items' as problem,
    period || ' ' || district_code as about
from district_verdict
where met_count + failed_count + undecidable_count <> item_count;

select
    'resource_items' as problem,
    district_verdict.period || ' ' || district_verdict.district_code as about
from district_verdict
inner join (
    select
        period,
        basis,
        district_code,
        min(case when is_met then 1 else 0 end) = 1 as all_met
    from district_item
    where dimension = 'resource_allocation'
    group by period, basis, district_code
) as resource_items
    on
        district_verdict.period = resource_items.period
        and district_verdict.basis = resource_items.basis
        and district_verdict.district_code = resource_items.district_code
where
    district_verdict.is_reported
    and coalesce(district_verdict.resource_complies, false) <> resource_items.all_met;

select
    'sections_twice' as problem,
    cast(return_id as varchar) as about
from section
group by return_id, stage
having count(*) > 1
