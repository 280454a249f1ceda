-- relation: latest_cell
-- grain: one row per subject (school or unit), stage and item of the latest period
-- The value that an issue or a warning is about, with its line, verdict and what must be supplied.
-- A school's cell is a section value, judged by the school rule: where nothing must be supplied the
-- value is the permitted exempt item and holds, though it is short of the threshold (`is_spare`).
-- A unit's is a CV (with stage) or an item (without).
-- source: 04_section_indicator, 05c_section_gap, 06_section_verdict, 07_district_indicator,
-- 11_district_item; standard.md 1.1 (school rule)
with latest as (
    select max(snapshot_date) as snapshot_date from unit
    where basis = 'as_was'
),

section_cell as (
    select
        stg_school.school_code as subject_code,
        membership.district_code,
        section_indicator.stage,
        section_indicator.indicator_code as item_code,
        section_indicator.section_value as amount,
        cast(section_indicator.threshold as double) as line,
        case
            when section_indicator.is_met = false and section_gap.required_gap = 0
                then case when section_verdict.complies is not null then true end
            else section_indicator.is_met
        end as is_met,
        section_indicator.is_met = false and section_gap.required_gap = 0 as is_spare,
        section_gap.school_gap as gap,
        stg_school.school_name
    from latest
    inner join section_indicator
        on latest.snapshot_date = section_indicator.snapshot_date
    inner join membership
        on section_indicator.return_id = membership.return_id and membership.basis = 'as_was'
    inner join stg_school
        on section_indicator.return_id = stg_school.return_id
    inner join section_verdict
        on
            section_indicator.return_id = section_verdict.return_id
            and section_indicator.stage = section_verdict.stage
    left join section_gap
        on
            section_indicator.return_id = section_gap.return_id
            and section_indicator.stage = section_gap.stage
            and section_indicator.indicator_code = section_gap.indicator_code
    where section_indicator.regime = 'quality_balanced' and section_indicator.is_in_scope
),

cv_cell as (
    select
        district_indicator.district_code as subject_code,
        district_indicator.district_code,
        district_indicator.stage,
        district_indicator.indicator_code as item_code,
        district_indicator.cv as amount,
        cast(district_indicator.cv_limit as double) as line,
        district_indicator.is_within_limit as is_met,
        false as is_spare,
        cast(null as double) as gap,
        '' as school_name
    from latest
    inner join district_indicator
        on
            latest.snapshot_date = district_indicator.snapshot_date
            and district_indicator.basis = 'as_was'
    where district_indicator.regime = 'quality_balanced'
),

item_cell as (
    select
        unit.district_code as subject_code,
        unit.district_code,
        '' as stage,
        district_item.item_code,
        cast(district_item.amount as double) as amount,
        cast(district_item.threshold as double) as line,
        district_item.is_met,
        false as is_spare,
        cast(null as double) as gap,
        '' as school_name
    from latest
    inner join unit
        on latest.snapshot_date = unit.snapshot_date and unit.basis = 'as_was'
    inner join district_item
        on
            unit.period = district_item.period
            and unit.row_basis = district_item.basis
            and unit.district_code = district_item.district_code
)

select * from section_cell
union all
select * from cv_cell
union all
select * from item_cell
order by subject_code, stage, item_code
