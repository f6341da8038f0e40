// void: a record was wrong. It stays, with the reason beside it.
#include <algorithm>
#include <array>
#include <utility>

#include "daemon/commands/record_options.h"

namespace omamori {

Response void_command(const Request& request, Service& service) {
  static const std::array<std::pair<std::string_view, RecordKind>, 6> kinds{{
      {"monitoring", RecordKind::monitoring},
      {"check-in", RecordKind::check_in},
      {"contact", RecordKind::contact},
      {"suspension", RecordKind::suspension},
      {"acknowledgement", RecordKind::acknowledgement},
      {"absence", RecordKind::absence},
  }};
  const std::string word = request.text("kind");
  const auto kind =
      std::find_if(kinds.begin(), kinds.end(), [&](const auto& k) { return k.first == word; });
  if (kind == kinds.end()) {
    return refused("void " + word +
                   ": not one of monitoring, check-in, contact, suspension, "
                   "acknowledgement, absence");
  }
  RecordOptions options(request, service);
  const std::string reason =
      options.required_free("reason", "a voided record stays, with the reason beside it");
  if (options.wrong()) return options.answer();
  std::int64_t id = 0;
  try {
    id = std::stoll(request.text("id"));
  } catch (const std::exception&) {
    return refused("void " + word + " " + request.text("id") +
                   ": the id is a number; show and list print it");
  }
  const Recorded recorded =
      service.store().void_record(kind->second, id, reason, service.act(request.actor));
  if (!recorded) return refused(recorded.refused);
  return recorded_answer(request,
                         word + " " + std::to_string(id) + " is void; it stays in the record",
                         {{"voided", word}, {"id", id}});
}

}  // namespace omamori
