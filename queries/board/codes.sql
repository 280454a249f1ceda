-- question: Which issues does a tab of the ledger list, a part at a time?
-- grain: one row per issue; overdue ones by days, listed ones by day, others newest first
-- scope: rows
select
    issue_code,
    district_code
from issue
where
    case $tab
        when 'overdue' then is_late
        when 'paper' then is_paper
        when 'rebounded' then is_rebounded
        when 'awaiting' then is_awaiting
        when 'look_back' then is_listed
        when 'accountable' then is_accountable
        when 'open' then is_open
        when 'closed' then is_closed
        else true
    end
order by
    case when $tab in ('overdue', 'accountable') then -late_days end,
    case when $tab = 'look_back' then coalesce(look_due_on, date '9999-12-31') end,
    case when $tab not in ('overdue', 'accountable', 'look_back') then found_on end desc,
    issue_code
limit $most offset $first
