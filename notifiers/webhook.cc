#include "notifiers/webhook.h"

#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include <boost/json.hpp>
#include <curl/curl.h>

#include "daemon/model/calendar.h"
#include "notifiers/curl_handle.h"
#include "notifiers/http_target.h"
#include "notifiers/mail_text.h"
#include "notifiers/verdict.h"

namespace omamori {
namespace {

constexpr std::size_t kMostAnswer = 64U * 1024;
constexpr std::size_t kLongestLine = 200;

// What libcurl's callbacks read and write during one attempt.
struct Transfer {
  std::string_view body;
  std::size_t given = 0;     // of the body, to libcurl
  bool whole_body = false;   // libcurl once had all of it
  std::size_t answered = 0;  // bytes of the answer's body
  std::string first_line;    // of that body
  bool line_ended = false;
};

std::size_t read_body(char* buffer, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::string_view left = transfer.body.substr(transfer.given);
  const std::size_t length = std::min(size * count, left.size());
  std::memcpy(buffer, left.data(), length);
  transfer.given += length;
  if (transfer.given == transfer.body.size()) transfer.whole_body = true;
  return length;
}

// libcurl repeats a request by itself if a kept connection turns out to be closed before anything
// was answered. The copy carries the same webhook-id.
int rewind_body(void* user, curl_off_t offset, int origin) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (origin != SEEK_SET || offset < 0) return CURL_SEEKFUNC_FAIL;
  transfer.given = std::min(static_cast<std::size_t>(offset), transfer.body.size());
  return CURL_SEEKFUNC_OK;
}

// Keeps the first line, and breaks off an answer that does not end.
std::size_t hear_body(char* bytes, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::string_view words(bytes, size * count);
  const std::size_t end = words.find_first_of("\r\n");
  if (!transfer.line_ended) {
    transfer.first_line += words.substr(0, std::min(end, kLongestLine));
    transfer.line_ended =
        end != std::string_view::npos || transfer.first_line.size() >= kLongestLine;
    transfer.first_line.resize(std::min(transfer.first_line.size(), kLongestLine));
  }
  transfer.answered += words.size();
  return transfer.answered > kMostAnswer ? 0 : words.size();
}

std::string without_line_end(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) {
    text.pop_back();
  }
  return text;
}

// What one attempt sends besides its body.
struct Request {
  std::string id;
  std::string timestamp;
  std::string signature;
};

CurlList headers_of(const Request& request) {
  CurlList list;
  const std::string lines[] = {
      "content-type: application/json",
      "webhook-id: " + request.id,
      "webhook-timestamp: " + request.timestamp,
      "webhook-signature: " + request.signature,
      "expect:",  // no question before a longer body
  };
  for (const std::string& line : lines) {
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(list.release());
    list.reset(longer);
  }
  return list;
}

}  // namespace

std::variant<WebhookBody, BadWebhook> webhook_body(const Message& message) {
  boost::system::error_code error;
  boost::json::value data = boost::json::parse(message.json, error);
  if (error || !data.is_object()) return BadWebhook{"the message's data is not a JSON object"};
  const boost::json::value* slot = data.as_object().if_contains("slot");
  if (slot == nullptr || !slot->is_string() ||
      !parse_instant(std::string_view(slot->as_string()))) {
    return BadWebhook{"the message's data has no `slot`, an instant such as 2026-06-14T23:30:00Z"};
  }
  const boost::json::value timestamp = *slot;
  boost::json::object body;
  body["type"] = message.type;
  body["timestamp"] = timestamp;
  body["data"] = std::move(data);
  return WebhookBody{boost::json::serialize(body)};
}

class WebhookNotifier::Connection {
 public:
  Connection(const WebhookEndpoint& endpoint, std::stop_token stop, const TimeLimits& limits)
      : curl_(std::move(stop)), target_(endpoint.url, endpoint.allow_private) {
    target_.set_up(curl_);
    curl_.set(CURLOPT_POST, 1L);
    curl_.trust(endpoint.ca_file);
    curl_.limit(limits);
    curl_.set(CURLOPT_READFUNCTION, &read_body);
    curl_.set(CURLOPT_SEEKFUNCTION, &rewind_body);
    curl_.set(CURLOPT_WRITEFUNCTION, &hear_body);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() = default;

  HttpOutcome post(const Request& request, std::string_view body) {
    if (curl_.stop_requested()) return {0, std::nullopt, false, "stopping", true};
    if (std::string why = target_.refusal(); !why.empty()) {
      return {0, std::nullopt, false, std::move(why)};
    }
    Transfer transfer{body, 0, false, 0, {}, false};
    const CurlList headers = headers_of(request);
    target_.forget();
    curl_.set(CURLOPT_HTTPHEADER, headers.get());
    curl_.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    for (const CURLoption data : {CURLOPT_READDATA, CURLOPT_SEEKDATA, CURLOPT_WRITEDATA}) {
      curl_.set(data, &transfer);
    }
    const CURLcode code = curl_.perform();
    curl_.set(CURLOPT_HTTPHEADER, static_cast<curl_slist*>(nullptr));  // freed at the end of scope
    return outcome(code, transfer);
  }

 private:
  HttpOutcome outcome(CURLcode code, const Transfer& transfer) const {
    HttpOutcome out;
    out.status = target_.status(curl_);
    out.retry_after = retry_after();
    out.request_sent = transfer.whole_body;
    out.stopped = curl_.was_stopped(code);
    out.words = out.status == 0 ? target_.why_no_status(curl_, code) : words(out.status, transfer);
    return out;
  }

  // libcurl has turned a date into seconds from now.
  std::optional<std::chrono::seconds> retry_after() const {
    curl_off_t seconds = 0;
    curl_easy_getinfo(curl_.get(), CURLINFO_RETRY_AFTER, &seconds);
    if (seconds <= 0) return std::nullopt;
    return std::chrono::seconds{seconds};
  }

  std::string words(int status, const Transfer& transfer) const {
    const std::string& line = target_.status_line();
    std::string text = "HTTP " + without_line_end(line.substr(line.find(' ') + 1));
    // An answer to what was accepted may speak of people; a refusal's reason is needed.
    if (status >= 300 && !transfer.first_line.empty()) text += ": " + transfer.first_line;
    return text;
  }

  CurlHandle curl_;
  HttpTarget target_;
};

WebhookNotifier::WebhookNotifier(const WebhookEndpoint& endpoint, WebhookSecrets secrets,
                                 std::stop_token stop, TimeLimits limits)
    : name_(endpoint.name),
      secrets_(std::move(secrets)),
      connection_(std::make_unique<Connection>(endpoint, std::move(stop), limits)) {}

WebhookNotifier::~WebhookNotifier() = default;

SendResult WebhookNotifier::send(const Message& message, const Address& address, Instant now) {
  if (address.to != name_) return Refused{"the endpoint asked for is another than " + name_};
  if (!is_message_id(message.id) || message.id.find('.') != std::string::npos) {
    return Refused{"the message id cannot stand in a webhook-id"};
  }
  const auto body = webhook_body(message);
  if (const auto* bad = std::get_if<BadWebhook>(&body)) return Refused{bad->why};
  const std::string& bytes = std::get<WebhookBody>(body).bytes;
  const std::int64_t seconds =
      std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  const Request request{message.id, std::to_string(seconds),
                        webhook_signature(secrets_, message.id, seconds, bytes)};
  return http_verdict(connection_->post(request, bytes));
}

}  // namespace omamori
