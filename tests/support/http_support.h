// A real HTTP server for the tests of webhooks, and what it was asked.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "config/config.h"
#include "notifiers/base64.h"
#include "tests/support/child_process.h"
#include "tests/support/places.h"
#include "tests/support/scratch_directory.h"
#include "tests/support/waiting.h"

namespace omamori {

// A request as tests/support/http_server.py received it.
struct HeardRequest {
  std::string method, path, body;
  boost::json::object headers;  // lower case names
  int port = 0;                 // of the client
  std::string header(const std::string& name) const {
    const auto* value = headers.if_contains(name);
    return value ? boost::json::value_to<std::string>(*value) : "";
  }
};

// tests/support/http_server.py, running on a free port of the loopback for as long as this lives.
class HttpServer {
 public:
  explicit HttpServer(const std::vector<std::string>& options = {})
      : process_(command(requests_.path(), options)) {
    const std::string line = process_.read_line();
    if (line.empty()) throw std::runtime_error("tests/support/http_server.py did not start");
    port_ = std::stoi(line);
  }

  int port() const { return port_; }
  void end() { process_.end(); }
  std::string url(const std::string& scheme = "http", const std::string& host = "localhost") const {
    return scheme + "://" + host + ":" + std::to_string(port_) + "/hooks/omamori?to=us";
  }
  WebhookEndpoint endpoint() const { return {"case-tool", url(), "", false, ""}; }

  // How many requests have come in whole.
  int count() const {
    int number = 0;
    while (std::filesystem::exists(file(number + 1))) ++number;
    return number;
  }
  // Until at least so many have.
  void wait_for_requests(int number) const {
    wait_for_files(requests_.path(), [&] { return count() >= number; });
  }
  // Until it has written down `name`; what it wrote.
  std::string wait_for_note(const std::string& name) const {
    wait_for_files(requests_.path(), [&] { return std::filesystem::exists(note(name)); });
    return read_file(note(name));
  }
  std::filesystem::path file(int number) const { return note(std::to_string(number) + ".json"); }
  // What else the server writes down.
  std::filesystem::path note(const std::string& name) const { return requests_.path() / name; }

  HeardRequest request(int number) const {
    const auto json = boost::json::parse(read_file(file(number))).as_object();
    const auto text = [&](const char* key) {
      return boost::json::value_to<std::string>(json.at(key));
    };
    return {text("method"), text("path"), from_base64(text("body")).value(),
            json.at("headers").as_object(), boost::json::value_to<int>(json.at("port"))};
  }

 private:
  static std::vector<std::string> command(const std::filesystem::path& directory,
                                          const std::vector<std::string>& options) {
    std::vector<std::string> all{source_path("tests/support/http_server.py"), directory.string()};
    all.insert(all.end(), options.begin(), options.end());
    return all;
  }

  ScratchDirectory requests_;
  ChildProcess process_;
  int port_ = 0;
};

}  // namespace omamori
