// Days, months, intervals and the other texts of a certificate, and the list of holidays: what is
// read is read alike however it is written, and what is not is told why without being repeated.
#include <cstdint>
#include <string>
#include <string_view>

#include "config/holidays.h"
#include "daemon/import/csv/cells.h"
#include "daemon/import/csv/date_text.h"
#include "daemon/import/csv/printed_interval.h"
#include "daemon/import/csv/text.h"
#include "daemon/import/csv/writer.h"
#include "daemon/model/calendar.h"
#include "daemon/model/utf8.h"
#include "tests/fuzz/promise.h"

namespace omamori {
namespace {

constexpr std::size_t kMostSaid = 300;
constexpr Day kFirst{std::chrono::year{1868} / 1 / 1};
constexpr Day kLast{std::chrono::year{2299} / 12 / 31};

const Zone& zone() {
  static const Zone tokyo("Asia/Tokyo");
  return tokyo;
}

template <class T>
void check_read(const Read<T>& read) {
  promise(read.value.has_value() == read.error.empty(), "a text is read or it is not");
  promise(read.value || read.warning.empty(), "what is refused is not warned of besides");
  if (!read.value) promise_of_message(read.error, kMostSaid);
  if (!read.warning.empty()) promise_of_message(read.warning, kMostSaid);
}

// Digits and signs as a Japanese keyboard has them.
std::string in_full_width(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c > ' ' && c <= '~') {
      const unsigned code = 0xFF01U + static_cast<unsigned>(c - '!');
      out += {static_cast<char>(0xEFU), static_cast<char>(0x80U | (code >> 6U & 0x3FU)),
              static_cast<char>(0x80U | (code & 0x3FU))};
    } else {
      out += c;
    }
  }
  return out;
}

// However wide, and with blanks around it.
template <class Reader>
void check_spellings(std::string_view text, Reader read) {
  const auto value = read(text).value;
  promise(read("\xE3\x80\x80" + std::string(text) + " ").value == value, "blanks change nothing");
  if (is_utf8(text)) promise(read(in_full_width(text)).value == value, "width changes nothing");
}

void check_days(std::string_view text) {
  const auto day = read_day(text);
  check_read(day);
  check_spellings(text, read_day);
  const auto iso = parse_day(text);
  if (iso && *iso >= kFirst && *iso <= kLast) promise(day.value == iso, "ISO is read as it is");
  if (!day.value) return;
  promise(*day.value >= kFirst && *day.value <= kLast, "a day is none of a slip");
  promise(parse_day(to_string(*day.value)) == day.value, "a day is written as it is read");
}

void check_instants(std::string_view text) {
  const auto instant = read_instant(text, zone());
  check_read(instant);
  if (!instant.value) return;
  const Instant at = instant.value->at;
  const Day day = zone().day_of(at);
  promise(day >= kFirst - std::chrono::days{1} && day <= kLast + std::chrono::days{1},
          "an instant is none of a slip");
  const auto again = read_instant(offset_text(at, zone()), zone());
  promise(again.value && again.value->at == at, "an instant is written as it is read");
  promise(parse_instant(to_string(at)) == at, "an instant is stored as it is read");
  if (!instant.value->day_only) return;
  const auto alone = read_instant(to_string(day), zone());
  promise(alone.value && alone.value->at == at, "a day alone is its noon");
}

void check_months(std::string_view text) {
  const auto month = read_month(text);
  check_read(month);
  check_spellings(text, read_month);
  if (month.value) {
    promise(parse_month(to_string(*month.value)) == month.value, "a month is written as read");
  }
  const auto months = read_months(text);
  check_read(months);
  if (!months.value) return;
  std::string written;
  for (const Month one : *months.value) written += to_string(one) + " ";
  promise(read_months(written).value == months.value, "months are written as they are read");
}

void check_intervals(std::string_view text) {
  const auto interval = read_interval(text);
  check_read(interval);
  if (interval.value) promise(*interval.value >= 1 && *interval.value <= 12, "1 to 12 months");
  const auto printed = read_printed_interval(text);
  check_read(printed);
  if (!printed.value) return;
  promise(printed.value->months >= 1 && printed.value->months <= 12, "a certificate has 1 to 12");
  std::string written = std::to_string(printed.value->months) + "月ごと";
  if (const auto& range = printed.value->range) {
    promise(range->first <= range->last, "a range ends after it begins");
    written += "(" + to_string(range->first) + "～" + to_string(range->last) + ")";
  }
  promise(read_printed_interval(written).value == printed.value, "a certificate prints it so");
}

// What is read of a cell is read of it again.
template <class Reader>
void check_cell(std::string_view text, Reader read) {
  const Read<std::string> value = read(trim(text));
  check_read(value);
  if (!value.value) return;
  promise(read(*value.value).value == value.value, "a cell that was read is read alike");
}

void check_cells(std::string_view text) {
  if (!is_utf8(text) || !text_problem(text).empty()) return;  // refused before, as a whole
  for (auto* read : {read_code, read_text, read_provider, read_obligation, read_certificate,
                     read_short_text, read_email, read_phone}) {
    check_cell(text, read);
  }
  const auto days = read_days(text, 0);
  check_read(days);
  if (days.value) promise(*days.value >= 0 && *days.value <= 3660, "days within ten years");
}

void check_holidays(std::string_view text) {
  const auto read = parse_holidays(text, "jp-holidays.csv");
  promise(read.value.has_value() == read.errors.empty(), "holidays are read or they are not");
  for (const FileError& error : read.errors) {
    promise_of_message(error.message, kMostSaid);
    promise(error.line >= 0 && error.line <= lines_of(text), "a mistake is on a line of the file");
  }
  if (!read.value) return;
  std::string written = "date,name\n";
  for (const Day day : *read.value) written += to_string(day) + ",元日\r\n";
  promise(parse_holidays(written, "").value == read.value, "holidays are written as they are read");
}

void check(std::string_view text) {
  check_days(text);
  check_instants(text);
  check_months(text);
  check_intervals(text);
  check_cells(text);
  check_holidays(text);
}

}  // namespace
}  // namespace omamori

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  omamori::check(omamori::text_of(data, size));
  return 0;
}
