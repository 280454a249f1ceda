-- question: Which units can be chosen in a period, under a basis?
-- grain: one row per unit, in group and administrative order
-- scope: rows
select
    unit.district_code,
    cat_districts.name,
    cat_districts.short_name,
    cat_districts.kind,
    cat_districts.group_code,
    cat_district_groups.short_name as group_name
from unit
inner join cat_districts
    on unit.district_code = cat_districts.district_code
inner join cat_district_groups
    on cat_districts.group_code = cat_district_groups.group_code
where unit.period = $period and unit.basis = $basis
order by cat_district_groups.display_order, unit.district_code
