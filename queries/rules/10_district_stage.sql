-- relation: district_stage
-- grain: one row per period, basis, district and stage with an evaluated section
-- 资源配置 of one stage: every section complies and every CV is within its limit.
-- source: standard.md 1.1 (district rule)
with school_tally as (
    select
        membership.period,
        membership.basis,
        membership.district_code,
        section_verdict.stage,
        count(*) as section_count,
        sum(section_verdict.pupils) as pupils,
        sum(case when section_verdict.complies then 1 else 0 end) as compliant_count,
        sum(case when section_verdict.complies = false then 1 else 0 end) as failing_count
    from section_verdict
    inner join membership
        on section_verdict.return_id = membership.return_id
    where section_verdict.is_in_scope and membership.district_code is not null
    group by
        membership.period,
        membership.basis,
        membership.district_code,
        section_verdict.stage
),

cv_tally as (
    select
        period,
        basis,
        district_code,
        stage,
        sum(case when is_within_limit = false then 1 else 0 end) as over_limit_count,
        sum(case when is_within_limit is null then 1 else 0 end) as undecidable_cv_count
    from district_indicator
    where regime = 'quality_balanced'
    group by period, basis, district_code, stage
)

select
    school_tally.period,
    school_tally.basis,
    school_tally.district_code,
    school_tally.stage,
    school_tally.section_count,
    school_tally.pupils,
    school_tally.compliant_count,
    school_tally.failing_count,
    school_tally.section_count - school_tally.compliant_count - school_tally.failing_count
        as undecidable_count,
    cv_tally.over_limit_count,
    cv_tally.undecidable_cv_count,
    case
        when school_tally.failing_count > 0 or cv_tally.over_limit_count > 0 then false
        when
            school_tally.compliant_count = school_tally.section_count
            and cv_tally.undecidable_cv_count = 0
            then true
    end as complies
from school_tally
left join cv_tally
    on
        school_tally.period = cv_tally.period
        and school_tally.basis = cv_tally.basis
        and school_tally.district_code = cv_tally.district_code
        and school_tally.stage = cv_tally.stage
order by
    school_tally.period, school_tally.basis, school_tally.district_code, school_tally.stage
