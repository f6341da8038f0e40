#include "daemon/model/obligation_key.h"

#include "daemon/model/calendar.h"

namespace omamori {

std::optional<KeyOfClient> key_of_client(std::string_view text) {
  const auto client_end = text.find('/');
  if (client_end == std::string_view::npos || client_end == 0) return {};
  const auto kind_end = text.find('/', client_end + 1);
  if (kind_end == std::string_view::npos) return {};
  const auto kind = obligation_kind(text.substr(client_end + 1, kind_end - client_end - 1));
  if (!kind) return {};
  return KeyOfClient{std::string(text.substr(0, client_end)), *kind};
}

std::string key_of_lapse(const std::string& client, const std::string& check, Day opened) {
  std::string text = client;
  for (const std::string& part :
       {std::string(to_word(ObligationKind::lapse)), check, to_string(opened)}) {
    text += '/';
    text += part;
  }
  return text;
}

std::optional<Day> decision_end_of(std::string_view text) {
  const auto of_client = key_of_client(text);
  if (!of_client) return {};
  const bool of_decision =
      of_client->kind == ObligationKind::renewal || of_client->kind == ObligationKind::expired;
  return of_decision ? parse_day(text.substr(text.rfind('/') + 1)) : std::nullopt;
}

}  // namespace omamori
