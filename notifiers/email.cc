#include "notifiers/email.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include <curl/curl.h>

#include "daemon/model/mail_address.h"
#include "notifiers/curl_handle.h"
#include "notifiers/network.h"
#include "notifiers/target.h"
#include "notifiers/verdict.h"

namespace omamori {
namespace {

// What libcurl's callbacks read and write during one message.
struct Transfer {
  CurlHandle& curl;
  std::string_view left;              // of the body
  SmtpStep step = SmtpStep::connect;  // the last that was begun
  std::string reply;                  // the last line of the answer to it, once that is whole
  bool goodbye = false;               // QUIT: what is said after it tells nothing of the message
};

std::size_t read_body(char* buffer, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::size_t length = std::min(size * count, transfer.left.size());
  std::memcpy(buffer, transfer.left.data(), length);
  transfer.left.remove_prefix(length);
  transfer.curl.heard_something();
  if (transfer.left.empty() && transfer.step == SmtpStep::data) {
    transfer.step = SmtpStep::end_of_data;
    transfer.reply.clear();
  }
  return length;
}

std::optional<SmtpStep> step_of(std::string_view command) {
  constexpr std::pair<std::string_view, SmtpStep> kSteps[] = {
      {"EHLO", SmtpStep::hello}, {"HELO", SmtpStep::hello}, {"STARTTLS", SmtpStep::start_tls},
      {"AUTH", SmtpStep::login}, {"MAIL", SmtpStep::mail},  {"RCPT", SmtpStep::rcpt},
      {"DATA", SmtpStep::data}};
  for (const auto& [verb, step] : kSteps) {
    if (command.starts_with(verb)) return step;
  }
  return {};  // the rest of a login
}

// libcurl tells of every command before it waits for the answer.
int see_command(CURL*, curl_infotype type, char* bytes, std::size_t size, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (type != CURLINFO_HEADER_OUT) return 0;
  const std::string_view command(bytes, size);
  transfer.curl.heard_something();
  transfer.goodbye = transfer.goodbye || command.starts_with("QUIT");
  if (const auto step = step_of(command); step && !transfer.goodbye) {
    transfer.step = *step;
    transfer.reply.clear();
  }
  return 0;
}

// Ends the transfer at a line that is no SMTP: more of the kind would be waited for, for minutes.
std::size_t hear_line(char* line, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::string_view words(line, size * count);
  transfer.curl.heard_something();
  constexpr std::size_t kBehindCode = 3;
  if (smtp_code(words) == 0 || words.size() <= kBehindCode) return 0;
  const bool last = words[kBehindCode] != '-';
  if (last && transfer.step == SmtpStep::connect) transfer.step = SmtpStep::greeting;
  if (last && !transfer.goodbye) transfer.reply = words;
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
    if (curl_.stop_requested()) return {.broken_off = true, .library_words = "stopping"};
    const SmtpOutcome outcome = attempt(from, to, bytes);
    const bool went_stale = !outcome.accepted && !gave_up_ && !opened_connection() &&
                            outcome.step <= SmtpStep::mail &&
                            (outcome.reply.empty() || outcome.reply.starts_with("421"));
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
    curl_.set(CURLOPT_VERBOSE, 1L);  // else it does not tell of its commands
    curl_.set(CURLOPT_DEBUGFUNCTION, &see_command);
  }

  bool opened_connection() {
    long opened = 0;
    curl_easy_getinfo(curl_.get(), CURLINFO_NUM_CONNECTS, &opened);
    return opened > 0;
  }

  SmtpOutcome attempt(const std::string& from, const std::string& to, const std::string& bytes) {
    Transfer transfer{curl_, bytes, SmtpStep::connect, {}, false};
    const CurlList recipients(curl_slist_append(nullptr, ("<" + to + ">").c_str()));
    curl_.set(CURLOPT_MAIL_FROM, ("<" + from + ">").c_str());
    curl_.set(CURLOPT_MAIL_RCPT, recipients.get());
    for (const CURLoption data : {CURLOPT_READDATA, CURLOPT_HEADERDATA, CURLOPT_DEBUGDATA}) {
      curl_.set(data, &transfer);
    }
    curl_.set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(bytes.size()));
    const CURLcode code = curl_.perform();
    gave_up_ = code == CURLE_ABORTED_BY_CALLBACK;
    // Freed at the end of scope; the handle may still speak, to say goodbye.
    curl_.set(CURLOPT_MAIL_RCPT, static_cast<curl_slist*>(nullptr));
    curl_.set(CURLOPT_DEBUGDATA, &after_);
    curl_.set(CURLOPT_HEADERDATA, &after_);
    return {code == CURLE_OK, transfer.step, transfer.reply, curl_.was_stopped(code),
            curl_.words(code)};
  }

  bool gave_up_ = false;  // stopped, or a limit was passed, at the last attempt
  Transfer after_{curl_, {}, SmtpStep::connect, {}, true};  // of the goodbye
  CurlHandle curl_;
};

EmailNotifier::EmailNotifier(SmtpConfig smtp, const std::string& password, UtcOffset utc_offset,
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
                          utc_offset_ ? utc_offset_(now) : std::chrono::seconds{0},
                          smtp_.from_name};
  const auto text = mail_text(message, envelope);
  if (const auto* bad = std::get_if<BadMail>(&text)) return Refused{bad->why};
  return smtp_verdict(connection_->deliver(quoted_where_needed(smtp_.from),
                                           quoted_where_needed(address.to),
                                           std::get<MailText>(text).bytes));
}

}  // namespace omamori
