-- table: analyst.drift
-- grain: lane, measure, feature
-- reads: scores.drift
-- Whether pairs and scores still look as they did before the training, and whether the lists issued came true as they said.
select as_of, lane, model_id, measure, feature, figure, "before", "now", low, high, state
from scores.drift
order by lane, measure, feature
