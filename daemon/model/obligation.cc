#include "daemon/model/obligation.h"

#include <array>
#include <charconv>
#include <utility>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

constexpr std::string_view kReceipt = "receipt/";
constexpr std::string_view kReported = "/end_report/";

using KindWord = std::pair<ObligationKind, std::string_view>;
constexpr std::array<KindWord, 15> kKinds{{
    {ObligationKind::monitoring, "monitoring"},
    {ObligationKind::streak, "streak"},
    {ObligationKind::baseline, "baseline"},
    {ObligationKind::lapse, "lapse"},
    {ObligationKind::concern, "concern"},
    {ObligationKind::renewal, "renewal"},
    {ObligationKind::expired, "expired"},
    {ObligationKind::unassigned, "unassigned"},
    {ObligationKind::suspension_standing, "suspension_standing"},
    {ObligationKind::return_, "return"},
    {ObligationKind::check_in, "check_in"},
    {ObligationKind::trouble, "trouble"},
    {ObligationKind::weekly, "weekly"},
    {ObligationKind::receipt, "receipt"},
    {ObligationKind::end_report, "end_report"},
}};

std::string_view to_word(Basis basis) {
  switch (basis) {
    case Basis::standard:
      return "standard";
    case Basis::office:
      return "office";
    case Basis::certificate:
      return "certificate";
    case Basis::override_:
      return "override";
    case Basis::safety_check:
      return "safety_check";
    case Basis::initial:
      return "initial";
    case Basis::explicit_months:
      return "explicit_months";
    case Basis::self_plan:
      return "self_plan";
  }
  return "";
}

}  // namespace

std::string_view to_word(ObligationKind kind) {
  for (const auto& [value, word] : kKinds) {
    if (value == kind) return word;
  }
  return "";
}

std::optional<ObligationKind> obligation_kind(std::string_view word) {
  for (const auto& [value, known] : kKinds) {
    if (known == word) return value;
  }
  return {};
}

std::string to_word(BasisOf basis) {
  std::string word(to_word(basis.basis));
  if (basis.refused) word += "_refused";
  return word;
}

std::optional<ObligationKind> kind_without_client(std::string_view key) {
  const auto kind = obligation_kind(key.substr(0, key.find('/')));
  const bool of_nobody = kind == ObligationKind::trouble || kind == ObligationKind::weekly ||
                         kind == ObligationKind::receipt;
  return of_nobody ? kind : std::nullopt;
}

std::string concern_key(std::string_view client, std::string_view check, Instant at) {
  std::string key(client);
  key.append("/").append(to_word(ObligationKind::concern)).append("/").append(check);
  return key.append("/").append(to_string(at));
}

std::string receipt_key(std::int64_t door_act) {
  return std::string(kReceipt) + std::to_string(door_act);
}

std::optional<std::int64_t> door_act_of(std::string_view key) {
  const std::size_t slash = key.rfind('/');
  if (slash == std::string_view::npos) return {};
  const std::string_view before = key.substr(0, slash + 1);
  if (before != kReceipt && !before.ends_with(kReported)) return {};
  key.remove_prefix(slash + 1);
  std::int64_t id = 0;
  const char* const end = key.data() + key.size();
  const auto read = std::from_chars(key.data(), end, id);
  if (read.ec != std::errc{} || read.ptr != end) return {};
  return id;
}

}  // namespace omamori
