#include "daemon/serve/http_session.h"

#include <array>
#include <utility>

#include "daemon/serve/http_answer.h"
#include "daemon/serve/http_peer.h"
#include "daemon/serve/http_reader.h"

namespace omamori {
namespace {

using boost::system::error_code;

// Patience is counted in slices, each begun when the one before was seen to be over: a loop that
// was busy for longer than one has cost the client no more than that one.
constexpr int kSlices = 10;

class Session final : public HttpSession, public std::enable_shared_from_this<Session> {
 public:
  Session(std::unique_ptr<HttpStream> stream, HttpPeer peer, std::shared_ptr<HttpOwner> owner)
      : stream_(std::move(stream)),
        peer_(std::move(peer)),
        slice_(owner->countdown()),
        owner_(std::move(owner)),
        reader_(owner_->limits()) {
    owner_->opened(*this);
  }
  ~Session() override {
    if (!ended_) owner_->closed(*this);
  }

  void start() {
    count_down(owner_->limits().request);
    stream_->begin([self = shared_from_this()](const error_code& error, std::size_t) {
      error ? self->cut() : self->go_on();
    });
  }

  Phase phase() const override { return phase_; }
  const HttpPeer& peer() const override { return peer_; }

  void cut() override {
    if (std::exchange(ended_, true)) return;
    const auto self = shared_from_this();
    slice_->cancel();
    stream_->close();
    owner_->closed(*this);
  }

  void stop() override {
    stopping_ = true;
    if (phase_ != Phase::answering) cut();
  }

 private:
  // With what has come so far. Each request is a turn of the loop of its own: the next one is
  // looked at when the answer to this one has left.
  void go_on() {
    if (ended_) return;
    switch (reader_.read()) {
      case HttpReading::more:
        return read_more();
      case HttpReading::go_on:
        return say_go_on();
      case HttpReading::whole:
        return handle();
      case HttpReading::refused:
        return refuse(reader_.refusal());
    }
  }

  void read_more() {
    stream_->read_some(buffer_.data(), buffer_.size(),
                       [self = shared_from_this()](const error_code& error, std::size_t got) {
                         self->has_read(error, got);
                       });
  }

  void has_read(const error_code& error, std::size_t got) {
    if (ended_) return;
    if (error) return nothing_more();
    if (phase_ == Phase::waiting) {
      move_to(Phase::reading);
      // The first request has its time from the connection on.
      if (requests_ > 0) count_down(owner_->limits().request);
    }
    reader_.put({buffer_.data(), got});
    go_on();
  }

  // The other side is gone, or says no more, or its time is over.
  void nothing_more() {
    if (phase_ != Phase::reading) return cut();
    if (too_slow_) return refuse(plain_text(408, "the request did not come in time\n"));
    reader_.put_end();
    refuse(reader_.refusal());
  }

  void say_go_on() {
    out_ = "HTTP/1.1 100 Continue\r\n\r\n";
    stream_->write(out_, [self = shared_from_this()](const error_code& error, std::size_t) {
      error ? self->cut() : self->go_on();
    });
  }

  void handle() {
    ++requests_;
    const bool keep = reader_.keeps_alive() && requests_ < owner_->limits().requests;
    HttpRequest request = reader_.take();
    request.peer = peer_.name;
    if (peer_.trusted) request.peer = named_by_proxy(request, peer_.name);
    const bool head = request.method == "HEAD";
    const HttpResponse response = owner_->answer(request);
    say(response, head, keep && !stopping_);
  }

  void refuse(const HttpResponse& refusal) { say(refusal, false, false); }

  void say(const HttpResponse& response, bool without_body, bool keep) {
    if (ended_) return;
    move_to(Phase::answering);
    out_ = answer_bytes(response, {without_body, keep, owner_->has_tls()});
    count_down(owner_->limits().answer);
    stream_->write(out_, [self = shared_from_this(), keep](const error_code& error, std::size_t) {
      if (error) return self->cut();
      keep && !self->stopping_ ? self->next() : self->part();
    });
  }

  void next() {
    if (ended_) return;
    out_ = {};
    too_slow_ = false;
    const bool begun = reader_.begun();
    move_to(begun ? Phase::reading : Phase::waiting);
    count_down(begun ? owner_->limits().request : owner_->limits().idle);
    go_on();
  }

  // A client that is still sending would find a closed connection before it looks for the answer.
  void part() {
    if (ended_) return;
    if (stopping_) return cut();
    move_to(Phase::parting);
    count_down(owner_->limits().farewell);
    stream_->end_of_words(
        [self = shared_from_this()](const error_code&, std::size_t) { self->drop_some(); });
  }

  void drop_some() {
    if (ended_) return;
    stream_->drop_some(buffer_.data(), buffer_.size(),
                       [self = shared_from_this()](const error_code& error, std::size_t) {
                         error ? self->cut() : self->drop_some();
                       });
  }

  void move_to(Phase phase) {
    phase_ = phase;
    owner_->moved(*this);
  }

  void count_down(std::chrono::milliseconds patience) {
    slices_left_ = kSlices;
    slice_length_ = patience / kSlices;
    next_slice();
  }

  void next_slice() {
    slice_->start(slice_length_, [self = shared_from_this()] { self->slice_is_over(); });
  }

  void slice_is_over() {
    if (ended_) return;
    if (--slices_left_ > 0) return next_slice();
    if (phase_ != Phase::reading || too_slow_) return cut();
    too_slow_ = true;
    stream_->cancel();
    next_slice();  // what had come just before is not cancelled, and goes on
  }

  std::unique_ptr<HttpStream> stream_;
  const HttpPeer peer_;
  std::unique_ptr<Countdown> slice_;  // of the patience
  std::shared_ptr<HttpOwner> owner_;
  HttpReader reader_;
  Phase phase_ = Phase::waiting;
  int requests_ = 0;
  int slices_left_ = 0;
  std::chrono::milliseconds slice_length_{0};
  bool too_slow_ = false;
  bool stopping_ = false;
  bool ended_ = false;
  std::string out_;  // what is being sent
  std::array<char, 8192> buffer_;
};

}  // namespace

void start_http_session(std::unique_ptr<HttpStream> stream, HttpPeer peer,
                        std::shared_ptr<HttpOwner> owner) {
  std::make_shared<Session>(std::move(stream), std::move(peer), std::move(owner))->start();
}

}  // namespace omamori
