#include "daemon/reminders/digest_parts.h"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "daemon/reminders/digest_builder.h"
#include "daemon/text/message_text.h"
#include "daemon/text/phrasebook.h"

namespace omamori {
namespace {

using Items = std::vector<StoredItem>;

// What must not be divided: everything about one client, or one trouble or receipt.
const std::string& unit_of(const StoredItem& item) {
  return item.client.empty() ? item.reminder.obligation : item.client;
}

// The items by unit, in the order in which the reader sees the lines.
std::vector<Items> in_order(const Items& items, const Digest& digest) {
  std::map<std::string, Items> by_unit;
  for (const StoredItem& item : items) by_unit[unit_of(item)].push_back(item);
  std::vector<Items> ordered;
  const auto take = [&](const std::string& unit) {
    const auto found = by_unit.find(unit);
    if (found == by_unit.end()) return;
    ordered.push_back(std::move(found->second));
    by_unit.erase(found);
  };
  for (const Line& line : most_pressing_first(digest.lines, today_of(digest))) {
    const bool of_a_client = !line.about.client.empty() && !line.receipt;
    take(of_a_client ? line.about.client : line.about.key);
  }
  for (auto& [unit, left] : by_unit) ordered.push_back(std::move(left));  // folded into no line
  return ordered;
}

Items joined(std::vector<Items>::const_iterator first, std::vector<Items>::const_iterator last) {
  Items all;
  for (; first != last; ++first) all.insert(all.end(), first->begin(), first->end());
  return all;
}

// A client has a line or two.
constexpr std::ptrdiff_t kUnitsAtOnce = 100;

bool fits(const DigestPart& part) {
  return part.digest.lines.size() <= kMostLines && part.words.html.size() <= kMostHtml;
}

bool may_be_divided(MessageKind kind) {
  return kind == MessageKind::digest || kind == MessageKind::trouble;
}

}  // namespace

std::vector<DigestPart> digest_parts(Service& service, const Directory& directory,
                                     const std::vector<StoredItem>& items, MessageKind kind,
                                     const Staff& to, const Templates& templates) {
  const auto without_words = [&](Items of) {
    Digest digest = build_digest(service, directory, of, kind, to);
    return DigestPart{std::move(of), std::move(digest), {}};
  };
  const auto part_of = [&](Items of) {
    DigestPart part = without_words(std::move(of));
    part.words = compose(part.digest, "", templates);
    return part;
  };
  DigestPart whole = without_words(items);
  const bool is_whole = !may_be_divided(kind) || whole.digest.lines.size() <= kMostLines;
  if (is_whole) whole.words = compose(whole.digest, "", templates);
  std::vector<DigestPart> parts;
  if (!may_be_divided(kind) || (is_whole && fits(whole))) {
    parts.push_back(std::move(whole));
    return parts;
  }
  // By lines in one pass, so that each line is looked up once more and no oftener; what is then too
  // large by its bytes is halved.
  std::deque<DigestPart> to_do;
  const std::vector<Items> units = in_order(whole.items, whole.digest);
  for (auto first = units.begin(); first != units.end();) {
    const auto last = first + std::min<std::ptrdiff_t>(units.end() - first, kUnitsAtOnce);
    to_do.push_back(part_of(joined(first, last)));
    first = last;
  }
  while (!to_do.empty()) {
    DigestPart part = std::move(to_do.front());
    to_do.pop_front();
    const auto of_part = fits(part) ? std::vector<Items>() : in_order(part.items, part.digest);
    if (of_part.size() < 2) {
      parts.push_back(std::move(part));
      continue;
    }
    const auto middle = of_part.begin() + static_cast<std::ptrdiff_t>(of_part.size() / 2);
    to_do.push_front(part_of(joined(middle, of_part.end())));
    to_do.push_front(part_of(joined(of_part.begin(), middle)));
  }
  if (parts.size() < 2) return parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts[i].digest.part = static_cast<int>(i + 1);
    parts[i].digest.parts = static_cast<int>(parts.size());
    parts[i].words = compose(parts[i].digest, "", templates);
  }
  return parts;
}

}  // namespace omamori
