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

  // Before the first perform(). What takes longer ends with CURLE_ABORTED_BY_CALLBACK: libcurl's
  // own limits do not hold while it waits for the answer to a mail's final dot.
  void limit(const TimeLimits& limits);

  CURLcode perform();
  // Something was sent or heard: the limit of a reply counts from now.
  void heard_something() { last_heard_ = limits_.now(); }
  // Whether perform() has ended because somebody asked for it, not because a limit was passed.
  bool was_stopped(CURLcode code) const { return code == CURLE_ABORTED_BY_CALLBACK && !too_slow_; }

  // libcurl's account of the last transfer's error; empty after CURLE_OK.
  std::string words(CURLcode code) const;

 private:
  struct Free {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  };
  void hang_up();
  static void check(CURLoption option, CURLcode code);
  static int go_on(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t);

  const std::stop_token stop_;
  TimeLimits limits_{std::chrono::hours{24}, std::chrono::hours{24}, std::chrono::hours{24}};
  std::chrono::steady_clock::time_point begun_;
  std::chrono::steady_clock::time_point last_heard_;
  bool too_slow_ = false;  // the last perform() passed a limit
  std::array<char, CURL_ERROR_SIZE> error_{};
  std::unique_ptr<CURL, Free> handle_;
};

struct FreeCurlList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CurlList = std::unique_ptr<curl_slist, FreeCurlList>;

}  // namespace omamori
