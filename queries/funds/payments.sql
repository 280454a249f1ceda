-- question: Which funds and rewards were paid to which unit up to a day?
-- grain: one row per payment, latest first
-- scope: rows
with latest as (
    select max(snapshot_date) as snapshot_date
    from unit
    where period = $period
)

select
    stg_fund.paid_on,
    stg_fund.district_code,
    cat_districts.short_name as district_name,
    stg_fund.category,
    stg_fund.amount_yuan,
    coalesce(stg_fund.purpose, '') as purpose,
    coalesce(stg_fund.basis, '') as legal_basis
from stg_fund
inner join latest
    on stg_fund.paid_on <= latest.snapshot_date
inner join cat_districts
    on stg_fund.district_code = cat_districts.district_code
order by stg_fund.paid_on desc, stg_fund.district_code, stg_fund.category
