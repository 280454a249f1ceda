-- relation: section_contribution
-- grain: one row per school return, basis, stage and quality-balanced indicator
-- by period: membership, section_indicator, district_indicator
-- Each section's share of S squared; the shares of a district, stage and indicator add up to 1.
-- Not sorted: a large relation, read by key.
-- source: standard.md 1.3 (contribution)
select
    section_indicator.return_id,
    membership.period,
    membership.basis,
    membership.district_code,
    section_indicator.stage,
    section_indicator.indicator_code,
    cast(section_indicator.pupils as double)
    * (section_indicator.section_value / district_indicator.district_mean - 1)
    * (section_indicator.section_value / district_indicator.district_mean - 1)
    / nullif(district_indicator.squared_deviation, 0) as contribution
from section_indicator
inner join membership
    on section_indicator.return_id = membership.return_id
inner join district_indicator
    on
        membership.period = district_indicator.period
        and membership.basis = district_indicator.basis
        and membership.district_code = district_indicator.district_code
        and section_indicator.stage = district_indicator.stage
        and section_indicator.indicator_code = district_indicator.indicator_code
where
    section_indicator.is_in_scope
    and section_indicator.regime = 'quality_balanced'
    and section_indicator.pupils > 0
    and district_indicator.cv is not null
