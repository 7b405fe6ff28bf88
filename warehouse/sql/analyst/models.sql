-- table: analyst.models
-- grain: lane
-- reads: scores.model
-- The model that makes each lane's scores, by whose decision, and until when its validation lasts.
select lane, model_id, scorer, trained_as_of, promoted_by, promoted_because, valid_until, expired_because
from scores.model
order by lane
