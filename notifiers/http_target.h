// Where a URL of omamori.toml leads, and whether a connection may be made there. Private to
// notifiers/: shared by those that speak HTTP.
#pragma once

#include <string>

#include <curl/curl.h>

#include "notifiers/curl_handle.h"
#include "notifiers/target.h"

namespace omamori {

class HttpTarget {
 public:
  // As libcurl itself reads the URL. `allow_private`: addresses of private networks may be used.
  HttpTarget(const std::string& url, bool allow_private);

  // Sets what every request to it has: the URL, protocols, no redirects, and that each address is
  // looked at before a socket is opened. `this` must stay where it is.
  void set_up(CurlHandle& curl);

  // Why nothing may be sent there whatever the address; "" = it may.
  std::string refusal() const;
  // Why no socket was opened in the attempt; "" = one was. Forgotten by forget().
  const std::string& refused() const { return refused_; }
  void forget() { refused_.clear(); }

 private:
  static curl_socket_t open_socket(void* user, curlsocktype, curl_sockaddr* address);

  std::string url_;
  Target leads_to_;
  bool allow_private_;
  std::string refused_;
};

}  // namespace omamori
