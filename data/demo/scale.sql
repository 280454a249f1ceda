-- Invented school returns of one period; every name says that it is an example.
-- Parameters: $period, $year (a number), $schools, $units.
with school as (
    select
        i,
        '9' || lpad(cast(i % $units as varchar), 5, '0') as district_code,
        cast(hash(i * 31 + 1) % 10000 as double) / 10000 as luck,
        cast(hash(i % $units * 43 + 5) % 10000 as double) / 10000 as unit_luck,
        case
            when i % 20 < 12 then 'primary_school'
            when i % 20 < 17 then 'junior_school'
            when i % 20 < 19 then 'teaching_point'
            else 'nine_year'
        end as school_type
    from range($schools) as numbers (i)
),

sized as (
    select
        *,
        cast(
            case
                when school_type = 'teaching_point' then 30 + hash(i * 7) % 60
                else 120 + hash(i * 7) % 1500
            end * (1 - 0.012 * ($year - 2017)) as integer
        ) as pupils,
        greatest(0.82 + 0.5 * luck, 0.75 + 0.5 * unit_luck) + 0.012 * ($year - 2017) as wealth
    from school
),

staged as (
    select
        *,
        case when school_type <> 'junior_school' then pupils end as primary_pupils,
        case
            when school_type = 'junior_school' then pupils
            when school_type = 'nine_year' then cast(pupils * 0.45 as integer)
        end as junior_pupils,
        case when school_type = 'nine_year' then 1.495 else 1 end * pupils
        * case when school_type = 'junior_school' then 1.3 else 1 end as area_need
    from sized
),

resourced as (
    select
        *,
        wealth * (0.9 + 0.3 * cast(hash(i * 11 + $year) % 1000 as double) / 1000) as teachers,
        wealth * (0.85 + 0.4 * cast(hash(i * 13) % 1000 as double) / 1000) as rooms
    from staged
)

select
    cast(i + 2 as bigint) as source_row,
    $period as period,
    district_code,
    'S' || district_code || '-' || lpad(cast(i // $units as varchar), 4, '0') as school_code,
    '示例学校' || lpad(cast(i as varchar), 6, '0') as school_name,
    school_type,
    '7' as operator_type,
    case when luck < 0.4 then '乡村' when luck < 0.7 then '镇区' else '城区' end as area_type,
    '1990' as founded_year,
    '否' as is_boarding,
    primary_pupils as pupils__primary,
    junior_pupils as pupils__junior,
    ceil(primary_pupils * 0.060) as full_time_teachers__primary,
    ceil(junior_pupils * 0.078) as full_time_teachers__junior,
    ceil(primary_pupils * 0.042 * teachers) as above_required_degree_teachers__primary,
    ceil(junior_pupils * 0.053 * teachers) as above_required_degree_teachers__junior,
    ceil(primary_pupils * 0.010 * teachers) as backbone_teachers__primary,
    ceil(junior_pupils * 0.010 * teachers) as backbone_teachers__junior,
    ceil(primary_pupils * 0.009 * teachers) as pe_arts_teachers__primary,
    ceil(junior_pupils * 0.009 * teachers) as pe_arts_teachers__junior,
    ceil(primary_pupils * 0.030) as intermediate_title_teachers__primary,
    ceil(junior_pupils * 0.040) as intermediate_title_teachers__junior,
    round(area_need * 5.0 * rooms, 2) as teaching_aux_area_m2,
    round(area_need * 0.4 * rooms, 2) as indoor_sports_area_m2,
    round(area_need * 7.6 * rooms, 2) as sports_ground_area_m2,
    round(area_need * 0.2 * rooms, 4) as equipment_value_wan,
    ceil(area_need * 0.023 * rooms) as multimedia_rooms,
    ceil(area_need * 0.12) as computers,
    ceil(area_need * 28) as books,
    '' as not_applicable
from resourced
