#include "daemon/reminder.h"

#include <array>
#include <utility>

namespace omamori {
namespace {

constexpr std::array<std::pair<ObligationKind, std::string_view>, 12> kKinds{{
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
}};

std::string_view word_of(Basis basis) {
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
  for (const auto& [known, word] : kKinds) {
    if (known == kind) return word;
  }
  return "";
}

std::optional<ObligationKind> obligation_kind(std::string_view word) {
  for (const auto& [kind, known] : kKinds) {
    if (known == word) return kind;
  }
  return std::nullopt;
}

std::string to_word(BasisOf basis) {
  return std::string(word_of(basis.basis)) + (basis.refused ? "_refused" : "");
}

std::string_view to_word(MessageKind kind) {
  switch (kind) {
    case MessageKind::digest:
      return "digest";
    case MessageKind::urgent:
      return "urgent";
    case MessageKind::trouble:
      return "trouble";
    case MessageKind::weekly:
      return "weekly";
    case MessageKind::test:
      return "test";
  }
  return "";
}

}  // namespace omamori
