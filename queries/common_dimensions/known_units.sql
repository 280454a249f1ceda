-- question: Which units existed in any period, under any basis?
-- grain: one row per unit
-- scope: rows
select distinct district_code
from unit
order by district_code
