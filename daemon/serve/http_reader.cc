#include "daemon/serve/http_reader.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "daemon/web/target.h"

namespace omamori {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using Head = http::request_header<http::fields>;

constexpr std::size_t kBody = std::size_t{64} * 1024;
// What no request may say twice: whoever stands in front of us might believe the other one.
constexpr std::array kOnce{http::field::host,          http::field::content_length,
                           http::field::content_type,  http::field::transfer_encoding,
                           http::field::authorization, http::field::expect};

std::string_view seen(beast::string_view text) { return {text.data(), text.size()}; }

// A name or an address, with a port or without.
bool is_host(std::string_view text) {
  constexpr std::string_view kOther = "-._~:[]%";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kOther.find(c) != std::string_view::npos;
  });
}

// 0: nothing is wrong with how the length of the body is said. "2, 2", which RFC 9112 lets one take
// for 2, is saying it twice.
int length_fault(const Head& head) {
  if (seen(head[http::field::content_length]).find(',') != std::string_view::npos) return 400;
  const auto coding = head.find(http::field::transfer_encoding);
  if (coding == head.end()) return 0;
  if (head.version() < 11 || head.count(http::field::content_length) > 0) return 400;
  return beast::iequals(coding->value(), "chunked") ? 0 : 501;
}

// The status with which a head is refused; 0 if it is not.
int head_fault(const Head& head, const HttpLimits& limits) {
  if (head.target().size() > limits.target) return 414;
  for (const http::field once : kOnce) {
    if (head.count(once) > 1) return 400;
  }
  const auto host = head.find(http::field::host);
  if (host == head.end() ? head.version() >= 11 : !is_host(seen(host->value()))) return 400;
  if (const int status = length_fault(head); status != 0) return status;
  if (head.method() == http::verb::unknown) return 501;
  if (head.method() == http::verb::connect || head.method() == http::verb::trace) return 405;
  const auto expect = head.find(http::field::expect);
  if (expect != head.end() && !beast::iequals(expect->value(), "100-continue")) return 417;
  return 0;
}

// Of a field that stands there several times all values, as one (RFC 9110, 5.3; of cookies 6265).
std::map<std::string, std::string> headers_of(const Head& head) {
  std::map<std::string, std::string> headers;
  for (const auto& field : head) {
    std::string name(seen(field.name_string()));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const auto [known, fresh] = headers.try_emplace(name, seen(field.value()));
    if (fresh) continue;
    known->second += name == "cookie" ? "; " : ", ";
    known->second += seen(field.value());
  }
  return headers;
}

// "METHOD TARGET HTTP/2.0", which is HTTP and not ours.
bool is_of_another_version(std::string_view from) {
  const std::string_view line = from.substr(0, from.find("\r\n"));
  const std::size_t last = line.rfind(' ');
  if (last == std::string_view::npos || std::count(line.begin(), line.end(), ' ') != 2)
    return false;
  const std::string_view version = line.substr(last + 1);
  return version.size() == 8 && version.starts_with("HTTP/") && !version.starts_with("HTTP/1.");
}

const char* words_of(int status) {
  switch (status) {
    case 405:
      return "method not allowed\n";
    case 413:
      return "too large\n";
    case 414:
      return "the address is too long\n";
    case 417:
      return "no such expectation\n";
    case 431:
      return "the header is too large\n";
    case 501:
      return "not implemented\n";
    case 505:
      return "HTTP/1.1 is spoken here\n";
    default:
      return "bad request\n";
  }
}

}  // namespace

struct HttpReader::State {
  explicit State(const HttpLimits& bounds) : limits(bounds) { begin(); }

  void begin() {
    parser.emplace();
    parser->header_limit(static_cast<std::uint32_t>(limits.header));
    parser->body_limit(boost::none);  // known when the path is: by read_head()
    head_read = go_on_said = false;
    head_size = 0;
    request = {};
  }

  HttpReading refuse(int why) {
    status = why;
    return HttpReading::refused;
  }

  HttpReading read() {
    while (status == 0 && !parser->is_done()) {
      if (at == bytes.size()) return HttpReading::more;
      error_code error;
      const auto left = boost::asio::buffer(bytes.data() + at, bytes.size() - at);
      const std::size_t taken = parser->put(left, error);
      const std::string_view from = std::string_view(bytes).substr(at);
      at += taken;
      if (!head_read) head_size += taken;
      if (error == http::error::need_more) return wait_for_more();
      if (error) return refuse(status_of(error, from));
      if (!head_read && parser->is_header_done()) {
        if (const int wrong = read_head(); wrong != 0) return refuse(wrong);
        if (waits_for_go_on()) return HttpReading::go_on;
      }
    }
    return status == 0 ? HttpReading::whole : HttpReading::refused;
  }

  // The line before a chunk and the fields behind the last one have a bound, too.
  HttpReading wait_for_more() {
    const std::string_view rest = std::string_view(bytes).substr(at);
    if (head_read) return rest.size() > limits.header ? refuse(400) : HttpReading::more;
    if (head_size + rest.size() <= limits.header) return HttpReading::more;
    return refuse(too_large(rest));
  }

  // Is it the request line, which comes first, that has no end?
  int too_large(std::string_view from) const {
    return head_size > 0 || from.find('\n') < limits.header ? 431 : 414;
  }

  int status_of(const error_code& error, std::string_view from) const {
    if (error == http::error::body_limit) return 413;
    if (error == http::error::bad_version) return is_of_another_version(from) ? 505 : 400;
    const bool too_long =
        error == http::error::header_limit || error == http::error::buffer_overflow;
    return too_long ? too_large(from) : 400;
  }

  // Trailers, which come later, are not looked at: they would be fields that nobody has checked.
  int read_head() {
    head_read = true;
    if (head_size > limits.header) return 431;
    const Head& head = parser->get();
    if (const int wrong = head_fault(head, limits); wrong != 0) return wrong;
    auto target = read_target(seen(head.target()));
    if (!target) return 400;
    const std::size_t most = limits.body ? limits.body(target->path) : kBody;
    const auto length = parser->content_length();
    if (length && *length > most) return 413;
    parser->body_limit(most);
    request.method = seen(head.method_string());
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    request.headers = headers_of(head);
    return 0;
  }

  bool waits_for_go_on() {
    const bool waits = parser->get().version() >= 11 && !parser->is_done() && at == bytes.size() &&
                       request.headers.contains("expect");
    return waits && !std::exchange(go_on_said, true);
  }

  HttpRequest take() {
    request.body = std::move(parser->get().body());
    HttpRequest taken = std::move(request);
    bytes.erase(0, at);
    at = 0;
    begin();
    return taken;
  }

  const HttpLimits& limits;
  std::string bytes;  // that were put; before `at` they were read
  std::size_t at = 0;
  // A new one for each request.
  std::optional<http::request_parser<http::string_body>> parser;
  HttpRequest request;        // as far as it was read
  std::size_t head_size = 0;  // bytes of the head that were read
  bool head_read = false;
  bool go_on_said = false;
  int status = 0;  // with which it was refused
};

HttpReader::HttpReader(const HttpLimits& limits) : state_(std::make_unique<State>(limits)) {}

HttpReader::~HttpReader() = default;

// What was read is given up before more comes: a body does not lie here twice.
void HttpReader::put(std::string_view bytes) {
  state_->bytes.erase(0, state_->at);
  state_->at = 0;
  state_->bytes += bytes;
}

HttpReading HttpReader::read() { return state_->read(); }

void HttpReader::put_end() {
  if (state_->status == 0 && !state_->parser->is_done()) state_->status = 400;
}

bool HttpReader::begun() const {
  return state_->parser->got_some() || state_->bytes.size() > state_->at;
}

bool HttpReader::keeps_alive() const { return state_->parser->get().keep_alive(); }

HttpRequest HttpReader::take() { return state_->take(); }

HttpResponse HttpReader::refusal() const {
  HttpResponse response = plain_text(state_->status, words_of(state_->status));
  if (state_->status == 405) response.headers["Allow"] = "GET, HEAD, POST";
  return response;
}

}  // namespace omamori
