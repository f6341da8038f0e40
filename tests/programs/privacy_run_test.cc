// P7 over a whole run of the real programs: three months in an office where everything that people
// type is a marker, with a mail server, a webhook and files, a lapse, a concern, an endpoint that
// is gone and a policy file with errors. Nothing that leaves or is logged may contain a marker.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <future>
#include <memory>
#include <regex>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/http_support.h"
#include "tests/support/programs.h"
#include "tests/support/waiting.h"
#include "tests/support/webhook_support.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// What the service tells systemd. Read all the time: the queue of such a socket is short.
class ServiceManagerEar {
 public:
  explicit ServiceManagerEar(const std::filesystem::path& path)
      : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.string().copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
    thread_ = std::thread([this] {
      std::string bytes(4096, '\0');
      bool known = false;
      for (;;) {
        const ssize_t got = ::recv(socket_, bytes.data(), bytes.size(), 0);
        if (got <= 0) return;
        heard_ += bytes.substr(0, static_cast<std::size_t>(got)) + "\n";
        if (heard_.find("READY=1") != heard_.npos && !std::exchange(known, true)) {
          ready_.set_value();
        }
      }
    });
  }
  ~ServiceManagerEar() { all(); }
  void wait_until_ready() { ready_.get_future().wait(); }
  // Everything that was said; ends the listening.
  const std::string& all() {
    if (!thread_.joinable()) return heard_;
    ::unsetenv("NOTIFY_SOCKET");
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
    return heard_;
  }

 private:
  int socket_;
  std::string heard_;
  std::promise<void> ready_;
  std::thread thread_;
};

// What came of the run, by where it was found.
struct Leaving {
  std::vector<std::string> mail_heads, mail_bodies, files, webhooks;
  std::string log, status_lines, journal, status, messages, troubles;
  int own_names = 0;  // what a provider calls somebody, in that provider's mail
};

class PrivacyRun : public testing::Test {
 protected:
  void configure(bool show_names) {
    place.clock = "2026-04-01T09:00:00+09:00";
    ASSERT_EQ(place.ctl({"init", "--demo"}).exit, 0);
    place.write("hook.key", std::string(kSecret) + "\n");
    ASSERT_EQ(::chmod(place.path("hook.key").c_str(), 0600), 0);
    place.write("omamori.toml",
                place.read("omamori.toml") +
                    "[smtp]\nhost = \"127.0.0.1\"\nport = " + std::to_string(smtp.port()) +
                    "\ntls = \"none\"\nfrom = \"omamori@example.com\"\n"
                    "[webhook.endpoint.case-tool]\nurl = \"" +
                    http.url() + "\"\nsecret_file = \"hook.key\"\n" +
                    "[privacy]\nshow_names = " + (show_names ? "true" : "false") + "\n");
    good_policy = place.read("policy.toml") +
                  "\n[[override]]\nclient = \"C-3\"\ninterval_months = 1\nfrom = 2026-04-01\n"
                  "reason = \"MARKERoverride\"\n";
    place.write("policy.toml", good_policy);
    place.write("csv/offices.csv", "office_code,name,supervisor\nOF-1,MARKERoffice,SV-1\n");
    place.write("csv/staff.csv",
                "staff_code,name,role,office_code,email,webhook,channels\n"
                "CM-1,MARKERcm,case_manager,OF-1,cm@example.com,,email\n"
                "SV-1,MARKERsv,supervisor,OF-1,sv@example.com,case-tool,webhook email\n"
                "PR-1,MARKERpr,provider,,pr@example.com,,email\n"
                "OP-1,MARKERop,operator,,op@example.com,,email\n"
                "OP-2,MARKERop,operator,,,,file\n");
    place.write(
        "csv/clients.csv",
        "client_code,name,certificate_no,office_code,case_manager,plan_kind,"
        "decision_start,decision_end,short_stay\n"
        "C-1,MARKERname,9876543210,OF-1,CM-1,standby_short_stay,2026-04-01,2027-03-31,MARKERstay\n"
        "C-2,MARKERname2,9876543211,OF-1,,standby_short_stay,2026-04-01,2026-06-30,MARKERstay\n"
        "C-3,MARKERname3,9876543212,OF-1,CM-1,regular,2026-04-01,2027-03-31,MARKERstay\n");
    place.write("csv/safety_checks.csv",
                "check_code,client_code,provider,method,from,every_days,grace_days,agreed_on,"
                "agreed_by,provider_ref\n"
                "S-1,C-1,PR-1,MARKERmethod,2026-04-02,14,3,2026-04-01,MARKERcity,OWNNAME\n"
                "S-2,C-3,MARKERprovider,MARKERmethod,2026-04-02,14,3,2026-04-01,MARKERcity,"
                "OWNNAME\n");
    good({"reload"}, 1);  // nobody runs yet
    good({"import", place.path("csv").string()});
    good({"suspend", "C-2", "--until", "2026-05-20", "--reason", "MARKERreason", "--by",
          "MARKERby"});
  }
  void good(const std::vector<std::string>& words, int exit = 0) {
    const Ran ran = place.ctl(words);
    ASSERT_EQ(ran.exit, exit) << words.front() << " " << ran;
    said += ran.err;
  }
  void run_to(const std::string& day) { good({"clock", "run-to", day + "T12:00:00+09:00"}); }

  // Wrong in a value, in a word, in a key and in the grammar: whatever the reader would quote.
  void break_policy(const std::string& with) {
    place.write("policy.toml", good_policy + with);
    good({"reload"}, 1);
    // The daemon sees the change by itself too, once the file has been quiet, and logs its errors.
    wait_for_files(place.path(""),
                   [&] { return place.read("log").find("policy.toml:") != std::string::npos; });
  }

  void three_months() {
    ServiceManagerEar ear(place.path("notify"));
    std::vector<std::string> line{"/bin/sh", "-c", "exec \"$@\" 2>\"$0\"",
                                  place.path("log").string()};
    const auto daemon = place.command("omamorid", {"--fast"});
    line.insert(line.end(), daemon.begin(), daemon.end());
    ChildProcess process(line);
    place.clock.clear();
    ear.wait_until_ready();
    run_to("2026-04-05");
    good({"record", "check-in", "S-1", "ok", "--by", "MARKERwho", "--note", "MARKERnote"});
    run_to("2026-04-10");
    good({"record", "check-in", "S-2", "concern", "--by", "MARKERwho", "--note", "MARKERnote"});
    run_to("2026-05-08");  // S-1 has lapsed
    good({"record", "contact", "C-3", "--by", "MARKERby", "--note", "MARKERnote"});
    break_policy(
        "[[override]]\nclient = \"C-1\"\ninterval_months = \"MARKERvalue\"\n"
        "from = \"MARKERday\"\nreason = [\"MARKERlist\"]\n\"MARKER key\" = 1\n");
    run_to("2026-05-12");
    break_policy("[[override]]\nreason = \"MARKERunended\nMARKER = = MARKERtwice\n");
    run_to("2026-05-20");
    good({"trouble", "drop", "policy", "--reason", "MARKERdropped"});
    place.write("policy.toml", good_policy);
    good({"reload"});
    good({"endpoint", "enable", "case-tool"});
    good({"test-message", "--to", "SV-1"});
    good({"record", "monitoring", "C-1", "--by", "MARKERby", "--note", "MARKERnote"});
    good({"void", "monitoring", "1", "--reason", "MARKERreason"});
    run_to("2026-07-03");
    look();
    process.ask_to_stop();
    EXPECT_EQ(process.wait(), 0);
    left.status_lines = ear.all();
    left.log = place.read("log");
  }
  void look() {
    left.journal = place.ctl({"log", "--json", "--limit", "0"}).out;
    left.status = place.ctl({"status"}).out + place.ctl({"status", "--json"}).out;
    left.troubles = place.ctl({"trouble", "list"}).out + place.ctl({"endpoint", "list"}).out;
    left.messages = place.ctl({"outbox", "list"}).out;
    const auto messages = boost::json::parse(place.ctl({"outbox", "list", "--json"}).out);
    for (const auto& message : messages.as_array()) {
      left.messages += place.ctl({"outbox", "show", text_of(message.at("id"))}).out;
    }
    for (int n = 1; n <= smtp.accepted(); ++n) add_mail(smtp.eml(n));
    for (const auto& entry : std::filesystem::directory_iterator(place.path("outbox"))) {
      left.files.push_back(all_of(read_mail(entry.path())));
    }
    for (int n = 1; n <= http.count(); ++n) {
      const HeardRequest request = http.request(n);
      left.webhooks.push_back(boost::json::serialize(request.headers) + request.body);
    }
  }
  static std::string text_of(const boost::json::value& v) { return std::string(v.as_string()); }
  static std::string heads_of(const ReadMail& mail) {
    std::string all;
    for (const auto& [name, value] : mail.headers) all += name + ": " + value + "\n";
    return all;
  }
  static std::string bodies_of(const ReadMail& mail) {
    std::string all;
    for (const auto& [type, content] : mail.parts) all += content;
    return all;
  }
  static std::string all_of(const ReadMail& mail) { return heads_of(mail) + bodies_of(mail); }
  void add_mail(const std::filesystem::path& path) {
    const ReadMail mail = read_mail(path);
    left.mail_heads.push_back(heads_of(mail));
    std::string bodies = bodies_of(mail);
    // It is the provider's own.
    for (std::size_t at = 0; mail.to == "pr@example.com";) {
      at = bodies.find("OWNNAME", at);
      if (at == std::string::npos) break;
      bodies.erase(at, std::string("OWNNAME").size());
      ++left.own_names;
    }
    left.mail_bodies.push_back(std::move(bodies));
  }

  Place place;
  SmtpServer smtp;
  // The third thing it hears it answers with "gone", then it is back.
  HttpServer http{{"--answer", "204", "--answer", "204", "--answer", "410", "--answer", "204"}};
  std::string good_policy;
  Leaving left;
  std::string said;
};

const auto kClean =
    AllOf(Not(HasSubstr("MARKER")), Not(HasSubstr("98765432")), Not(HasSubstr("OWNNAME")));

TEST_F(PrivacyRun, NothingThatPeopleTypedLeavesTheMachine) {
  ASSERT_NO_FATAL_FAILURE(configure(false));
  ASSERT_NO_FATAL_FAILURE(three_months());
  // The run had in it what it should have had.
  EXPECT_GT(left.mail_heads.size(), 30U);
  EXPECT_GT(left.webhooks.size(), 5U);
  EXPECT_FALSE(left.files.empty());
  EXPECT_GT(left.own_names, 0);
  EXPECT_THAT(left.journal,
              AllOf(HasSubstr("/lapse/"), HasSubstr("/concern/"), HasSubstr("trouble.dropped"),
                    HasSubstr("policy.refused"), HasSubstr("peer.disabled")));
  EXPECT_THAT(left.log, AllOf(HasSubstr("policy.toml:"), HasSubstr("told CM-1 by smtp")));
  EXPECT_THAT(left.status_lines, AllOf(HasSubstr("READY=1"), HasSubstr("STATUS=")));
  EXPECT_THAT(left.status, HasSubstr("journal head"));
  for (const auto& part : {left.mail_heads, left.mail_bodies, left.files, left.webhooks}) {
    for (const std::string& text : part) EXPECT_THAT(text, kClean);
  }
  EXPECT_THAT(left.log, kClean);
  EXPECT_THAT(left.status_lines, kClean);
  EXPECT_THAT(left.journal, kClean);
  EXPECT_THAT(left.status, kClean);
  EXPECT_THAT(left.messages, kClean);
  EXPECT_THAT(left.troubles, kClean);
  EXPECT_THAT(said, kClean);
}

TEST_F(PrivacyRun, NamesThatAreAllowedStandInTheTextOfMailAlone) {
  ASSERT_NO_FATAL_FAILURE(configure(true));
  ASSERT_NO_FATAL_FAILURE(three_months());
  std::string bodies;
  for (const std::string& text : left.mail_bodies) bodies += text;
  EXPECT_THAT(bodies, AllOf(HasSubstr("C-1　MARKERname"), HasSubstr("CM-1 MARKERcm")));
  const std::regex names("^MARKER(name|cm|sv|pr(?!o)|op)");
  for (auto at = bodies.find("MARKER"); at != std::string::npos;
       at = bodies.find("MARKER", at + 1)) {
    ASSERT_TRUE(std::regex_search(bodies.substr(at, 16), names))
        << "of all that was typed only names of people: " << bodies.substr(at, 30);
  }
  EXPECT_THAT(bodies, AllOf(Not(HasSubstr("98765432")), Not(HasSubstr("OWNNAME"))));
  for (const auto& part : {left.mail_heads, left.webhooks}) {
    for (const std::string& text : part) EXPECT_THAT(text, kClean);
  }
  for (const std::string& text :
       {left.log, left.status_lines, left.journal, left.status, left.troubles, said}) {
    EXPECT_THAT(text, kClean);
  }
}

}  // namespace
}  // namespace omamori
