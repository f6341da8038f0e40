#include "daemon/text/message_text.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "daemon/model/bilingual.h"
#include "daemon/text/phrasebook.h"
#include "daemon/text/phrases_message.h"
#include "daemon/text/weekly_text.h"

namespace omamori {
namespace {

// Dark enough on white for small text (WCAG AA, 4.5:1).
std::string color_of(Tone tone) {
  switch (tone) {
    case Tone::urgent:
      return "#b3261e";
    case Tone::today:
      return "#8a1c5b";
    case Tone::overdue:
      return "#9a4a00";
    case Tone::ahead:
      return "#1f5f99";
    case Tone::information:
      return "#5b646d";
    case Tone::withdrawn:
      return "#2e6b3a";
  }
  return "#23272b";
}

// A file can have hundreds of errors; the first few say enough. Cut at a line's end, and inside a
// line only between two characters of UTF-8.
std::string short_detail(std::string detail) {
  constexpr int kMostLines = 20;
  constexpr std::size_t kMostBytes = 4000;
  const std::size_t whole = detail.find_last_not_of('\n') + 1;
  std::size_t end = 0;
  for (int lines = 0; lines < kMostLines && end < whole; ++lines) {
    end = std::min(whole, detail.find('\n', end + 1));
  }
  if (end > kMostBytes) end = kMostBytes;
  while (end > 0 && end < whole && (static_cast<unsigned char>(detail[end]) & 0xC0U) == 0x80U)
    --end;
  detail.resize(end);
  return end < whole ? detail + "\n…" : detail;
}

// The sentence why the reader hears it in somebody's place, where it holds for every line of
// several: it is said once, before them.
std::string said_of_all(const std::vector<Line>& lines, const Phrasebook& book) {
  if (lines.size() < 2) return "";
  const std::string said = book.standing_in(lines.front());
  const bool of_all = std::all_of(lines.begin(), lines.end(),
                                  [&](const Line& line) { return book.standing_in(line) == said; });
  return of_all ? said : "";
}

TemplateLine template_line(const Line& line, int number, Language language, Day today,
                           const std::string& said_already) {
  Phrases phrases = phrasebook(language).line(line, today);
  std::erase(phrases.notes, said_already);
  return {std::to_string(number),
          line.about.client,
          line.client_name,
          std::move(phrases.headline),
          std::move(phrases.window),
          std::move(phrases.why),
          std::move(phrases.action),
          std::move(phrases.notes),
          short_detail(kept_in(language, line.detail)),
          line.act};
}

std::vector<TemplateGroup> groups_of(const std::vector<Line>& lines, Language language, Day today,
                                     const std::string& said_already) {
  std::vector<TemplateGroup> groups;
  int number = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Tone tone = tone_of(lines[i], today);
    if (i == 0 || tone_of(lines[i - 1], today) != tone) {
      groups.push_back({std::string(group_title(tone, language)), color_of(tone), {}});
    }
    groups.back().lines.push_back(template_line(lines[i], ++number, language, today, said_already));
  }
  return groups;
}

// In text every line of a detail is set in like the first.
std::vector<TemplateGroup> with_details_set_in(std::vector<TemplateGroup> groups) {
  for (TemplateGroup& group : groups) {
    for (TemplateLine& line : group.lines) {
      std::string set_in;
      for (const char c : line.detail)
        set_in += c == '\n' ? std::string("\n   ") : std::string(1, c);
      line.detail = std::move(set_in);
    }
  }
  return groups;
}

// "Tell us if it is done already" makes sense of what people do, not of trouble or a test.
bool is_about_clients(MessageKind kind) {
  return kind != MessageKind::trouble && kind != MessageKind::test && kind != MessageKind::answer;
}

// A section that is false leaves its line behind, empty (kainjow drops only those that are true):
// several empty lines in a row become one.
std::string without_gaps(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_third_line_end = text[i] == '\n' && out.ends_with("\n\n");
    if (!is_third_line_end) out += text[i];
  }
  return out;
}

Message compose_weekly(const Digest& digest, const std::string& id, const Templates& templates) {
  const Day today = today_of(digest);
  const bool english = digest.language == Language::en;
  std::string subject;
  const TemplateData data = weekly_layout(digest, today, subject);
  return {
      id,
      subject,
      without_gaps(render(english ? templates.weekly_text_en : templates.weekly_text_ja, data,
                          Escaping::none)),
      render(english ? templates.weekly_html_en : templates.weekly_html_ja, data, Escaping::html),
      webhook_data(digest),
      "omamori.weekly"};
}

// " (2/3)", so that one sees in the list of mails whether all have come.
std::string part_mark(const Digest& digest) {
  if (digest.parts < 2) return "";
  return " (" + std::to_string(digest.part) + "/" + std::to_string(digest.parts) + ")";
}

}  // namespace

Digest test_digest(const Staff& to, Channel over, Language language, Instant slot, Day slot_day) {
  Digest digest;
  digest.kind = MessageKind::test;
  digest.to = to.code;
  digest.slot = slot;
  digest.slot_day = slot_day;
  digest.language = to.language.value_or(language);
  digest.over = over;
  return digest;
}

Message compose(const Digest& digest, const std::string& id, const Templates& templates) {
  if (digest.weekly) return compose_weekly(digest, id, templates);
  const Phrasebook& book = phrasebook(digest.language);
  const Day today = today_of(digest);
  const std::vector<Line> lines = most_pressing_first(digest.lines, today);
  const std::string of_all = said_of_all(lines, book);
  const TemplateData data{long_date(today, digest.language),
                          lines.empty() ? "" : std::to_string(lines.size()),
                          lateness_of(digest),
                          part_of(digest) + introduction_of(digest) + of_all,
                          is_about_clients(digest.kind) ? digest.contact : "",
                          called(digest.staff_names, digest.to),
                          digest.attendance,
                          groups_of(lines, digest.language, today, of_all),
                          reply_of(digest, lines)};
  TemplateData in_text = data;
  in_text.groups = with_details_set_in(std::move(in_text.groups));
  const bool english = digest.language == Language::en;
  Message message{id,
                  subject_of(digest, lines, today) + part_mark(digest),
                  without_gaps(render(english ? templates.text_en : templates.text_ja, in_text,
                                      Escaping::none)),
                  render(english ? templates.html_en : templates.html_ja, data, Escaping::html),
                  webhook_data(digest),
                  "omamori." + std::string(to_word(digest.kind))};
  message.numbered.reserve(lines.size());
  for (const Line& line : lines) message.numbered.push_back(line.about.key);
  return message;
}

}  // namespace omamori
