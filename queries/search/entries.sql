-- question: What can be searched for by name: districts, schools, indicators and items?
-- grain: one row per thing, under its latest name
-- scope: rows_or_open
with school as (
    select
        school_return.school_code,
        max_by(school_return.school_name, stg_snapshot.snapshot_date) as name,
        max_by(school_return.district_code, stg_snapshot.snapshot_date) as district_code,
        max_by(school_return.period, stg_snapshot.snapshot_date) as period,
        max(stg_snapshot.snapshot_date) as snapshot_date
    from school_return
    inner join stg_snapshot
        on school_return.period = stg_snapshot.period
    group by school_return.school_code
),

entry as (
    select
        'district' as kind,
        cat_districts.district_code as code,
        cat_districts.name,
        cat_district_groups.short_name as place,
        cast(cat_districts.valid_to as varchar) as until,
        '' as period,
        cat_districts.district_code,
        null as school_code
    from cat_districts
    inner join cat_district_groups
        on cat_districts.group_code = cat_district_groups.group_code
    where cat_districts.district_code in (select unit.district_code from unit)
    union all
    select
        'indicator' as kind,
        indicator_code as code,
        indicator_code || ' ' || name as name,
        '' as place,
        null as until,
        '' as period,
        null as district_code,
        null as school_code
    from cat_indicators
    where regime = 'quality_balanced'
    union all
    select
        'item' as kind,
        item_code as code,
        item_code || ' ' || name as name,
        '' as place,
        null as until,
        '' as period,
        null as district_code,
        null as school_code
    from cat_items
    qualify row_number() over (partition by item_code order by valid_from desc) = 1
    union all
    select
        'school' as kind,
        school.school_code as code,
        school.name,
        cat_districts.name as place,
        null as until,
        school.period,
        school.district_code,
        school.school_code
    from school
    inner join cat_districts
        on school.district_code = cat_districts.district_code
)

select
    entry.kind,
    entry.code,
    entry.name,
    entry.place,
    entry.until,
    entry.period,
    entry.district_code,
    entry.school_code,
    coalesce(name_spelling.pinyin, '') as pinyin,
    coalesce(name_spelling.initials, '') as initials
from entry
left join name_spelling
    on entry.name = name_spelling.name
order by entry.kind, entry.code
