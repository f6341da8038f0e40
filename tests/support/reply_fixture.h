// A small office whose people reply to their messages by mail. CM-1 has C-1 and C-2, SV-1 is their
// supervisor; in June 2026 both are to be visited, and CM-1 hears of it on the 1st at 08:30.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "daemon/mail/receive_mail.h"
#include "tests/support/act_fixture.h"

namespace omamori {

class ReplyTest : public ActTest {
 protected:
  static constexpr const char* kReplies = "omamori+{code}@city.example";
  static constexpr const char* kNoon = "2026-06-15T12:00:00+09:00";

  ReplyTest() { read_replies(); }

  // `require`: of [reply].
  void read_replies(const std::string& require = "") {
    Config config = service->config();
    config.reply = {kReplies, require};
    use(service->policy(), config);
    start();
  }

  // A second client of CM-1, so that lines need their numbers.
  void add_second_client() {
    ASSERT_EQ(import({{CsvKind::clients,
                       "client_code,name,certificate_no,office_code,case_manager,plan_kind,"
                       "decision_start,decision_end\n"
                       "C-2,仮 次郎,9876543211,OF-1,CM-1,standby_short_stay,2026-04-01,"
                       "2027-03-31\n"}}),
              "");
  }

  // The newest message to that address, as its bytes left.
  const Message& newest(const std::string& address) const {
    const auto tried = to(address);
    static const Message none;
    for (const Try& one : tries) {
      if (one.to == address) newest_ = one.parcel.message;
    }
    return tried.empty() ? none : newest_;
  }

  // What somebody sends who presses "reply" in the newest message to `from`; `head`: further
  // fields.
  std::string reply_text(const std::string& from, const std::string& body,
                         const std::string& head = "", const std::string& id = "") const {
    const Message& message = newest(from);
    static int sent = 0;
    const std::string message_id = id.empty() ? "reply-" + std::to_string(++sent) : id;
    return "From: <" + from + ">\r\nTo: <" + message.reply_to + ">\r\nSubject: Re: notice\r\n" +
           "Message-ID: <" + message_id + "@mail.example>\r\n" + head +
           "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + body + "\r\n";
  }
  Response receive(const std::string& mail) {
    const Response response = receive_mail(mail, "uid:65534", *service);
    turn();
    return response;
  }
  Response reply(const std::string& from, const std::string& body, const std::string& head = "",
                 const std::string& id = "") {
    return receive(reply_text(from, body, head, id));
  }
  // The answers to that address, oldest first.
  std::vector<Message> answers_to(const std::string& address) const {
    std::vector<Message> found;
    for (const Try& one : to(address)) {
      if (one.parcel.message.type == "omamori.answer") found.push_back(one.parcel.message);
    }
    return found;
  }
  std::string answer_to(const std::string& address) const {
    const auto found = answers_to(address);
    return found.empty() ? "" : found.back().text;
  }
  // A line for each record there is of that client.
  std::vector<std::string> records_of(const std::string& client) {
    std::vector<std::string> found;
    store->each_monitoring([&](const MonitoringRecord& r) {
      if (!r.voided && r.client == client) {
        found.push_back("visit " + to_string(r.on) + " by " + r.by);
      }
    });
    const auto facts = store->facts(client);
    for (const Contact& c : facts->contacts) found.push_back("contact " + to_string(c.on));
    for (const Acknowledgement& a : facts->acknowledgements) {
      found.push_back(a.visit_on ? "plan " + to_string(*a.visit_on) : "word of " + a.staff);
    }
    for (const Suspension& s : facts->suspensions) {
      found.push_back("away " + to_string(s.from) + " to " + (s.until ? to_string(*s.until) : ""));
    }
    for (const EndReport& e : facts->end_reports) found.push_back("ended " + to_string(e.on));
    return found;
  }

 private:
  mutable Message newest_;
};

}  // namespace omamori
