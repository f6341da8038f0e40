// Looks at a peer as a message would find it, and sends none: the name, the connection, TLS with
// its certificate, and at a mail server the login. For `omamorictl doctor`.
//
// Safe to call from several threads at once. No call takes longer than twice its limit (a
// certificate that was not believed is looked at a second time, without telling the server more
// than hello) and none throws for anything a peer or a network can do.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "config/config.h"
#include "notifiers/email.h"
#include "notifiers/peer_facts.h"

namespace omamori {

// The same host, address and certificate rules as for a webhook (notifiers/webhook.h).
struct UrlPeer {
  std::string url;
  bool allow_private = false;
  std::filesystem::path ca_file;  // empty = the system's authorities
};

class NetworkProbe {
 public:
  NetworkProbe() = default;
  NetworkProbe(const NetworkProbe&) = delete;
  NetworkProbe& operator=(const NetworkProbe&) = delete;
  virtual ~NetworkProbe() = default;

  // Greeting, EHLO, STARTTLS as configured, AUTH, MAIL FROM, QUIT: only that shows whether mail is
  // taken without a login, and no mail comes of it. Without `password` no login is tried; where one
  // is configured nothing is asked behind it then (NOOP).
  virtual PeerFacts mail_server(const SmtpConfig& smtp,
                                const std::optional<std::string>& password) const = 0;
  // TCP and, for https, the handshake. Nothing is requested.
  virtual PeerFacts url(const UrlPeer& peer) const = 0;
  // GET, following nothing. Of an address of our own, so it may be any.
  virtual PageFacts page(const std::string& own_url) const = 0;
};

struct ProbeLimits {
  std::chrono::milliseconds connect{std::chrono::seconds{10}};  // the name and TCP; of a URL all
  // The greeting of a mail server and the rest: as long as the notifier waits (notifiers/email.h),
  // so that a slow server is found slow, and only one that cannot be used is not.
  std::chrono::milliseconds mail{kEmailLimits.connect};
};

class CurlProbe final : public NetworkProbe {
 public:
  explicit CurlProbe(ProbeLimits limits = {}) : limits_(limits) {}
  explicit CurlProbe(std::chrono::milliseconds all) : limits_{all, all} {}
  const ProbeLimits& limits() const { return limits_; }
  PeerFacts mail_server(const SmtpConfig& smtp,
                        const std::optional<std::string>& password) const override;
  PeerFacts url(const UrlPeer& peer) const override;
  PageFacts page(const std::string& own_url) const override;

 private:
  ProbeLimits limits_;
};

}  // namespace omamori
