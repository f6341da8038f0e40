#include "notifiers/email.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>
#include <variant>

#include <curl/curl.h>

#include "notifiers/address.h"
#include "notifiers/curl_handle.h"
#include "notifiers/network.h"
#include "notifiers/target.h"
#include "notifiers/verdict.h"

namespace omamori {
namespace {

// What libcurl's callbacks read and write during one message.
struct Transfer {
  std::string_view left;     // of the body
  bool whole_body = false;   // libcurl has been told that the body ends
  std::string server_words;  // last line the server said, but for 221
};

std::size_t read_body(char* buffer, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::size_t length = std::min(size * count, transfer.left.size());
  std::memcpy(buffer, transfer.left.data(), length);
  transfer.left.remove_prefix(length);
  if (transfer.left.empty()) transfer.whole_body = true;
  return length;
}

// The goodbye that follows a refusal (libcurl quits then) would hide the refusal's words.
std::size_t hear_line(char* line, std::size_t size, std::size_t count, void* user) {
  const std::string_view words(line, size * count);
  if (!words.starts_with("221")) static_cast<Transfer*>(user)->server_words = words;
  return words.size();
}

// Nothing of ours reads a body from a mail server; the default would write it to stdout.
std::size_t ignore(char*, std::size_t size, std::size_t count, void*) { return size * count; }

}  // namespace

class EmailNotifier::Connection {
 public:
  Connection(const SmtpConfig& smtp, const std::string& password, std::stop_token stop,
             const TimeLimits& limits)
      : curl_(std::move(stop)) {
    set_server(smtp);
    set_login(smtp, password);
    curl_.limit(limits);
    curl_.set(CURLOPT_TCP_KEEPALIVE, 1L);
    set_callbacks();
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() = default;

  // One message to one recipient. A kept connection that the server has closed meanwhile is
  // noticed at the first command; as nothing of the message has left by then, it is tried once
  // more on a fresh one.
  SmtpOutcome deliver(const std::string& from, const std::string& to, const std::string& bytes) {
    if (curl_.stop_requested()) return {0, false, CURLE_ABORTED_BY_CALLBACK, "", "stopping"};
    const SmtpOutcome outcome = attempt(from, to, bytes);
    const bool went_stale =
        outcome.curl_code != CURLE_OK && outcome.curl_code != CURLE_ABORTED_BY_CALLBACK &&
        !opened_connection() && (outcome.reply_code == 0 || outcome.reply_code == 421) &&
        !outcome.whole_body;
    return went_stale ? attempt(from, to, bytes) : outcome;
  }

 private:
  void set_server(const SmtpConfig& smtp) {
    curl_.set(CURLOPT_URL, url_of(smtp).c_str());
    curl_.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_.set(CURLOPT_USE_SSL,
              static_cast<long>(smtp.tls == Tls::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    curl_.trust(smtp.ca_file);
  }

  void set_login(const SmtpConfig& smtp, const std::string& password) {
    if (smtp.username.empty()) return;
    curl_.set(CURLOPT_USERNAME, smtp.username.c_str());
    curl_.set(CURLOPT_PASSWORD, password.c_str());
    curl_.set(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
  }

  void set_callbacks() {
    curl_.set(CURLOPT_UPLOAD, 1L);
    curl_.set(CURLOPT_READFUNCTION, &read_body);
    curl_.set(CURLOPT_HEADERFUNCTION, &hear_line);
    curl_.set(CURLOPT_WRITEFUNCTION, &ignore);
  }

  bool opened_connection() {
    long opened = 0;
    curl_easy_getinfo(curl_.get(), CURLINFO_NUM_CONNECTS, &opened);
    return opened > 0;
  }

  SmtpOutcome attempt(const std::string& from, const std::string& to, const std::string& bytes) {
    Transfer transfer{bytes, false, {}};
    const CurlList recipients(curl_slist_append(nullptr, ("<" + to + ">").c_str()));
    curl_.set(CURLOPT_MAIL_FROM, ("<" + from + ">").c_str());
    curl_.set(CURLOPT_MAIL_RCPT, recipients.get());
    curl_.set(CURLOPT_READDATA, &transfer);
    curl_.set(CURLOPT_HEADERDATA, &transfer);
    curl_.set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(bytes.size()));
    const CURLcode code = curl_.perform();
    long reply_code = 0;
    curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &reply_code);
    curl_.set(CURLOPT_MAIL_RCPT,
              static_cast<curl_slist*>(nullptr));  // it is freed at the end of scope
    return {static_cast<int>(reply_code), transfer.whole_body, static_cast<int>(code),
            transfer.server_words, curl_.words(code)};
  }

  CurlHandle curl_;
};

EmailNotifier::EmailNotifier(SmtpConfig smtp, std::string password, UtcOffset utc_offset,
                             std::stop_token stop, TimeLimits limits)
    : smtp_(std::move(smtp)),
      utc_offset_(std::move(utc_offset)),
      connection_(std::make_unique<Connection>(smtp_, password, std::move(stop), limits)) {}

EmailNotifier::~EmailNotifier() = default;

SendResult EmailNotifier::send(const Message& message, const Address& address, Instant now) {
  if (smtp_.tls == Tls::none && !is_this_machine(smtp_.host)) {
    const std::string why =
        "smtp.tls = \"none\" is only for a server on this machine, not " + smtp_.host;
    return TryAgain{why, std::nullopt, false, true};
  }
  if (const auto problem = address_problem(address.to)) return Refused{*problem};
  if (!domain_allowed(address.to, smtp_.allowed_domains)) {
    return Refused{"the domain " + std::string(domain_of(address.to)) +
                   " is not in smtp.allowed_domains"};
  }
  const Envelope envelope{smtp_.from, address.to, now,
                          utc_offset_ ? utc_offset_(now) : std::chrono::seconds{0}};
  const auto text = mail_text(message, envelope);
  if (const auto* bad = std::get_if<BadMail>(&text)) return Refused{bad->why};
  return smtp_verdict(connection_->deliver(quoted_where_needed(smtp_.from),
                                           quoted_where_needed(address.to),
                                           std::get<MailText>(text).bytes));
}

}  // namespace omamori
