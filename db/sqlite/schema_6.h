// Version 6: what came by a link is receipted, and may last until a day.
#pragma once

namespace omamori {

inline constexpr const char* kSchema6 = R"sql(
ALTER TABLE door_act ADD COLUMN client TEXT NOT NULL DEFAULT '';
ALTER TABLE door_act ADD COLUMN made_on TEXT NOT NULL DEFAULT '';  -- the local day of `at`
ALTER TABLE door_act ADD COLUMN until_day TEXT;
-- kinds of the obligations that it ended and of which nobody must be silenced: 'concern lapse'
ALTER TABLE door_act ADD COLUMN ended TEXT NOT NULL DEFAULT '';
CREATE INDEX door_act_record ON door_act (record_kind, record_id);
-- what is a fact about a client and has no record but this: that service has ended
CREATE INDEX door_act_reported ON door_act (client, id) WHERE record_kind = 'end-report';
)sql";

}  // namespace omamori
