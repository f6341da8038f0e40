// Email by SMTP (libcurl). One object holds one connection, kept between messages; the delivery
// loop gives each worker thread its own, because libcurl blocks its thread while it waits for the
// reply to the message (up to 600 s).
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "config/config.h"
#include "notifiers/mail_text.h"
#include "notifiers/notifier.h"

namespace omamori {

class EmailNotifier final : public Notifier {
 public:
  // `password` is the secret itself; `smtp.password_file` is not read here. When `stop` is
  // requested a message under way is broken off within about two seconds: TryAgain, `unknown` if
  // all of it had left; so is every later one. Throws std::runtime_error if libcurl cannot be set
  // up at all.
  EmailNotifier(SmtpConfig smtp, std::string password, UtcOffset utc_offset = {},
                std::stop_token stop = {});
  ~EmailNotifier() override;

  // Refused without asking anybody: an address that is none, or outside `smtp.allowed_domains`.
  // `tls = "none"` is only spoken to this machine; elsewhere every message is TryAgain.
  SendResult send(const Message& message, const Address& address, Instant now) override;

 private:
  class Connection;  // the libcurl handle

  SmtpConfig smtp_;
  UtcOffset utc_offset_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace omamori
