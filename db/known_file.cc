#include "db/known_file.h"

#include <charconv>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>

#include "config/replace_file.h"

namespace omamori {
namespace {

constexpr std::string_view kComment =
    "# omamori: which database lies beside this file, and a row its journal had reached. An older\n"
    "# or another one in its place is refused; to use that one all the same, remove this file.\n";
constexpr std::string_view kIdentity = "identity ";
constexpr std::string_view kJournal = "journal ";
constexpr std::string_view kSum = "sum ";

std::string body_of(const KnownDatabase& known) {
  return std::string(kIdentity) + known.identity + "\n" + std::string(kJournal) +
         std::to_string(known.head.seq) + ":" + known.head.hash + "\n";
}

// The rest of the first line that begins so.
std::string line_of(std::string_view text, std::string_view begin) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (line.starts_with(begin)) return std::string(line.substr(begin.size()));
    at = end + 1;
  }
  return "";
}

std::string begin_of(const std::string& identity) {
  return identity.empty() ? "none" : identity.substr(0, 8) + "…";
}

}  // namespace

std::string encode(const KnownDatabase& known) {
  const std::string body = body_of(known);
  return std::string(kComment) + body + std::string(kSum) + text_hash(body) + "\n";
}

std::optional<KnownDatabase> decode_known(std::string_view text) {
  KnownDatabase known;
  known.identity = line_of(text, kIdentity);
  const std::string head = line_of(text, kJournal);
  const auto [colon, error] =
      std::from_chars(head.data(), head.data() + head.size(), known.head.seq);
  if (error != std::errc{} || colon == head.data() + head.size() || *colon != ':') return {};
  known.head.hash = std::string(colon + 1, head.data() + head.size());
  if (line_of(text, kSum) != text_hash(body_of(known))) return {};
  return known;
}

std::string why_another(const KnownDatabase& known, const FoundDatabase& found) {
  if (found.identity != known.identity) {
    return "it is another one (identity " + begin_of(found.identity) + ", that one's is " +
           begin_of(known.identity) + ")";
  }
  const std::string row = std::to_string(known.head.seq);
  if (found.head.seq < known.head.seq) {
    return "it is older: its journal ends with row " + std::to_string(found.head.seq) +
           ", that one's had reached row " + row;
  }
  if (found.hash_there != known.head.hash) {
    return "it went another way: row " + row + " of its journal is not the one written here";
  }
  return "";
}

std::string random_identity() {
  constexpr std::size_t kBytes = 16;
  return hex_of(random_bytes(kBytes));
}

KnownFile::KnownFile(const std::filesystem::path& database) : path_(database) { path_ += ".known"; }

bool KnownFile::exists() const {
  std::error_code unseen;
  return std::filesystem::exists(std::filesystem::symlink_status(path_, unseen));
}

std::variant<KnownDatabase, KnownFile::Nothing> KnownFile::read() const {
  if (!exists()) return Nothing{};
  std::ifstream file(path_, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return Nothing{path_.string() + " cannot be read"};
  if (const auto known = decode_known(text.str())) return *known;
  return Nothing{path_.string() + " is damaged"};
}

std::string KnownFile::write(const KnownDatabase& known) const {
  const auto problem = replace_file(path_, encode(known));
  return problem ? path_.string() + " cannot be written: " + *problem : std::string();
}

}  // namespace omamori
