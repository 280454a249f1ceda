-- relation: district_gap
-- grain: one row per period, basis, district, stage and indicator with a gap
-- What is missing in natural units: the full gap of all evaluated sections, and the binding gap.
-- source: standard.md 6
select
    membership.period,
    membership.basis,
    membership.district_code,
    section_gap.stage,
    section_gap.indicator_code,
    count(*) as section_count,
    sum(case when section_gap.binding_gap > 0 then 1 else 0 end) as binding_section_count,
    cast(sum(cast(section_gap.gap as decimal(24, 6))) as double) as gap,
    cast(sum(cast(section_gap.binding_gap as decimal(24, 6))) as double) as binding_gap
from section_gap
inner join membership
    on section_gap.return_id = membership.return_id
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
