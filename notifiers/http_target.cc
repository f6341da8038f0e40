#include "notifiers/http_target.h"

#include <sys/socket.h>

#include <utility>

namespace omamori {

HttpTarget::HttpTarget(const std::string& url, bool allow_private)
    : url_(url), leads_to_(target_of(url)), allow_private_(allow_private) {}

void HttpTarget::set_up(CurlHandle& curl) {
  curl.set(CURLOPT_URL, url_.c_str());
  curl.set(CURLOPT_PROTOCOLS_STR, leads_to_.this_machine ? "http,https" : "https");
  curl.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl.set(CURLOPT_FOLLOWLOCATION, 0L);
  curl.set(CURLOPT_USERAGENT, "omamori");
  curl.set(CURLOPT_OPENSOCKETFUNCTION, &HttpTarget::open_socket);
  curl.set(CURLOPT_OPENSOCKETDATA, this);
}

std::string HttpTarget::refusal() const {
  if (!leads_to_.plain_text || leads_to_.this_machine) return "";
  return "http:// is only for this machine; the url must be https://";
}

curl_socket_t HttpTarget::open_socket(void* user, curlsocktype, curl_sockaddr* address) {
  auto& target = *static_cast<HttpTarget*>(user);
  if (auto problem = forbidden(target.leads_to_, target.allow_private_, address->addr)) {
    target.refused_ = std::move(*problem);
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

}  // namespace omamori
