// Where a URL of omamori.toml leads, and whether a connection may be made there. Private to
// notifiers/: shared by those that speak HTTP.
#pragma once

#include <string>
#include <string_view>

#include <curl/curl.h>

#include "notifiers/curl_handle.h"
#include "notifiers/target.h"

namespace omamori {

class HttpTarget {
 public:
  // As libcurl itself reads the URL. `allow_private`: addresses of private networks may be used.
  HttpTarget(const std::string& url, bool allow_private);

  // Sets what every request to it has: the URL, protocols, no redirects, that each address is
  // looked at before a socket is opened, and that its status line is heard. `this` must stay where
  // it is.
  void set_up(CurlHandle& curl);

  // Why nothing may be sent there whatever the address; "" = it may.
  std::string refusal() const;
  // Of the attempt. Forgotten by forget().
  // Why no socket was opened; "" = one was.
  const std::string& refused() const { return refused_; }
  // The last status line, "HTTP/1.1 404 Not Found"; "" = none came.
  const std::string& status_line() const { return status_line_; }
  // What it says; 0 = no reply, or one of a peer that speaks something else.
  int status(const CurlHandle& curl) const;
  // Why there is no status, where it is 0.
  std::string why_no_status(const CurlHandle& curl, CURLcode code) const;
  void forget();

 private:
  static curl_socket_t open_socket(void* user, curlsocktype, curl_sockaddr* address);
  static std::size_t hear_header(char* line, std::size_t size, std::size_t count, void* user);

  std::string url_;
  Target leads_to_;
  bool allow_private_;
  std::string refused_;
  std::string status_line_;
  bool head_begins_ = true;  // the next line is a status line
};

}  // namespace omamori
