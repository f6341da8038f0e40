#include "daemon/recording/undo.h"

#include "daemon/model/calendar.h"

namespace omamori {

std::string undo_nonce(const TokenKey& key, const DoorAct& act) {
  return make_token(key, act.staff, act.token_hash + act.form_hash, "undo " + to_string(act.at), 0);
}

std::string clock_text(Instant at, const Zone& zone) {
  const std::string text = zone.local_text(at);  // "2026-04-01 08:30"
  return text.substr(text.size() - 5);
}

}  // namespace omamori
