-- question: How do the units of each parent stand in a period, under a basis?
-- grain: one row per parent, in administrative order
-- scope: whole
select
    unit_status.group_code,
    cat_district_groups.short_name as name,
    cat_district_groups.parent_name,
    count(*) as unit_count,
    count(*) filter (where unit_status.verdict = 'met') as met_count,
    count(*) filter (where unit_status.verdict = 'near') as near_count,
    count(*) filter (where unit_status.verdict in ('unmet', 'veto')) as unmet_count,
    count(*) filter (
        where unit_status.verdict = 'undecidable' and unit_status.is_reported
    ) as undecidable_count,
    count(*) filter (where not unit_status.is_reported) as not_reported_count,
    count(*) filter (where unit_status.progress = 'overdue') as overdue_count,
    cast(coalesce(sum(unit_status.school_count), 0) as integer) as school_count,
    cast(coalesce(sum(unit_status.compliant_school_count), 0) as integer)
        as compliant_school_count
from unit_status
inner join cat_district_groups
    on unit_status.group_code = cat_district_groups.group_code
where unit_status.period = $period and unit_status.basis = $basis
group by
    unit_status.group_code, cat_district_groups.short_name, cat_district_groups.parent_name,
    cat_district_groups.display_order
order by cat_district_groups.parent_name, cat_district_groups.display_order
