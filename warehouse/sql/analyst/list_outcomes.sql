-- table: analyst.list_outcomes
-- grain: lane, action
-- reads: alerts.flag, alerts.review, pairs.event, known.as_of
-- What followed pairs that were listed, with and without action: each pair once a week it was listed, 28 days later. No proof of what an action did.
-- In lane domestic what counts is serious violence flagged as domestic, which that lane's scores foretell.
with entry as (
    select flag.lane, flag.pair_id, flag.as_of, flag.score
    from alerts.flag
    cross join known.as_of
    where flag.as_of + 28 <= as_of.as_of
    qualify row_number() over (partition by flag.lane, flag.pair_id, date_trunc('week', flag.as_of) order by flag.as_of desc) = 1
),

standing as (
    select review.*
    from alerts.review
    cross join known.as_of
    where review.decision not in ('withdraw', 'nominate') and review.made_at < as_of.as_of + 1
        and review.review_id not in (select withdraws from alerts.review where withdraws is not null)
),

decided as (
    select entry.*, arg_max(standing.decision, standing.made_at) as decision
    from entry
    left join standing on standing.pair_id = entry.pair_id and standing.made_at < entry.as_of + 8 and coalesce(standing.until, entry.as_of) >= entry.as_of
    group by all
)

select
    lane,
    case
        when decision in ('refer', 'managed') then 'referred or managed'
        when decision = 'agree' then 'agreed with'
        when decision in ('dismiss', 'wrong_link') then 'dismissed or wrong link'
        else 'no decision'
    end as action,
    count(*)::integer as entries,
    count(distinct pair_id)::integer as pairs,
    round(sum(score), 6) as expected, -- a sum depends on the order of what is added, and that on threads
    count(*) filter (
        exists (
            select 1 from pairs.event
            where event.pair_id = decided.pair_id and event.is_grave and event.is_domestic = (decided.lane = 'domestic') and event.known_to is null
                and event.occurred_at >= decided.as_of + 1 and event.occurred_at < decided.as_of + 29
        )
    )::integer as followed_by_serious
from decided
group by lane, action
order by lane, action
