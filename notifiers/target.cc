#include "notifiers/target.h"

#include <memory>

#include <curl/curl.h>

#include "notifiers/network.h"

namespace omamori {

Target target_of(const std::string& url) {
  const std::unique_ptr<CURLU, void (*)(CURLU*)> parsed(curl_url(), &curl_url_cleanup);
  const auto part = [&](CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(parsed.get(), which, &text, 0) != CURLUE_OK) return std::string();
    const std::unique_ptr<char, void (*)(void*)> owner(text, &curl_free);
    return std::string(text);
  };
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return {};
  return {part(CURLUPART_SCHEME) == "http", is_this_machine(part(CURLUPART_HOST))};
}

std::optional<std::string> forbidden(const Target& target, bool allow_private,
                                     const sockaddr& address) {
  if (target.this_machine) {
    if (address_is_loopback(address)) return std::nullopt;
    return "the host's name means this machine, its address " + to_text(address) + " does not";
  }
  if (allow_private || !address_is_private(address)) return std::nullopt;
  return "the host's address " + to_text(address) +
         " is private; allow_private = true would permit it";
}

std::string url_of(const SmtpConfig& smtp) {
  const bool bare_ipv6 = smtp.host.find(':') != std::string::npos && smtp.host.front() != '[';
  const std::string host = bare_ipv6 ? "[" + smtp.host + "]" : smtp.host;
  return (smtp.tls == Tls::implicit ? "smtps://" : "smtp://") + host + ":" +
         std::to_string(smtp.port);
}

}  // namespace omamori
