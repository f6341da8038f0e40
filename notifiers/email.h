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
#include "notifiers/time_limits.h"

namespace omamori {

// RFC 5321 4.5.3.2.6: a server may take ten minutes to answer the final dot. Giving up earlier
// would turn a slow server into unknown outcomes, and those into second copies. The whole is a lid
// for a server that accepts the message one byte a minute.
inline constexpr TimeLimits kEmailLimits{.connect = std::chrono::seconds{30},
                                         .reply = std::chrono::seconds{600},
                                         .whole = std::chrono::seconds{1800}};

class EmailNotifier final : public Notifier {
 public:
  // `password` is the secret itself; `smtp.password_file` is not read here. When `stop` is
  // requested a message under way is broken off within about two seconds: TryAgain, `unknown` if
  // all of it had left; so is every later one. Throws std::runtime_error if libcurl cannot be set
  // up at all.
  EmailNotifier(SmtpConfig smtp, const std::string& password, UtcOffset utc_offset = {},
                std::stop_token stop = {}, TimeLimits limits = kEmailLimits);
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
