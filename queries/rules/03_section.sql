-- relation: section
-- grain: one row per school return and stage
-- by period: stg_school, stg_school_amount
-- The sections (学段部) of each school, whether they are evaluated, and why not.
-- A single-stage school without pupils keeps its section: it cannot be judged, and that is shown.
-- source: standard.md 1.1 (in scope, out of scope), 1.2 (weights)
with stage_of_school as (
    select
        stg_school.return_id,
        stg_school.snapshot_date,
        stg_school.school_type,
        stage_in_force.stage,
        stage_in_force.weight as stage_weight,
        case stage_in_force.stage
            when 'primary' then cat_school_types.primary_section
            when 'junior' then cat_school_types.junior_section
            else cat_school_types.senior_section
        end as presence
    from stg_school
    inner join cat_school_types
        on stg_school.school_type = cat_school_types.school_type
    inner join stage_in_force
        on stg_school.period = stage_in_force.period
),

pupils_of_stage as (
    select
        return_id,
        stage,
        cast(amount as decimal(7, 0)) as pupils
    from stg_school_amount
    where field_code = 'pupils'
),

present_stage as (
    select
        stage_of_school.*,
        coalesce(pupils_of_stage.pupils, 0) as pupils
    from stage_of_school
    left join pupils_of_stage
        on
            stage_of_school.return_id = pupils_of_stage.return_id
            and stage_of_school.stage = pupils_of_stage.stage
    where
        stage_of_school.presence = 'always'
        or (stage_of_school.presence = 'with_pupils' and pupils_of_stage.pupils > 0)
),

school_total as (
    select
        return_id,
        cast(sum(stage_weight * pupils) as decimal(13, 2)) as weighted_pupils,
        sum(case when stage = 'senior' then 0 else pupils end) as compulsory_pupils
    from present_stage
    group by return_id
)

select
    present_stage.return_id,
    present_stage.snapshot_date,
    present_stage.stage,
    present_stage.school_type,
    present_stage.pupils,
    present_stage.stage_weight,
    school_total.weighted_pupils,
    school_total.compulsory_pupils,
    cat_scope_rules.minimum_pupils as scope_minimum_pupils,
    not(
        cat_scope_rules.school_type is not null
        and (
            cat_scope_rules.minimum_pupils is null
            or school_total.compulsory_pupils < cat_scope_rules.minimum_pupils
        )
    ) as is_in_scope,
    case
        when
            cat_scope_rules.minimum_pupils is null
            or school_total.compulsory_pupils < cat_scope_rules.minimum_pupils
            then cat_scope_rules.reason_code
    end as reason_code
from present_stage
inner join school_total
    on present_stage.return_id = school_total.return_id
left join cat_scope_rules
    on
        present_stage.school_type = cat_scope_rules.school_type
        and present_stage.snapshot_date >= cat_scope_rules.valid_from
        and present_stage.snapshot_date <= coalesce(cat_scope_rules.valid_to, date '9999-12-31')
where present_stage.stage <> 'senior'
order by present_stage.return_id, present_stage.stage
