#include "daemon/model/obligation.h"

#include <array>
#include <utility>

namespace omamori {
namespace {

using KindWord = std::pair<ObligationKind, std::string_view>;
constexpr std::array<KindWord, 13> kKinds{{
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
  const bool of_nobody = kind == ObligationKind::trouble || kind == ObligationKind::weekly;
  return of_nobody ? kind : std::nullopt;
}

}  // namespace omamori
