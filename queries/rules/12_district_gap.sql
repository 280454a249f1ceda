-- relation: district_gap
-- grain: one row per period, basis, district, stage and indicator that some section misses
-- What must be supplied in natural units: sums of the amounts of the schools as they are printed.
-- `binding_gap` counts a school's supply once, on the stage that drives it, so it adds up over
-- stages; `stage_gap` is what the sections of one stage alone require of their schools.
-- `spare_section_count` are failing sections short of the threshold to which nothing is owed here:
-- their permitted exempt item.
-- source: standard.md 6
select
    membership.period,
    membership.basis,
    membership.district_code,
    section_gap.stage,
    section_gap.indicator_code,
    count(*) as section_count,
    sum(case when section_gap.required_gap > 0 then 1 else 0 end) as binding_section_count,
    sum(
        case
            when section_gap.required_gap = 0 and section_verdict.complies = false then 1
            else 0
        end
    ) as spare_section_count,
    cast(sum(cast(section_gap.binding_gap as decimal(24, 0))) as double) as binding_gap,
    cast(sum(cast(section_gap.required_gap as decimal(24, 0))) as double) as stage_gap
from section_gap
inner join membership
    on section_gap.return_id = membership.return_id
inner join section_verdict
    on
        section_gap.return_id = section_verdict.return_id
        and section_gap.stage = section_verdict.stage
where section_gap.is_in_scope and membership.district_code is not null
group by
    membership.period,
    membership.basis,
    membership.district_code,
    section_gap.stage,
    section_gap.indicator_code
order by
    membership.period,
    membership.basis,
    membership.district_code,
    section_gap.stage,
    section_gap.indicator_code
