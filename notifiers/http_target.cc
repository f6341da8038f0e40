#include "notifiers/http_target.h"

#include <sys/socket.h>

#include <memory>
#include <utility>

#include "notifiers/network.h"

namespace omamori {

HttpTarget::HttpTarget(const std::string& url, bool allow_private)
    : url_(url), allow_private_(allow_private) {
  const std::unique_ptr<CURLU, void (*)(CURLU*)> parsed(curl_url(), &curl_url_cleanup);
  const auto part = [&](CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(parsed.get(), which, &text, 0) != CURLUE_OK) return std::string();
    const std::unique_ptr<char, void (*)(void*)> owner(text, &curl_free);
    return std::string(text);
  };
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return;
  plain_text_ = part(CURLUPART_SCHEME) == "http";
  this_machine_ = is_this_machine(part(CURLUPART_HOST));
}

void HttpTarget::set_up(CurlHandle& curl) {
  curl.set(CURLOPT_URL, url_.c_str());
  curl.set(CURLOPT_PROTOCOLS_STR, this_machine_ ? "http,https" : "https");
  curl.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl.set(CURLOPT_FOLLOWLOCATION, 0L);
  curl.set(CURLOPT_USERAGENT, "omamori");
  curl.set(CURLOPT_OPENSOCKETFUNCTION, &HttpTarget::open_socket);
  curl.set(CURLOPT_OPENSOCKETDATA, this);
}

std::string HttpTarget::refusal() const {
  if (!plain_text_ || this_machine_) return "";
  return "http:// is only for this machine; the url must be https://";
}

// Asked with the address that the name led to, so that no name server can talk its way in.
curl_socket_t HttpTarget::open_socket(void* user, curlsocktype, curl_sockaddr* address) {
  auto& target = *static_cast<HttpTarget*>(user);
  if (auto problem = target.problem_of(address->addr)) {
    target.refused_ = std::move(*problem);
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::optional<std::string> HttpTarget::problem_of(const sockaddr& address) const {
  if (this_machine_) {
    if (address_is_loopback(address)) return std::nullopt;
    return "the host's name means this machine, its address " + to_text(address) + " does not";
  }
  if (allow_private_ || !address_is_private(address)) return std::nullopt;
  return "the host's address " + to_text(address) +
         " is private; allow_private = true would permit it";
}

}  // namespace omamori
