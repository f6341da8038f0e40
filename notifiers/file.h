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
  // `directory` must exist. `from` is the sender's address, as in smtp.from; `from_name` is that of
  // omamori.toml.
  FileNotifier(std::filesystem::path directory, std::string from, UtcOffset utc_offset = {},
               std::string from_name = "omamori");

  // Sent means that the file is on the disk, whole. Its name is the local minute of `now`, the
  // staff code and the id, "2027-01-04T0830-SM-3-omamori-….eml", so that names sort as the messages
  // went out. The same again overwrites it, so a repetition after an unknown outcome leaves one
  // file. A full disk, a missing directory or right is TryAgain. `address.to` is a staff code; it
  // is written as code@file.invalid.
  SendResult send(const Message& message, const Address& address, Instant now) override;

 private:
  std::filesystem::path directory_;
  std::string from_;
  UtcOffset utc_offset_;
  std::string from_name_;
};

}  // namespace omamori
