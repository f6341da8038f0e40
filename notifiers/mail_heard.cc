#include "notifiers/mail_heard.h"

#include <algorithm>
#include <utility>

namespace omamori {
namespace {

std::string in_capitals(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

bool names(std::string_view ways, std::string_view way) {
  return (" " + std::string(ways) + " ").find(" " + std::string(way) + " ") != std::string::npos;
}

bool names_ours(std::string_view ways) { return names(ways, "PLAIN") || names(ways, "LOGIN"); }

}  // namespace

// "AUTH PLAIN LOGIN", without what stands before it. libcurl compares letter by letter with the
// capitals, and does not know the "AUTH=" of old.
void MailHeard::hear_what_it_can(std::string_view line) {
  const std::size_t end = std::min(line.find_first_of(" ="), line.size());
  const std::string_view word = line.substr(0, end);
  const std::string keyword = in_capitals(word);
  if (keyword == "STARTTLS" && word != keyword) small_letters = true;
  if (keyword != "AUTH" || end == line.size()) return;
  const bool understood = word == keyword && line[end] == ' ';
  const std::string_view ways = line.substr(end + 1);
  if (speaks_our_login && !understood) return;  // the same once more, for clients of old
  offers_login = true;
  logins = ways;
  speaks_our_login = understood && names_ours(ways);
  if (!speaks_our_login && names_ours(in_capitals(ways))) small_letters = true;
}

void MailHeard::hear(std::string_view line) {
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
  if (!std::exchange(greeted_, true)) {
    greeted_after =
        std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began_);
  }
  if (line.starts_with("220")) ++greetings;
  if (line.starts_with("235") && offers_login) logged_in = true;
  if (line.starts_with("530")) wants_login = true;
  if (line.starts_with("250 ")) ++hellos;
  if (line.starts_with("250") && line.size() > 4) hear_what_it_can(line.substr(4));
  // Goodbye is said after a refusal, too.
  if (line.starts_with('4') || line.starts_with('5')) {
    refusal = line;
  } else if (!line.starts_with("221")) {
    refusal.clear();
  }
}

}  // namespace omamori
