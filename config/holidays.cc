#include "config/holidays.h"

#include <algorithm>
#include <map>

#include "config/text_file.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string_view take_line(std::string_view& text) {
  const std::size_t length = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, length);
  text.remove_prefix(std::min(length + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

class HolidayReader {
 public:
  explicit HolidayReader(const std::string& file) : file_(file) {}

  Parsed<std::vector<Day>> read(std::string_view text) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    const std::string_view header = take_line(text);
    if (header != "date,name") fail(1, "the first line must be: date,name");
    for (int line = 2; !text.empty(); ++line) read_line(line, take_line(text));
    if (errors_.empty() && lines_.empty()) fail(0, "names no holiday");
    if (!errors_.empty()) return {std::nullopt, std::move(errors_)};
    std::vector<Day> days;
    for (const auto& [day, line] : lines_) days.push_back(day);
    return {std::move(days), {}};
  }

 private:
  void read_line(int line, std::string_view content) {
    if (content.empty()) return;
    const std::size_t comma = content.find(',');
    const auto day = parse_day(content.substr(0, comma));
    if (comma == std::string_view::npos || !day) {
      return fail(line, "must be a date and a name, as in 2026-01-01,元日");
    }
    const auto [entry, fresh] = lines_.emplace(*day, line);
    if (!fresh) {
      fail(line, to_string(*day) + " is on line " + std::to_string(entry->second) + " already");
    }
  }

  void fail(int line, std::string message) {
    errors_.push_back({file_, line, line > 0 ? 1 : 0, std::move(message)});
  }

  const std::string& file_;
  std::map<Day, int> lines_;
  std::vector<FileError> errors_;
};

}  // namespace

Parsed<std::vector<Day>> parse_holidays(std::string_view text, const std::string& file_name) {
  return HolidayReader(file_name).read(text);
}

Parsed<std::vector<Day>> load_holidays(const std::filesystem::path& path) {
  const Parsed<std::string> text = read_settings_file(path);
  if (!text.value) return {std::nullopt, text.errors};
  return parse_holidays(*text.value, path.string());
}

}  // namespace omamori
