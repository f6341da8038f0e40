// What is kept of the mail that came in: which replies were read, what came of them, and how many
// mails were refused. A part of the store: it shares the store's Database, its thread and its
// transactions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "daemon/model/facts.h"
#include "db/sqlite/database.h"

namespace omamori {

struct StoredReply {
  std::int64_t id = 0;  // of the store
  std::string mail;     // hash of `message` and its Message-ID
  std::string message;  // what it answers: the message that carried the code
  std::string staff;    // who wrote it
  Instant at{};
  Day on{};                        // the local day of `at`
  std::string mail_id;             // its Message-ID; "" = none that can be given back
  std::vector<std::int64_t> acts;  // what it recorded, DoorAct::id
  std::string answer;              // id of our message about it; "" = none
  bool operator==(const StoredReply&) const = default;
};

struct RefusedMail {
  std::string reason;
  int count = 0;
  bool operator==(const RefusedMail&) const = default;
};

class MailRecords {
 public:
  explicit MailRecords(Database& database);

  std::int64_t put(const StoredReply& reply);
  // The one that was read under that hash.
  std::optional<StoredReply> find(const std::string& mail);
  // To that message, newest first.
  std::vector<StoredReply> replies_to(const std::string& message);
  // The reply that our message `answer` is about.
  std::optional<StoredReply> answered_by(const std::string& answer);
  // How many answers were written on that day to replies to `message`.
  int answers(const std::string& message, Day on);

  void count_refused(const std::string& reason, Day on);
  // From that day on, the most frequent first.
  std::vector<RefusedMail> refused_since(Day since);
  // Replies and counts from before that day are forgotten.
  void forget_before(Day day);

 private:
  Statement put_;
  Statement find_;
  Statement to_;
  Statement answered_;
  Statement answers_;
  Statement refuse_;
  Statement refused_;
  Statement forget_;
  Statement forget_refused_;
  Database& db_;
};

}  // namespace omamori
