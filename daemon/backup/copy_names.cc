#include "daemon/backup/copy_names.h"

#include <algorithm>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

constexpr std::string_view kBegin = "omamori-";
constexpr std::string_view kEnd = ".db";
constexpr std::string_view kStamp = "20260601T180000Z";

}  // namespace

std::string stamp_of(Instant at) {
  std::string stamp = to_string(at);
  std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
  return stamp;
}

std::string copy_name(Instant at) { return std::string(kBegin) + stamp_of(at) + std::string(kEnd); }

std::optional<Instant> instant_of_copy(std::string_view name) {
  if (name.size() != kBegin.size() + kStamp.size() + kEnd.size()) return {};
  if (!name.starts_with(kBegin) || !name.ends_with(kEnd)) return {};
  const std::string stamp(name.substr(kBegin.size(), kStamp.size()));
  const auto at =
      parse_instant(stamp.substr(0, 4) + "-" + stamp.substr(4, 2) + "-" + stamp.substr(6, 5) + ":" +
                    stamp.substr(11, 2) + ":" + stamp.substr(13));
  // Whatever reads in another way is not ours.
  if (!at || copy_name(*at) != name) return {};
  return at;
}

std::vector<KeptCopy> copies_in(const std::filesystem::path& directory) {
  std::vector<KeptCopy> copies;
  if (!std::filesystem::exists(directory)) return copies;
  for (const auto& file : std::filesystem::directory_iterator(directory)) {
    const auto at = instant_of_copy(file.path().filename().string());
    std::error_code gone;
    if (!at || !file.is_regular_file(gone)) continue;
    const std::uintmax_t bytes = file.file_size(gone);
    if (!gone) copies.push_back({file.path(), *at, bytes});
  }
  std::sort(copies.begin(), copies.end(),
            [](const KeptCopy& a, const KeptCopy& b) { return a.at > b.at; });
  return copies;
}

}  // namespace omamori
