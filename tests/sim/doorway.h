// What everybody who answers by a door in a simulated city stands on: the links they were sent, the
// requests they make, and the promises about both. Every page is looked through for what must not
// be on it (P7), and every link is followed by a mail scanner before anybody reads the message.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/sim/door_promises.h"
#include "tests/sim/link_scanner.h"
#include "tests/sim/page_forms.h"

namespace omamori::sim {

// A link as somebody got it, by the newest message that had it.
struct LinkGot {
  std::string path;
  std::string staff;       // to whom the message went
  std::string obligation;  // key
  Instant at{};
  // Of a mail that can be replied to: which, where to, and the number of the line; 0 = it cannot.
  std::string message = {}, address = {}, reply_to = {};
  int number = 0;
  std::string token() const { return path.substr(path.rfind('/') + 1); }
  bool is_attendance() const { return path.starts_with("/attendance/"); }
};

class Doorway {
 public:
  // What free text of those who answer begins with: it is on no page and in no message.
  static constexpr const char* kSecret = "ないしょ";

  // `private_words`: names, certificate numbers.
  Doorway(World& world, std::vector<std::string> private_words)
      : promises(world), scanner(world), world_(world), private_(std::move(private_words)) {}

  void hear(const ToldMessage& message);
  // A message that answers a reply.
  void hear_answer(const Accepted& accepted);
  std::size_t answers() const { return answers_; }
  // By staff and key.
  const std::map<std::string, std::map<std::string, LinkGot>>& inbox() const { return inbox_; }

  HttpResponse get(const std::string& path) { return ask({"GET", path, {}, {}, "", ""}); }
  HttpResponse post(const std::string& path, const FormFields& fields);
  HttpResponse post_file(const std::string& path, const std::string& csv);
  HttpResponse ask(const HttpRequest& request);
  // Something must not have been written since then.
  JournalHead head() const { return world_.store().journal().head(); }
  void unchanged_since(const JournalHead& before, const std::string& what);

  void happened(const std::string& what) { ++events_[what]; }
  const std::map<std::string, int>& events() const { return events_; }
  void broken(const std::string& what);
  std::vector<std::string> take_broken() { return std::exchange(broken_, {}); }

  DoorPromises promises;
  LinkScanner scanner;

 private:
  void look_through(const std::string& text, const std::string& what);

  World& world_;
  std::vector<std::string> private_;
  std::map<std::string, std::map<std::string, LinkGot>> inbox_;
  std::map<std::string, int> events_;
  std::size_t answers_ = 0;
  std::vector<std::string> broken_;

  int number_of(const Accepted& accepted, const std::string& obligation) const;
};

}  // namespace omamori::sim
