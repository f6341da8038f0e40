// What one person is owed at one slot, in as few messages as their mail program shows whole.
//
// A web mailer hides what is beyond 102 kB of HTML, mail servers refuse megabytes, and nobody reads
// a thousand lines in one piece. So a digest has at most 200 lines and 90 kB of HTML; what is more
// goes into further messages of the same slot, most urgent first, "(2/3)" in their subjects
// (RULES.md section 4, "Digest"). Reads the store; writes nothing.
#pragma once

#include <vector>

#include "daemon/model/digest.h"
#include "daemon/model/message.h"
#include "daemon/reminders/context.h"
#include "daemon/rules/recipients.h"
#include "daemon/text/templates.h"

namespace omamori {

inline constexpr std::size_t kMostLines = 200;
inline constexpr std::size_t kMostHtml = 90'000;  // bytes

struct DigestPart {
  std::vector<StoredItem> items;
  Digest digest;
  Message words;  // without an id
};

// `items` are of one person and one kind. Urgent and weekly messages are never divided. What is
// said of one client in a digest stays together.
std::vector<DigestPart> digest_parts(Service& service, const Directory& directory,
                                     const std::vector<StoredItem>& items, MessageKind kind,
                                     const Staff& to, const Templates& templates);

}  // namespace omamori
