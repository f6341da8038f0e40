#include "notifiers/curl_handle.h"

#include <sys/socket.h>

#include <stdexcept>
#include <utility>

namespace omamori {
namespace {

// Process-wide and never undone: threads may still be sending while main() leaves.
void set_up_curl_once() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (code != CURLE_OK) {
    throw std::runtime_error(std::string("libcurl cannot start: ") + curl_easy_strerror(code));
  }
}

}  // namespace

CurlHandle::CurlHandle(std::stop_token stop) : stop_(std::move(stop)) {
  set_up_curl_once();
  handle_.reset(curl_easy_init());
  if (!handle_) throw std::runtime_error("libcurl gives no handle: out of memory?");
  set(CURLOPT_NOSIGNAL, 1L);  // we are one of several threads
  // A limit of time, or a stop, ends a transfer also while the name server does not answer: libcurl
  // does not wait for the thread that asks it. That one ends when the resolver gives up.
  set(CURLOPT_QUICK_EXIT, 1L);
  set(CURLOPT_ERRORBUFFER, error_.data());
  set(CURLOPT_XFERINFOFUNCTION, &go_on);
  set(CURLOPT_XFERINFODATA, this);
  set(CURLOPT_NOPROGRESS, 0L);
  // Whatever the environment says of proxies.
  set(CURLOPT_PROXY, "");
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
}

// Called by libcurl at least once a second, also while it waits for the reply to a mail.
int CurlHandle::go_on(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto& self = *static_cast<CurlHandle*>(user);
  if (self.stop_requested()) return 1;
  const auto now = self.limits_.now();
  self.too_slow_ =
      now - self.last_heard_ > self.limits_.reply || now - self.begun_ > self.limits_.whole;
  return self.too_slow_ ? 1 : 0;
}

CurlHandle::~CurlHandle() {
  if (stop_requested()) hang_up();
}

// libcurl's own way out waits up to two minutes for a mail server's answer to QUIT.
void CurlHandle::hang_up() {
  curl_socket_t socket = CURL_SOCKET_BAD;
  if (curl_easy_getinfo(handle_.get(), CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK &&
      socket != CURL_SOCKET_BAD) {
    ::shutdown(socket, SHUT_RDWR);
  }
}

void CurlHandle::trust(const std::filesystem::path& ca_file) {
  if (ca_file.empty()) return;
  set(CURLOPT_CAINFO, ca_file.c_str());
  set(CURLOPT_CAPATH, static_cast<char*>(nullptr));  // those and no others
}

void CurlHandle::limit(const TimeLimits& limits) {
  limits_ = limits;
  set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(limits.connect.count()));
  set(CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(limits.reply.count()));
  set(CURLOPT_TIMEOUT, static_cast<long>(limits.whole.count()));
}

CURLcode CurlHandle::perform() {
  error_.fill('\0');
  too_slow_ = false;
  begun_ = limits_.now();
  last_heard_ = begun_;
  const CURLcode code = curl_easy_perform(handle_.get());
  if (code == CURLE_ABORTED_BY_CALLBACK) hang_up();
  return code;
}

std::string CurlHandle::words(CURLcode code) const {
  if (code == CURLE_OK) return {};
  if (was_stopped(code)) return "broken off by omamori";
  if (code == CURLE_ABORTED_BY_CALLBACK) return "no answer in time";
  return error_[0] != '\0' ? error_.data() : curl_easy_strerror(code);
}

void CurlHandle::check(CURLoption option, CURLcode code) {
  if (code == CURLE_OK) return;
  throw std::runtime_error("libcurl refuses option " + std::to_string(option) + ": " +
                           curl_easy_strerror(code));
}

}  // namespace omamori
