// libcurl's easy handle, for the two notifiers that speak through it. Private to notifiers/.
//
// One handle is one connection, kept between messages. It is used by one thread at a time.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include <curl/curl.h>

#include "notifiers/time_limits.h"

namespace omamori {

class CurlHandle {
 public:
  // A transfer ends with CURLE_ABORTED_BY_CALLBACK within about a second of a stop being requested,
  // whatever it waits for. Throws std::runtime_error if libcurl cannot be set up at all.
  explicit CurlHandle(std::stop_token stop);
  CurlHandle(const CurlHandle&) = delete;
  CurlHandle& operator=(const CurlHandle&) = delete;
  // Says goodbye to the server and waits for its answer; after a stop it just hangs up.
  ~CurlHandle();

  CURL* get() const { return handle_.get(); }
  bool stop_requested() const { return stop_.stop_requested(); }

  // Throws std::runtime_error if libcurl refuses: a mistake of ours or no memory.
  template <typename Value>
  void set(CURLoption option, Value value) {
    check(option, curl_easy_setopt(handle_.get(), option, value));
  }

  // The authorities of the file instead of the system's; an empty path leaves those.
  void trust(const std::filesystem::path& ca_file);

  void limit(const TimeLimits& limits);

  CURLcode perform();

  // libcurl's account of the last transfer's error; empty after CURLE_OK.
  std::string words(CURLcode code) const;

 private:
  struct Free {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  };
  static void check(CURLoption option, CURLcode code);

  std::stop_token stop_;
  std::array<char, CURL_ERROR_SIZE> error_{};
  std::unique_ptr<CURL, Free> handle_;
};

struct FreeCurlList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CurlList = std::unique_ptr<curl_slist, FreeCurlList>;

}  // namespace omamori
