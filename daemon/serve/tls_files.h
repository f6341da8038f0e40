// The certificate of the doors and its key, read again when the files change, so that a renewal
// needs no restart. Files that cannot be used change nothing: the ones before stay in use.
//
// One thread, the io_context's. Nothing it says holds anything of the key.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/ssl/context.hpp>

#include "daemon/serve/file_watch.h"

namespace omamori {

class TlsFiles {
 public:
  // `tell` hears when files that changed were taken or cannot be. `key` as in Config: a systemd
  // credential of that name comes first.
  TlsFiles(boost::asio::io_context& io, std::filesystem::path certificate, std::string key,
           std::function<void(const std::string& problem)> tell);

  // Reads both and begins to watch them. "" or why they cannot be used, and what to do.
  std::string begin();
  // For the next connection; null before begin().
  std::shared_ptr<boost::asio::ssl::context> current() const { return current_; }
  // Reads both now, as when they have changed.
  void reread();
  // No longer watches, nor keeps the io_context running.
  void stop();

 private:
  std::string load();

  boost::asio::io_context& io_;
  const std::filesystem::path certificate_;
  const std::string key_;
  std::function<void(const std::string&)> tell_;
  std::shared_ptr<boost::asio::ssl::context> current_;
  std::unique_ptr<FileWatch> certificate_watch_;
  std::unique_ptr<FileWatch> key_watch_;
};

}  // namespace omamori
