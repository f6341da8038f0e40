// Messages as .eml files in a directory, for trying out and for demonstrations: nothing leaves the
// machine, and any mail program opens them.
#pragma once

#include <filesystem>
#include <string>

#include "notifiers/mail_text.h"
#include "notifiers/notifier.h"

namespace omamori {

class FileNotifier final : public Notifier {
 public:
  // `directory` must exist. `from` is the sender's address, as in smtp.from.
  FileNotifier(std::filesystem::path directory, std::string from, UtcOffset utc_offset = {});

  // Sent means that DIRECTORY/ID.eml is on the disk, whole. The same id again overwrites it, so a
  // repetition after an unknown outcome leaves one file. A full disk, a missing directory or right
  // is TryAgain. `address.to` is a staff code; it is written as code@file.invalid.
  SendResult send(const Message& message, const Address& address, Instant now) override;

 private:
  std::filesystem::path directory_;
  std::string from_;
  UtcOffset utc_offset_;
};

}  // namespace omamori
