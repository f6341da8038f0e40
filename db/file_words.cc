#include "db/file_words.h"

#include <array>
#include <utility>

#include "daemon/model/calendar.h"
#include "daemon/model/digest.h"
#include "daemon/model/obligation.h"
#include "daemon/model/peer.h"
#include "daemon/model/reminder.h"
#include "db/sqlite/database.h"
#include "db/store_values.h"

namespace omamori {
namespace {

template <class E>
using Word = std::pair<E, std::string_view>;

template <class E>
struct Words;

template <>
struct Words<PlanKind> {
  static constexpr Word<PlanKind> list[] = {{PlanKind::standby_short_stay, "standby_short_stay"},
                                            {PlanKind::regular, "regular"},
                                            {PlanKind::self_plan, "self_plan"}};
};

template <>
struct Words<DecisionKind> {
  static constexpr Word<DecisionKind> list[] = {{DecisionKind::renewal, "renewal"},
                                                {DecisionKind::new_decision, "new"},
                                                {DecisionKind::changed, "changed"}};
};

template <>
struct Words<Outcome> {
  static constexpr Word<Outcome> list[] = {
      {Outcome::ok, "ok"}, {Outcome::concern, "concern"}, {Outcome::unreachable, "unreachable"}};
};

template <>
struct Words<Role> {
  static constexpr Word<Role> list[] = {
      {Role::case_manager, "case_manager"}, {Role::supervisor, "supervisor"},
      {Role::core_center, "core_center"},   {Role::operator_, "operator"},
      {Role::provider, "provider"},         {Role::coordinator, "coordinator"}};
};

template <>
struct Words<Channel> {
  static constexpr Word<Channel> list[] = {
      {Channel::email, "email"}, {Channel::webhook, "webhook"}, {Channel::file, "file"}};
};

template <>
struct Words<Language> {
  static constexpr Word<Language> list[] = {{Language::ja, "ja"}, {Language::en, "en"}};
};

template <>
struct Words<ObligationKind> {
  static constexpr Word<ObligationKind> list[] = {
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
      {ObligationKind::end_report, "end_report"}};
};

template <>
struct Words<Basis> {
  static constexpr Word<Basis> list[] = {
      {Basis::standard, "standard"},         {Basis::office, "office"},
      {Basis::certificate, "certificate"},   {Basis::override_, "override"},
      {Basis::safety_check, "safety_check"}, {Basis::initial, "initial"},
      {Basis::explicit_months, "explicit"},  {Basis::self_plan, "self_plan"}};
};

template <>
struct Words<Urgency> {
  static constexpr Word<Urgency> list[] = {{Urgency::digest, "digest"},
                                           {Urgency::own_at_slot, "own_at_slot"},
                                           {Urgency::urgent, "urgent"}};
};

template <>
struct Words<MessageKind> {
  static constexpr Word<MessageKind> list[] = {
      {MessageKind::digest, "digest"},   {MessageKind::urgent, "urgent"},
      {MessageKind::trouble, "trouble"}, {MessageKind::weekly, "weekly"},
      {MessageKind::test, "test"},       {MessageKind::answer, "answer"}};
};

template <>
struct Words<ObligationState> {
  static constexpr Word<ObligationState> list[] = {{ObligationState::live, "live"},
                                                   {ObligationState::met, "met"},
                                                   {ObligationState::withdrawn, "withdrawn"},
                                                   {ObligationState::ended, "ended"}};
};

template <>
struct Words<ItemState> {
  static constexpr Word<ItemState> list[] = {{ItemState::owed, "owed"},
                                             {ItemState::told, "told"},
                                             {ItemState::skipped, "skipped"},
                                             {ItemState::dropped, "dropped"}};
};

template <>
struct Words<MessageState> {
  static constexpr Word<MessageState> list[] = {
      {MessageState::pending, "pending"},       {MessageState::sent, "sent"},
      {MessageState::refused, "refused"},       {MessageState::expired, "expired"},
      {MessageState::superseded, "superseded"}, {MessageState::dropped, "dropped"}};
};

template <>
struct Words<AttemptOutcome> {
  static constexpr Word<AttemptOutcome> list[] = {{AttemptOutcome::begun, "begun"},
                                                  {AttemptOutcome::sent, "sent"},
                                                  {AttemptOutcome::try_again, "try_again"},
                                                  {AttemptOutcome::unknown, "unknown"},
                                                  {AttemptOutcome::refused, "refused"}};
};

template <>
struct Words<Reach> {
  static constexpr Word<Reach> list[] = {
      {Reach::sound, "sound"}, {Reach::down, "down"}, {Reach::disabled, "disabled"}};
};

template <>
struct Words<RecordKind> {
  static constexpr Word<RecordKind> list[] = {{RecordKind::monitoring, "monitoring"},
                                              {RecordKind::check_in, "check_in"},
                                              {RecordKind::contact, "contact"},
                                              {RecordKind::suspension, "suspension"},
                                              {RecordKind::acknowledgement, "acknowledgement"},
                                              {RecordKind::absence, "absence"}};
};

// Calls `each` with every word of a list.
template <class Each>
void for_words(std::string_view text, const Each& each) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) each(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

template <class E>
std::string_view file_word(E value) {
  for (const auto& [known, word] : Words<E>::list) {
    if (known == value) return word;
  }
  throw SqliteError(0, "no word for value " + std::to_string(static_cast<int>(value)));
}

template <class E>
E from_file_word(std::string_view word) {
  for (const auto& [value, known] : Words<E>::list) {
    if (known == word) return value;
  }
  throw BadRow("database: unknown word \"" + std::string(word) + "\"; expected one like \"" +
               std::string(Words<E>::list[0].second) + "\"");
}

#define OMAMORI_FILE_WORDS(E)                \
  template std::string_view file_word<E>(E); \
  template E from_file_word<E>(std::string_view)
OMAMORI_FILE_WORDS(PlanKind);
OMAMORI_FILE_WORDS(DecisionKind);
OMAMORI_FILE_WORDS(Outcome);
OMAMORI_FILE_WORDS(Role);
OMAMORI_FILE_WORDS(Channel);
OMAMORI_FILE_WORDS(Language);
OMAMORI_FILE_WORDS(ObligationKind);
OMAMORI_FILE_WORDS(Basis);
OMAMORI_FILE_WORDS(Urgency);
OMAMORI_FILE_WORDS(MessageKind);
OMAMORI_FILE_WORDS(ObligationState);
OMAMORI_FILE_WORDS(ItemState);
OMAMORI_FILE_WORDS(MessageState);
OMAMORI_FILE_WORDS(AttemptOutcome);
OMAMORI_FILE_WORDS(RecordKind);
OMAMORI_FILE_WORDS(Reach);
#undef OMAMORI_FILE_WORDS

std::string join_months(const std::vector<Month>& months) {
  std::string text;
  for (const Month month : months) {
    if (!text.empty()) text += ' ';
    text += to_string(month);
  }
  return text;
}

std::vector<Month> split_months(std::string_view text) {
  std::vector<Month> months;
  for_words(text, [&](std::string_view word) {
    const auto month = parse_month(word);
    if (!month) throw BadRow("database: no month: \"" + std::string(word) + "\"");
    months.push_back(*month);
  });
  return months;
}

std::string join_channels(const std::vector<Channel>& channels) {
  std::string text;
  for (const Channel channel : channels) {
    if (!text.empty()) text += ' ';
    text += file_word(channel);
  }
  return text;
}

std::vector<Channel> split_channels(std::string_view text) {
  std::vector<Channel> channels;
  for_words(text,
            [&](std::string_view word) { channels.push_back(from_file_word<Channel>(word)); });
  return channels;
}

}  // namespace omamori
