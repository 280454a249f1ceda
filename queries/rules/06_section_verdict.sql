-- relation: section_verdict
-- grain: one row per school return and stage
-- by period: section, section_indicator
-- A section complies when all but the allowed number of indicators reach the threshold and the rest
-- reach the floor (six of seven, 85 %). It fails as soon as that is impossible; otherwise a
-- missing value leaves it undecidable (null).
-- source: 教督〔2017〕6号, standard.md 1.1 (school rule)
with tally as (
    select
        return_id,
        stage,
        cast(sum(case when is_met then 1 else 0 end) as integer) as met_count,
        cast(sum(case when is_met = false then 1 else 0 end) as integer) as missed_count,
        cast(sum(case when is_floor_met = false then 1 else 0 end) as integer)
            as below_floor_count,
        cast(sum(case when is_met is null then 1 else 0 end) as integer) as undecidable_count
    from section_indicator
    where floor_share is not null
    group by return_id, stage
)

select
    section.return_id,
    section.snapshot_date,
    section.stage,
    section.pupils,
    section.is_in_scope,
    section.reason_code,
    tally.met_count,
    tally.missed_count,
    tally.below_floor_count,
    tally.undecidable_count,
    case
        when not section.is_in_scope or tally.met_count is null then null
        when
            tally.missed_count > cat_school_rules.allowed_shortfalls
            or tally.below_floor_count > 0
            then false
        when tally.undecidable_count = 0 then true
    end as complies
from section
left join tally
    on
        section.return_id = tally.return_id
        and section.stage = tally.stage
left join cat_school_rules
    on
        section.snapshot_date >= cat_school_rules.valid_from
        and section.snapshot_date <= coalesce(cat_school_rules.valid_to, date '9999-12-31')
        and cat_school_rules.regime = 'quality_balanced'
order by section.return_id, section.stage
