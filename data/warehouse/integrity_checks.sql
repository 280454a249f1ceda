-- Each query must return no row: a row is a reason not to publish, its first column the message.
select 'unit without verdict: ' || unit.period || ' ' || unit.district_code
from unit
left join district_verdict
    on
        unit.period = district_verdict.period
        and unit.row_basis = district_verdict.basis
        and unit.district_code = district_verdict.district_code
where district_verdict.verdict is null;

select
    'school return of a unit that does not exist then: ' || stg_school.period || ' '
    || stg_school.school_code
from stg_school
left join unit
    on
        stg_school.period = unit.period
        and unit.basis = 'as_was'
        and stg_school.district_code = unit.district_code
where unit.district_code is null;

select
    'contributions do not add up to 1: ' || period || ' ' || district_code || ' '
    || indicator_code
from section_contribution
group by period, basis, district_code, stage, indicator_code
having abs(sum(contribution) - 1) > 1e-9;

select 'items do not add up: ' || period || ' ' || district_code
from district_verdict
where met_count + failed_count + undecidable_count <> item_count;

select
    'L items and the district rule disagree: ' || district_verdict.period || ' '
    || district_verdict.district_code
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

select 'school sections counted twice: ' || return_id
from section
group by return_id, stage
having count(*) > 1
