#include "notifiers/file.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <string_view>
#include <utility>
#include <variant>

#include "config/replace_file.h"

namespace omamori {

namespace {

// What mail_text() has let pass cannot lead out of a directory: an id of letters, digits and - _ .
// An address may hold more; other characters become "_".
std::string file_name(const Message& message, const Address& address, const Envelope& envelope) {
  const auto local = envelope.date + envelope.utc_offset;
  const auto midnight = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day day(midnight);
  const std::chrono::hh_mm_ss time(local - midnight);
  std::array<char, 64> minute{};
  std::snprintf(minute.data(), minute.size(), "%04d-%02u-%02uT%02d%02d",
                static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                static_cast<unsigned>(day.day()), static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()));
  std::string to = address.to;
  for (char& c : to) {
    if (!is_message_id(std::string_view(&c, 1)) && c != '.') c = '_';
  }
  return std::string(minute.data()) + "-" + to + "-" + message.id + ".eml";
}

}  // namespace

FileNotifier::FileNotifier(std::filesystem::path directory, std::string from, UtcOffset utc_offset,
                           std::string from_name)
    : directory_(std::move(directory)),
      from_(std::move(from)),
      utc_offset_(std::move(utc_offset)),
      from_name_(std::move(from_name)) {
  if (directory_.empty()) directory_ = ".";
}

SendResult FileNotifier::send(const Message& message, const Address& address, Instant now) {
  const Envelope envelope{from_, address.to + "@file.invalid", now,
                          utc_offset_ ? utc_offset_(now) : std::chrono::seconds{0}, from_name_};
  const auto text = mail_text(message, envelope);
  if (const auto* bad = std::get_if<BadMail>(&text)) return Refused{bad->why};
  const std::filesystem::path path = directory_ / file_name(message, address, envelope);
  if (const auto problem = replace_file(path, std::get<MailText>(text).bytes)) {
    // The directory or the disk: the next message would fare alike.
    return TryAgain{*problem, std::nullopt, false, true};
  }
  return Sent{path.filename().string()};
}

}  // namespace omamori
