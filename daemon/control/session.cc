#include "daemon/control/session.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "daemon/control/protocol.h"

namespace omamori {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Socket = asio::local::stream_protocol::socket;
using boost::system::error_code;

// Patience is counted in slices, each begun when the one before was seen to be over: a loop that
// was busy for longer than one has cost the client no more than that one.
constexpr int kSlices = 10;

struct Refusal {
  http::status status;
  std::string why;
};

// What to say of a request that could not be read; nothing if nobody is there to hear it.
std::optional<Refusal> refusal_of(const error_code& error, std::uint64_t most) {
  if (error == http::error::end_of_stream) return std::nullopt;
  if (error == http::error::body_limit) {
    return Refusal{http::status::payload_too_large,
                   "the request is larger than " + std::to_string(most) + " bytes"};
  }
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return Refusal{http::status::request_header_fields_too_large, "the HTTP header is too large"};
  }
  if (error == http::error::partial_message) {
    return Refusal{http::status::bad_request, "the request ends in the middle"};
  }
  if (error.category() != http::make_error_code(http::error::bad_method).category()) {
    return std::nullopt;
  }
  return Refusal{http::status::bad_request, "not HTTP: " + error.message()};
}

class Session final : public ControlSession, public std::enable_shared_from_this<Session> {
 public:
  Session(Socket socket, PeerIds peer, std::shared_ptr<ControlOwner> owner)
      : socket_(std::move(socket)),
        peer_(std::move(peer)),
        slice_(owner->countdown()),
        owner_(std::move(owner)) {
    owner_->opened(*this);
  }
  ~Session() override {
    if (!ended_) owner_->closed(*this, false);
  }

  void start() {
    parser_.emplace();
    most_ = owner_->limits().body;
    parser_->body_limit(most_);
    count_down();
    http::async_read_header(
        socket_, buffer_, *parser_,
        [self = shared_from_this()](const error_code& error, std::size_t) { self->header(error); });
  }

  std::uint32_t uid() const override { return peer_.uid; }

  void stop(bool all) override {
    if (all || phase_ != Phase::answering) end();
  }

 private:
  enum class Phase { reading, answering, draining };

  // What is wrong with the head is said before the body has travelled.
  void header(const error_code& error) {
    if (error) return unreadable(error);
    const auto& head = parser_->get();
    if (head.target() != kControlTarget) {
      return refuse({http::status::not_found, std::string("there is only ") + kControlTarget});
    }
    if (head.method() != http::verb::post) {
      return refuse({http::status::method_not_allowed, "only POST"});
    }
    if (const auto refusal = no_room()) return refuse(*refusal);
    if (!beast::iequals(head[http::field::expect], "100-continue")) return read_body();
    go_on_.emplace(http::status::continue_, head.version());
    http::async_write(socket_, *go_on_,
                      [self = shared_from_this()](const error_code& unsent, std::size_t) {
                        if (unsent) return self->unreadable(unsent);
                        self->read_body();
                      });
  }

  // The body comes only where there is room for it. One that does not say how long it is gets
  // little.
  std::optional<Refusal> no_room() {
    const auto said = parser_->content_length();
    if (!said && parser_->chunked()) {
      most_ = std::min(owner_->limits().body, owner_->limits().body_unsaid);
      parser_->body_limit(most_);
    }
    const std::uint64_t bytes = said ? *said : parser_->chunked() ? most_ : 0;
    if (owner_->take_room(*this, bytes)) return std::nullopt;
    return Refusal{http::status::service_unavailable,
                   "too much is being received at once; try again in a moment"};
  }

  void read_body() {
    http::async_read(socket_, buffer_, *parser_,
                     [self = shared_from_this()](const error_code& error, std::size_t) {
                       if (error) return self->unreadable(error);
                       self->whole();
                     });
  }

  void unreadable(const error_code& error) {
    if (ended_) return;
    if (too_slow_) {
      return refuse({http::status::request_timeout, "the request did not come in time"});
    }
    const auto refusal = refusal_of(error, most_);
    refusal ? refuse(*refusal) : end();
  }

  void whole() {
    if (ended_) return;
    phase_ = Phase::answering;
    try {
      reply(carry_out());
    } catch (const std::exception& broke_off) {
      refuse({http::status::internal_server_error, broke_off.what()});
    } catch (...) {
      refuse({http::status::internal_server_error, "an exception without words"});
    }
  }

  // Status and body. Frees what the request took before the answer is made.
  std::pair<http::status, std::string> carry_out() {
    Decoded<Request> decoded = decode_request(parser_->get().body());
    body_was_read_ = true;
    parser_->get().body() = std::string();
    if (!decoded.value) return {http::status::bad_request, encode_error(decoded.error)};
    decoded.value->peer = peer_;
    decoded.value->actor = "uid:" + std::to_string(peer_.uid);
    return {http::status::ok, encode_response(owner_->answer(*decoded.value))};
  }

  void refuse(const Refusal& refusal) { reply({refusal.status, encode_error(refusal.why)}); }

  void reply(std::pair<http::status, std::string> answer) {
    if (ended_) return;
    phase_ = Phase::answering;
    response_.emplace(answer.first, 11);
    response_->set(http::field::content_type, "application/json");
    if (answer.first == http::status::method_not_allowed) {
      response_->set(http::field::allow, "POST");
    }
    response_->body() = std::move(answer.second);
    response_->keep_alive(false);
    response_->prepare_payload();
    count_down();
    http::async_write(socket_, *response_,
                      [self = shared_from_this()](const error_code& error, std::size_t) {
                        error || self->body_was_read_ ? self->end() : self->drain();
                      });
  }

  // A client that is still sending would find a closed connection before it looks for the answer.
  void drain() {
    if (ended_) return;
    phase_ = Phase::draining;
    error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    drain_some();
  }

  void drain_some() {
    socket_.async_read_some(asio::buffer(rest_),
                            [self = shared_from_this()](const error_code& error, std::size_t) {
                              error ? self->end() : self->drain_some();
                            });
  }

  void count_down() {
    slices_left_ = kSlices;
    next_slice();
  }

  void next_slice() {
    slice_->start(owner_->limits().patience / kSlices,
                  [self = shared_from_this()] { self->slice_is_over(); });
  }

  void slice_is_over() {
    if (ended_) return;
    if (--slices_left_ > 0) return next_slice();
    if (phase_ != Phase::reading) return end();
    too_slow_ = true;
    error_code ignored;
    socket_.cancel(ignored);
    next_slice();  // what had come just before is not cancelled, and goes on
  }

  void end() {
    if (std::exchange(ended_, true)) return;
    const auto self = shared_from_this();
    slice_->cancel();
    error_code ignored;
    socket_.close(ignored);
    owner_->closed(*this, true);
  }

  Socket socket_;
  const PeerIds peer_;
  std::uint64_t most_ = 0;            // bytes of the body
  std::unique_ptr<Countdown> slice_;  // of the patience
  std::shared_ptr<ControlOwner> owner_;
  Phase phase_ = Phase::reading;
  int slices_left_ = 0;
  bool too_slow_ = false;
  bool body_was_read_ = false;
  bool ended_ = false;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<http::response<http::empty_body>> go_on_;
  std::optional<http::response<http::string_body>> response_;
  std::array<char, 65536> rest_;
};

}  // namespace

void start_control_session(Socket socket, PeerIds peer, std::shared_ptr<ControlOwner> owner) {
  std::make_shared<Session>(std::move(socket), std::move(peer), std::move(owner))->start();
}

}  // namespace omamori
