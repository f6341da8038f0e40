// Version 3: what keeps a message the same whatever is configured later, and urgent ones apart.
#pragma once

namespace omamori {

inline constexpr const char* kSchema3 = R"sql(
-- what stands behind the @ of its Message-ID; '' until then: the sender's domain of the first attempt
ALTER TABLE message ADD COLUMN id_domain TEXT NOT NULL DEFAULT '';

-- the part-th of so many messages that carry what one person is owed at one slot
ALTER TABLE message ADD COLUMN part INTEGER NOT NULL DEFAULT 1;
ALTER TABLE message ADD COLUMN parts INTEGER NOT NULL DEFAULT 1;

-- urgent messages have lines of their own; what they are is not looked for among all others
CREATE INDEX message_urgent ON message (channel, in_flight, next_attempt_at, address)
  WHERE state = 'pending' AND kind = 'urgent';
-- how many did not arrive, without looking at the texts of all there ever were
CREATE INDEX message_dead ON message (kind) WHERE state IN ('refused', 'expired');
)sql";

}  // namespace omamori
