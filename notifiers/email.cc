#include "notifiers/email.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <variant>

#include <curl/curl.h>

#include "notifiers/address.h"
#include "notifiers/verdict.h"

namespace omamori {
namespace {

constexpr long kConnectSeconds = 30;
// RFC 5321 4.5.3.2.6: a server may take ten minutes to answer the final dot. Giving up earlier
// would turn a slow server into unknown outcomes, and those into second copies.
constexpr long kReplySeconds = 600;
// A lid over everything, for a server that accepts the message one byte a minute.
constexpr long kMessageSeconds = 1800;

// Process-wide and never undone: threads may still be sending while main() leaves.
void set_up_curl_once() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (code != CURLE_OK) {
    throw std::runtime_error(std::string("libcurl cannot start: ") + curl_easy_strerror(code));
  }
}

bool is_this_machine(std::string_view host) {
  return host == "localhost" || host.starts_with("127.") || host == "::1" || host == "[::1]";
}

std::string url_of(const SmtpConfig& smtp) {
  const bool bare_ipv6 = smtp.host.find(':') != std::string::npos && smtp.host.front() != '[';
  const std::string host = bare_ipv6 ? "[" + smtp.host + "]" : smtp.host;
  return (smtp.tls == Tls::implicit ? "smtps://" : "smtp://") + host + ":" +
         std::to_string(smtp.port);
}

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

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct FreeHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};

}  // namespace

class EmailNotifier::Connection {
 public:
  Connection(const SmtpConfig& smtp, const std::string& password) {
    set_up_curl_once();
    handle_.reset(curl_easy_init());
    if (!handle_) throw std::runtime_error("libcurl gives no handle: out of memory?");
    set_server(smtp);
    set_login(smtp, password);
    set_limits();
    set_callbacks();
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() = default;

  // One message to one recipient. A kept connection that the server has closed meanwhile is
  // noticed at the first command; as nothing of the message has left by then, it is tried once
  // more on a fresh one.
  SmtpOutcome deliver(const std::string& from, const std::string& to, const std::string& bytes) {
    const SmtpOutcome outcome = attempt(from, to, bytes);
    const bool went_stale = outcome.curl_code != CURLE_OK && !opened_connection() &&
                            (outcome.reply_code == 0 || outcome.reply_code == 421) &&
                            !outcome.whole_body;
    return went_stale ? attempt(from, to, bytes) : outcome;
  }

 private:
  template <typename Value>
  void set(CURLoption option, Value value) {
    const CURLcode code = curl_easy_setopt(handle_.get(), option, value);
    if (code != CURLE_OK) {
      throw std::runtime_error("libcurl refuses option " + std::to_string(option) + ": " +
                               curl_easy_strerror(code));
    }
  }

  void set_server(const SmtpConfig& smtp) {
    set(CURLOPT_URL, url_of(smtp).c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_PROXY, "");  // whatever all_proxy in the environment says
    set(CURLOPT_USE_SSL,
        static_cast<long>(smtp.tls == Tls::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (!smtp.ca_file.empty()) {
      set(CURLOPT_CAINFO, smtp.ca_file.c_str());
      set(CURLOPT_CAPATH, static_cast<char*>(nullptr));  // that authority and no other
    }
  }

  void set_login(const SmtpConfig& smtp, const std::string& password) {
    if (smtp.username.empty()) return;
    set(CURLOPT_USERNAME, smtp.username.c_str());
    set(CURLOPT_PASSWORD, password.c_str());
    set(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
  }

  void set_limits() {
    set(CURLOPT_NOSIGNAL, 1L);  // we are one of several threads
    set(CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    set(CURLOPT_SERVER_RESPONSE_TIMEOUT, kReplySeconds);
    set(CURLOPT_TIMEOUT, kMessageSeconds);
    set(CURLOPT_TCP_KEEPALIVE, 1L);
  }

  void set_callbacks() {
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_READFUNCTION, &read_body);
    set(CURLOPT_HEADERFUNCTION, &hear_line);
    set(CURLOPT_WRITEFUNCTION, &ignore);
    set(CURLOPT_ERRORBUFFER, error_.data());
  }

  bool opened_connection() {
    long opened = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_NUM_CONNECTS, &opened);
    return opened > 0;
  }

  SmtpOutcome attempt(const std::string& from, const std::string& to, const std::string& bytes) {
    Transfer transfer{bytes, false, {}};
    const std::unique_ptr<curl_slist, FreeList> recipients(
        curl_slist_append(nullptr, ("<" + to + ">").c_str()));
    error_.fill('\0');
    set(CURLOPT_MAIL_FROM, ("<" + from + ">").c_str());
    set(CURLOPT_MAIL_RCPT, recipients.get());
    set(CURLOPT_READDATA, &transfer);
    set(CURLOPT_HEADERDATA, &transfer);
    set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(bytes.size()));
    const CURLcode code = curl_easy_perform(handle_.get());
    long reply_code = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &reply_code);
    set(CURLOPT_MAIL_RCPT, static_cast<curl_slist*>(nullptr));  // it is freed at the end of scope
    return {static_cast<int>(reply_code), transfer.whole_body, static_cast<int>(code),
            transfer.server_words, library_words(code)};
  }

  std::string library_words(CURLcode code) const {
    if (code == CURLE_OK) return {};
    return error_[0] != '\0' ? error_.data() : curl_easy_strerror(code);
  }

  std::array<char, CURL_ERROR_SIZE> error_{};
  std::unique_ptr<CURL, FreeHandle> handle_;
};

EmailNotifier::EmailNotifier(SmtpConfig smtp, std::string password, UtcOffset utc_offset)
    : smtp_(std::move(smtp)),
      utc_offset_(std::move(utc_offset)),
      connection_(std::make_unique<Connection>(smtp_, password)) {}

EmailNotifier::~EmailNotifier() = default;

SendResult EmailNotifier::send(const Message& message, const Address& address, Instant now) {
  if (smtp_.tls == Tls::none && !is_this_machine(smtp_.host)) {
    return TryAgain{"smtp.tls = \"none\" is only for a server on this machine, not " + smtp_.host,
                    std::nullopt, false};
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
