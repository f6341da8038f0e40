// A request that came in by a door, and its answer, as values: what travels between the listener
// (daemon/serve/http_listener.h), which knows sockets and TLS, and the handlers of this folder,
// which know neither.
//
// Nothing of a request is logged: its path may hold a token (P8).
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace omamori {

struct HttpRequest {
  std::string method;  // "GET", as it was sent
  std::string path;    // decoded once, begins with '/', without "." and ".." parts
  std::map<std::string, std::string> query;    // decoded; of a name given twice the last
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;                            // whole, at most what the listener allows
  std::string peer;  // address of whoever asks, behind a trusted proxy the one it names; for limits

  std::string header(const std::string& lower_case_name) const {
    const auto found = headers.find(lower_case_name);
    return found == headers.end() ? std::string() : found->second;
  }
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
  // Besides those that every answer carries (daemon/serve/http_listener.h).
  std::map<std::string, std::string> headers;
};

// What a handler promises: no wait, no exception for anything that a stranger sends.
inline HttpResponse plain_text(int status, std::string_view text) {
  HttpResponse response;
  response.status = status;
  response.body = text;
  return response;
}

}  // namespace omamori
