#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

#include "daemon/model/calendar.h"
#include "daemon/model/digest.h"
#include "daemon/model/obligation.h"
#include "daemon/text/message_text.h"
#include "daemon/text/phrasebook.h"
#include "daemon/text/phrases_weekly.h"
#include "daemon/text/templates.h"

namespace omamori {
namespace {

// More than check_template() accepts.
constexpr std::size_t kMostRead = 64 * 1024 + 1;
// A morning may have hundreds of lines, and each repeats what the template has around it.
constexpr std::size_t kLargestSample = 16 * 1024;

struct Slot {
  const char* file;
  std::string Templates::*member;
  Language language;
  Escaping escaping;
};
constexpr std::array<Slot, 8> kSlots{{
    {"digest.ja.text.mustache", &Templates::text_ja, Language::ja, Escaping::none},
    {"digest.ja.html.mustache", &Templates::html_ja, Language::ja, Escaping::html},
    {"digest.en.text.mustache", &Templates::text_en, Language::en, Escaping::none},
    {"digest.en.html.mustache", &Templates::html_en, Language::en, Escaping::html},
    {"weekly.ja.text.mustache", &Templates::weekly_text_ja, Language::ja, Escaping::none},
    {"weekly.ja.html.mustache", &Templates::weekly_html_ja, Language::ja, Escaping::html},
    {"weekly.en.text.mustache", &Templates::weekly_text_en, Language::en, Escaping::none},
    {"weekly.en.html.mustache", &Templates::weekly_html_en, Language::en, Escaping::html},
}};

constexpr std::array kKinds{
    ObligationKind::monitoring, ObligationKind::streak,     ObligationKind::baseline,
    ObligationKind::lapse,      ObligationKind::concern,    ObligationKind::renewal,
    ObligationKind::expired,    ObligationKind::unassigned, ObligationKind::suspension_standing,
    ObligationKind::return_,    ObligationKind::check_in};

// One line of each kind, before and after its due-by: whatever sections a template asks, the
// client, the window and the action must come through.
Digest sample(ObligationKind kind, int days_late, Language language) {
  const Day due = std::chrono::local_days{std::chrono::year{2026} / 9 / 30};
  Line line;
  line.about.kind = kind;
  line.about.client = "C-SAMPLE";
  line.about.key = "C-SAMPLE/sample";
  line.about.opened = line.about.window_from = first_day(month_of(due));
  line.about.due_by = due;
  line.about.months = {month_of(due)};
  line.about.check = "S-SAMPLE";
  line.days_late = days_late;
  if (days_late > 0) line.visit_on = due + std::chrono::days{20};
  Digest digest;
  digest.to = "CM-SAMPLE";
  digest.slot_day = due + std::chrono::days{days_late > 0 ? days_late : -7};
  digest.slots_late_days = days_late > 0 ? 0 : 3;
  digest.language = language;
  if (days_late > 0) digest.contact = "0120-000-000";
  digest.lines = {line};
  return digest;
}

bool has(const std::string& rendered, const std::string& phrase) {
  return rendered.find(phrase) != std::string::npos;
}

// A week with one overdue client.
Digest weekly_sample(Language language) {
  const Day monday = std::chrono::local_days{std::chrono::year{2026} / 10 / 5};
  WeeklyReport report;
  report.monday = monday;
  report.offices = {"OF-SAMPLE"};
  report.from = monday;
  RiskItem overdue;
  overdue.kind = ObligationKind::streak;
  overdue.acts.staff = overdue.case_manager = "CM-SAMPLE";
  overdue.client = "C-SAMPLE";
  overdue.months = {month_of(monday)};
  overdue.by = monday - std::chrono::days{5};
  report.figures.risks = {std::move(overdue)};
  report.journal_seq = 1;
  report.journal_hash = "hash-of-the-sample";
  Digest digest;
  digest.kind = MessageKind::weekly;
  digest.to = "SV-SAMPLE";
  digest.slot_day = monday;
  digest.language = language;
  digest.weekly = std::make_shared<WeeklyReport>(std::move(report));
  return digest;
}

std::optional<std::string> missing_in_weekly(const Slot& slot, const Templates& templates) {
  const Digest digest = weekly_sample(slot.language);
  const Message message = compose(digest, "sample", templates);
  const std::string& shown = slot.escaping == Escaping::html ? message.html : message.text;
  const WeeklyWords words = weekly_words(*digest.weekly, digest.slot_day, slot.language);
  if (!has(shown, words.introduction)) return "the introduction does not appear";
  if (!has(shown, "CM-SAMPLE")) return "who must act does not appear: {{title}} of a group";
  for (const WeeklySection& section : words.sections) {
    for (const WeeklySection::Row& row : section.rows) {
      if (!has(shown, row.code)) return "the code of a line does not appear";
      if (!has(shown, row.text)) return "the headline of a line does not appear";
    }
  }
  return std::nullopt;
}

// The first thing a reader would miss, or nothing.
std::optional<std::string> missing_in(const Slot& slot, const Templates& templates) {
  if (std::string_view(slot.file).starts_with("weekly.")) {
    return missing_in_weekly(slot, templates);
  }
  for (const ObligationKind kind : kKinds) {
    for (const int days_late : {0, 5}) {
      const Digest digest = sample(kind, days_late, slot.language);
      const Message message = compose(digest, "sample", templates);
      const std::string& shown = slot.escaping == Escaping::html ? message.html : message.text;
      const Day today = digest.slot_day + std::chrono::days{digest.slots_late_days};
      const Phrases phrases = phrasebook(slot.language).line(digest.lines.front(), today);
      const std::string of_kind = " of a " + std::string(to_word(kind)) + " line";
      if (!has(shown, "C-SAMPLE")) return "the client code" + of_kind + " does not appear";
      if (!has(shown, phrases.window)) return "the window" + of_kind + " does not appear";
      if (!has(shown, phrases.action)) return "the action" + of_kind + " does not appear";
      if (shown.size() > kLargestSample) {
        return "a message of one line would have " + std::to_string(shown.size() / 1024) +
               " KiB; the most is " + std::to_string(kLargestSample / 1024) + " KiB";
      }
    }
  }
  return std::nullopt;
}

// A pipe or a device might never end, and no template needs more than is refused anyway.
std::optional<std::string> read(const std::filesystem::path& path) {
  std::error_code failure;
  if (!std::filesystem::is_regular_file(path, failure)) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::string text(kMostRead, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad()) return std::nullopt;
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

void load_one(const Slot& slot, const std::filesystem::path& path, LoadedTemplates& loaded) {
  const auto text = read(path);
  if (!text) {
    loaded.problems.push_back(path.string() + ":1: cannot be read, or is not a plain file");
    return;
  }
  const auto problems = check_template(*text, slot.escaping);
  for (const auto& problem : problems) loaded.problems.push_back(path.string() + ":" + problem);
  if (!problems.empty()) return;
  Templates candidate = builtin_templates();
  candidate.*slot.member = *text;
  if (const auto missing = missing_in(slot, candidate)) {
    loaded.problems.push_back(path.string() + ":1: " + *missing);
    return;
  }
  loaded.templates.*slot.member = *text;
}

const Slot* slot_of(const std::string& file) {
  const auto* found = std::find_if(kSlots.begin(), kSlots.end(),
                                   [&](const Slot& slot) { return file == slot.file; });
  return found == kSlots.end() ? nullptr : found;
}

}  // namespace

Said place_of_problem(const std::string& problem) {
  for (auto at = problem.find(": "); at != std::string::npos; at = problem.find(": ", at + 1)) {
    const auto digits = problem.find_last_not_of("0123456789", at - 1);
    if (digits == std::string::npos || digits + 1 == at || problem[digits] != ':') continue;
    const std::string place = problem.substr(0, at + 2);
    return {place + "テンプレートとして使えません", place + "cannot be used as a template"};
  }
  return problem;
}

LoadedTemplates load_templates(const std::filesystem::path& directory) {
  LoadedTemplates loaded{builtin_templates(), {}};
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (auto entry = std::filesystem::directory_iterator(directory, error);
       !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    if (entry->path().extension() == ".mustache") files.push_back(entry->path());
  }
  if (error) loaded.problems.push_back(directory.string() + ":1: " + error.message());
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    if (const Slot* slot = slot_of(file.filename().string())) {
      load_one(*slot, file, loaded);
    } else {
      loaded.problems.push_back(file.string() +
                                ":1: no such template; known: digest.ja.text.mustache, "
                                "digest.ja.html.mustache, digest.en.text.mustache, "
                                "digest.en.html.mustache, and the same with weekly");
    }
  }
  if (!loaded.problems.empty()) loaded.templates = builtin_templates();
  return loaded;
}

}  // namespace omamori
