#include "notifiers/http_target.h"

#include <sys/socket.h>

#include <utility>

#include "notifiers/verdict.h"

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
  curl.set(CURLOPT_HEADERFUNCTION, &HttpTarget::hear_header);
  curl.set(CURLOPT_HEADERDATA, this);
}

std::string HttpTarget::refusal() const {
  if (!leads_to_.plain_text || leads_to_.this_machine) return "";
  return "http:// is only for this machine; the url must be https://";
}

// Once the peer has said its status, it does not matter how the rest of the answer fared. What
// comes before it (100) is none yet.
int HttpTarget::status(const CurlHandle& curl) const {
  long by_libcurl = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &by_libcurl);
  const int status = http_status(status_line_);
  return status >= 200 && status == by_libcurl ? status : 0;
}

std::string HttpTarget::why_no_status(const CurlHandle& curl, CURLcode code) const {
  if (!refused_.empty()) return refused_;
  return code == CURLE_OK ? "the answer is no HTTP" : curl.words(code);
}

void HttpTarget::forget() {
  refused_.clear();
  status_line_.clear();
  head_begins_ = true;
}

// Every line comes here, also what stands behind a body in pieces. A head begins an answer, and
// again behind a head that only says to go on: headers may begin with HTTP as well.
std::size_t HttpTarget::hear_header(char* line, std::size_t size, std::size_t count, void* user) {
  const std::string_view words(line, size * count);
  auto& target = *static_cast<HttpTarget*>(user);
  if (target.head_begins_) target.status_line_ = words;
  const int status = http_status(target.status_line_);
  const bool ended = words == "\r\n" || words == "\n";
  target.head_begins_ = ended && status >= 100 && status < 200;
  return words.size();
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
