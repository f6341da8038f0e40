#include "daemon/import/csv/words.h"

#include <algorithm>
#include <array>

#include "daemon/import/csv/text.h"

namespace omamori {
namespace {

// The first entry of a value is the word that is written; the others are read too.
template <typename T>
struct Word {
  T value;
  std::string_view text;
};

constexpr std::array<Word<CsvKind>, kCsvKinds> kKinds{{
    {CsvKind::offices, "offices"},
    {CsvKind::staff, "staff"},
    {CsvKind::clients, "clients"},
    {CsvKind::safety_checks, "safety_checks"},
    {CsvKind::check_ins, "check_ins"},
    {CsvKind::monitorings, "monitorings"},
    {CsvKind::contacts, "contacts"},
    {CsvKind::suspensions, "suspensions"},
    {CsvKind::absences, "absences"},
    {CsvKind::acknowledgements, "acknowledgements"},
}};
constexpr std::array<Word<Role>, 18> kRoles{{
    {Role::case_manager, "case_manager"},
    {Role::supervisor, "supervisor"},
    {Role::core_center, "core_center"},
    {Role::operator_, "operator"},
    {Role::provider, "provider"},
    {Role::coordinator, "coordinator"},
    {Role::case_manager, "相談支援専門員"},
    {Role::supervisor, "管理者"},
    {Role::supervisor, "市担当者"},
    {Role::supervisor, "市担当"},
    {Role::core_center, "基幹相談支援センター"},
    {Role::core_center, "基幹"},
    {Role::operator_, "システム担当"},
    {Role::provider, "実施者"},
    {Role::provider, "事業者"},
    {Role::coordinator, "コーディネーター"},
    {Role::coordinator, "拠点コーディネーター"},
    {Role::coordinator, "地域生活支援拠点コーディネーター"},
}};
constexpr std::array<Word<PlanKind>, 7> kPlanKinds{{
    {PlanKind::standby_short_stay, "standby_short_stay"},
    {PlanKind::regular, "regular"},
    {PlanKind::self_plan, "self_plan"},
    {PlanKind::standby_short_stay, "お守りの短期入所"},
    {PlanKind::standby_short_stay, "お守り"},
    {PlanKind::regular, "通常"},
    {PlanKind::self_plan, "セルフプラン"},
}};
constexpr std::array<Word<DecisionKind>, 8> kDecisionKinds{{
    {DecisionKind::renewal, "renewal"},
    {DecisionKind::new_decision, "new"},
    {DecisionKind::changed, "changed"},
    {DecisionKind::renewal, "更新"},
    {DecisionKind::new_decision, "新規"},
    {DecisionKind::changed, "変更"},
    {DecisionKind::changed, "変更決定"},
    {DecisionKind::changed, "著しい変更"},
}};
constexpr std::array<Word<Outcome>, 12> kOutcomes{{
    {Outcome::ok, "ok"},
    {Outcome::concern, "concern"},
    {Outcome::unreachable, "unreachable"},
    {Outcome::ok, "異常なし"},
    {Outcome::ok, "無事"},
    {Outcome::ok, "○"},
    {Outcome::concern, "異常あり"},
    {Outcome::concern, "気がかり"},
    {Outcome::concern, "心配"},
    {Outcome::unreachable, "不在"},
    {Outcome::unreachable, "確認できず"},
    {Outcome::unreachable, "×"},
}};
// What a script that failed says of the person: never that all is well.
constexpr std::array<Word<Outcome>, 6> kFailMeans{{
    {Outcome::unreachable, "unreachable"},
    {Outcome::concern, "concern"},
    {Outcome::unreachable, "不在"},
    {Outcome::unreachable, "確認できず"},
    {Outcome::concern, "気がかり"},
    {Outcome::concern, "異常あり"},
}};
constexpr std::array<Word<bool>, 8> kYesNo{{
    {true, "yes"},
    {false, "no"},
    {true, "可"},
    {true, "はい"},
    {false, "不可"},
    {false, "いいえ"},
    {true, "○"},
    {false, "×"},
}};
constexpr std::array<Word<Channel>, 5> kChannels{{
    {Channel::email, "email"},
    {Channel::webhook, "webhook"},
    {Channel::file, "file"},
    {Channel::email, "メール"},
    {Channel::file, "ファイル"},
}};
constexpr std::array<Word<Language>, 4> kLanguages{{
    {Language::ja, "ja"},
    {Language::en, "en"},
    {Language::ja, "日本語"},
    {Language::en, "英語"},
}};

template <typename T, std::size_t N>
std::string_view word_of(const std::array<Word<T>, N>& words, T value) {
  const auto* found = std::find_if(words.begin(), words.end(),
                                   [&](const Word<T>& word) { return word.value == value; });
  return found->text;  // every value is in its table
}

// "case_manager (相談支援専門員), supervisor (管理者, 市担当), …"
template <typename T, std::size_t N>
std::string all_words(const std::array<Word<T>, N>& words) {
  std::string out;
  for (const auto& written : words) {
    if (word_of(words, written.value) != written.text) continue;
    std::string others;
    for (const auto& word : words) {
      if (word.value != written.value || word.text == written.text) continue;
      others += (others.empty() ? "" : ", ") + std::string(word.text);
    }
    out += (out.empty() ? "" : ", ") + std::string(written.text);
    if (!others.empty()) out += " (" + others + ")";
  }
  return out;
}

// "相談支援専門員・管理者・…": of each value the first Japanese word, or the one there is.
template <typename T, std::size_t N>
std::string japanese_words(const std::array<Word<T>, N>& words) {
  std::string out;
  for (const auto& written : words) {
    if (word_of(words, written.value) != written.text) continue;
    const auto* japanese = std::find_if(words.begin(), words.end(), [&](const Word<T>& word) {
      return word.value == written.value && word.text != written.text;
    });
    out += (out.empty() ? "" : "・") +
           std::string(japanese == words.end() ? written.text : japanese->text);
  }
  return out;
}

template <typename T, std::size_t N>
std::string words_in(Language language, const std::array<Word<T>, N>& words) {
  return language == Language::ja ? japanese_words(words) : all_words(words);
}

template <typename T, std::size_t N>
Read<T> read_word(const std::array<Word<T>, N>& words, std::string_view text) {
  const auto* found = std::find_if(words.begin(), words.end(),
                                   [&](const Word<T>& word) { return word.text == text; });
  if (found == words.end()) {
    const std::string wanted = match_key(text);
    found = std::find_if(words.begin(), words.end(),
                         [&](const Word<T>& word) { return match_key(word.text) == wanted; });
  }
  if (found == words.end()) return unreadable<T>("is not one of " + all_words(words));
  return {found->value, {}};
}

// The circles and crosses of keyboards and fonts.
std::string_view one_mark(std::string_view text) {
  for (const std::string_view circle : {"◯", "〇", "⭕"}) {
    if (text == circle) return "○";
  }
  for (const std::string_view cross : {"✕", "✖", "☓", "╳"}) {
    if (text == cross) return "×";
  }
  return text;
}

bool is_triangle(std::string_view text) {
  return text == "△" || text == "▲" || text == "▽" || text == "▼";
}

}  // namespace

std::string_view csv_word(CsvKind kind) { return word_of(kKinds, kind); }
std::string_view csv_word(Role role) { return word_of(kRoles, role); }
std::string_view csv_word(PlanKind kind) { return word_of(kPlanKinds, kind); }
std::string_view csv_word(DecisionKind kind) { return word_of(kDecisionKinds, kind); }
std::string_view csv_word(Outcome outcome) { return word_of(kOutcomes, outcome); }
std::string_view csv_word(Channel channel) { return word_of(kChannels, channel); }
std::string_view csv_word(Language language) { return word_of(kLanguages, language); }

std::string_view csv_yes() { return word_of(kYesNo, true); }

std::array<std::string_view, kCsvKinds> csv_kind_words() {
  std::array<std::string_view, kCsvKinds> words;
  std::transform(kKinds.begin(), kKinds.end(), words.begin(),
                 [](const Word<CsvKind>& kind) { return kind.text; });
  return words;
}

std::string csv_kind_list() {
  std::string list;
  for (const auto& kind : kKinds) list += (list.empty() ? "" : ", ") + std::string(kind.text);
  return list;
}

std::optional<CsvKind> csv_kind(std::string_view word) { return read_word(kKinds, word).value; }
std::optional<CsvKind> csv_kind_of_file(std::string_view name) {
  constexpr std::string_view kSuffix = ".csv";
  const std::string text = folded(name);
  if (!text.ends_with(kSuffix)) return {};
  return csv_kind(std::string_view(text).substr(0, text.size() - kSuffix.size()));
}
Read<Role> read_role(std::string_view text) { return read_word(kRoles, text); }
Read<PlanKind> read_plan_kind(std::string_view text) { return read_word(kPlanKinds, text); }
Read<DecisionKind> read_decision_kind(std::string_view text) {
  return read_word(kDecisionKinds, text);
}
Read<Outcome> read_outcome(std::string_view text) {
  if (is_triangle(trim(text))) {
    return unreadable<Outcome>("does not say which; write one of " + all_words(kOutcomes));
  }
  return read_word(kOutcomes, one_mark(trim(text)));
}
Read<Outcome> read_fail_means(std::string_view text) { return read_word(kFailMeans, text); }
Read<bool> read_yes_no(std::string_view text) { return read_word(kYesNo, one_mark(trim(text))); }
Read<Language> read_language(std::string_view text) { return read_word(kLanguages, text); }

std::string role_words(Language language) { return words_in(language, kRoles); }
std::string plan_kind_words(Language language) { return words_in(language, kPlanKinds); }
std::string decision_kind_words(Language language) { return words_in(language, kDecisionKinds); }
std::string outcome_words(Language language) { return words_in(language, kOutcomes); }
std::string fail_means_words(Language language) { return words_in(language, kFailMeans); }
std::string yes_no_words(Language language) { return words_in(language, kYesNo); }
std::string channel_words(Language language) { return words_in(language, kChannels); }
std::string language_words(Language language) { return words_in(language, kLanguages); }

Read<std::vector<Channel>> read_channels(std::string_view text) {
  std::string half = plain(text);
  std::replace_if(
      half.begin(), half.end(), [](char c) { return c == ',' || c == '\n' || c == '\r'; }, ' ');
  for (std::size_t at = 0; (at = half.find("、", at)) != std::string::npos;) {
    half.replace(at, std::string_view("、").size(), " ");
  }
  std::vector<Channel> channels;
  std::string_view rest = trim(half);
  while (!rest.empty()) {
    const auto end = std::min(rest.find(' '), rest.size());
    const auto channel = read_word(kChannels, rest.substr(0, end));
    if (!channel.value) return unreadable<std::vector<Channel>>(channel.error);
    if (std::find(channels.begin(), channels.end(), *channel.value) != channels.end()) {
      return unreadable<std::vector<Channel>>("names the same channel twice");
    }
    channels.push_back(*channel.value);
    rest = trim(rest.substr(end));
  }
  return {std::move(channels), {}};
}

}  // namespace omamori
