// A mail scanner, as offices have them in front of their mail: it follows every link, asks for it
// by GET and by HEAD, and submits the forms it finds, empty and as they stand. Nothing may come of
// it (P8).
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/world.h"

namespace omamori::sim {

class LinkScanner {
 public:
  explicit LinkScanner(World& world) : world_(world) {}

  // Whoever has the link is sent it now. A link that is known already is not followed again.
  // While the daemon runs; what is wrong, in words.
  std::vector<std::string> scan(const std::string& path);
  // Every link there ever was, once more.
  std::vector<std::string> scan_all();

  std::size_t links() const { return known_.size(); }
  std::size_t requests() const { return requests_; }

 private:
  HttpResponse ask(const std::string& method, const std::string& path, const std::string& body = "",
                   const std::string& type = "application/x-www-form-urlencoded");
  void follow(const std::string& path);

  World& world_;
  std::set<std::string> known_;
  std::size_t requests_ = 0;
  std::vector<std::string> wrong_;
};

}  // namespace omamori::sim
