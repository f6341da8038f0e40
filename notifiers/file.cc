#include "notifiers/file.h"

#include <utility>
#include <variant>

#include "config/replace_file.h"

namespace omamori {

FileNotifier::FileNotifier(std::filesystem::path directory, std::string from, UtcOffset utc_offset)
    : directory_(std::move(directory)), from_(std::move(from)), utc_offset_(std::move(utc_offset)) {
  if (directory_.empty()) directory_ = ".";
}

SendResult FileNotifier::send(const Message& message, const Address& address, Instant now) {
  const Envelope envelope{from_, address.to + "@file.invalid", now,
                          utc_offset_ ? utc_offset_(now) : std::chrono::seconds{0}};
  const auto text = mail_text(message, envelope);
  if (const auto* bad = std::get_if<BadMail>(&text)) return Refused{bad->why};
  // mail_text() has let pass only ids of letters, digits and - _ . that do not begin with a dot:
  // as a file name it stays inside the directory.
  const std::filesystem::path path = directory_ / (message.id + ".eml");
  if (const auto problem = replace_file(path, std::get<MailText>(text).bytes)) {
    // The directory or the disk: the next message would fare alike.
    return TryAgain{*problem, std::nullopt, false, true};
  }
  return Sent{path.filename().string()};
}

}  // namespace omamori
