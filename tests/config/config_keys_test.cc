// What each key of omamori.toml changes, and nothing else.
#include <functional>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/config_file.h"
#include "tests/support/config_test_support.h"

namespace omamori {
namespace {

using test::texts;
using testing::IsEmpty;

// Keys, and what they alone change. Together the rows reach every field of Config but those of
// [http], which tests/config/http_rules_test.cc has.
struct KeyCase {
  const char* text;
  std::function<void(Config&)> change;
};

std::vector<KeyCase> retention_cases() {
  return {
      {"[retention]\nkeep_bodies_days = 91", [](Config& c) { c.retention.keep_bodies_days = 91; }},
      {"[retention]\nkeep_bodies_days = 3650",
       [](Config& c) { c.retention.keep_bodies_days = 3650; }},
      {"[retention]\nkeep_years = 1", [](Config& c) { c.retention.keep_years = 1; }},
      {"[retention]\nkeep_years = 100", [](Config& c) { c.retention.keep_years = 100; }},
  };
}

std::vector<KeyCase> backup_cases() {
  return {
      {"[backup]\ndirectory = \"b\"", [](Config& c) { c.backup.directory = "b"; }},
      {"[backup]\nkeep_days = 1", [](Config& c) { c.backup.keep_days = 1; }},
      {"[backup]\nkeep_days = 3650", [](Config& c) { c.backup.keep_days = 3650; }},
      {"[backup]\nat = \"23:59\"",
       [](Config& c) { c.backup.at = TimeOfDay{std::chrono::minutes{24 * 60 - 1}}; }},
      {"[backup]\nkeep_weeks = 0\nkeep_months = 0",
       [](Config& c) { c.backup.keep_weeks = c.backup.keep_months = 0; }},
      {"[backup]\nkeep_weeks = 520\nkeep_months = 1200",
       [](Config& c) {
         c.backup.keep_weeks = 520;
         c.backup.keep_months = 1200;
       }},
  };
}

const std::vector<KeyCase>& key_cases() {
  static const std::vector<KeyCase> cases = {
      {"[database]\npath = \"x.db\"", [](Config& c) { c.database = "x.db"; }},
      {"[policy]\npath = \"x.toml\"", [](Config& c) { c.policy = "x.toml"; }},
      {"[time]\nzone = \"Europe/Berlin\"", [](Config& c) { c.zone = "Europe/Berlin"; }},
      {"[control]\nsocket = \"/run/o.sock\"", [](Config& c) { c.control_socket = "/run/o.sock"; }},
      {"[smtp]\nhost = \"mail.example.jp\"\nfrom = \"o@example.jp\"",
       [](Config& c) {
         c.smtp.host = "mail.example.jp";
         c.smtp.from = "o@example.jp";
       }},
      {"[smtp]\nport = 1", [](Config& c) { c.smtp.port = 1; }},
      {"[smtp]\nport = 65535", [](Config& c) { c.smtp.port = 65535; }},
      {"[smtp]\ntls = \"implicit\"", [](Config& c) { c.smtp.tls = Tls::implicit; }},
      {"[smtp]\ntls = \"none\"", [](Config& c) { c.smtp.tls = Tls::none; }},
      {"[smtp]\nusername = \"u\"\npassword_file = \"p\"",
       [](Config& c) {
         c.smtp.username = "u";
         c.smtp.password_file = "p";
       }},
      {"[smtp]\nca_file = \"ca.pem\"", [](Config& c) { c.smtp.ca_file = "ca.pem"; }},
      {"[smtp]\nfrom_name = \"お守り（障害福祉課）\"",
       [](Config& c) { c.smtp.from_name = "お守り（障害福祉課）"; }},
      {"[reply]\naddress = \"{code}@c.jp\"", [](Config& c) { c.reply.address = "{code}@c.jp"; }},
      {"[reply]\nrequire = \"spf=pass\"", [](Config& c) { c.reply.require = "spf=pass"; }},
      {"[smtp]\nconnections = 1", [](Config& c) { c.smtp.connections = 1; }},
      {"[smtp]\nconnections = 32", [](Config& c) { c.smtp.connections = 32; }},
      {"[smtp]\nallowed_domains = [\"example.lg.jp\", \"example.or.jp\"]",
       [](Config& c) {
         c.smtp.allowed_domains = {"example.lg.jp", "example.or.jp"};
       }},
      {"[webhook.endpoint.b]\nurl = \"https://b.jp/\"\nsecret_file = \"b\"\nallow_private = true\n"
       "ca_file = \"b.pem\"\n"
       "[webhook.endpoint.a]\nurl = \"http://127.0.0.1:80/\"\nsecret_file = \"a\"",
       [](Config& c) {
         c.webhooks = {{"a", "http://127.0.0.1:80/", "a", false, ""},
                       {"b", "https://b.jp/", "b", true, "b.pem"}};
       }},
      {"[file]\ndirectory = \"outbox\"", [](Config& c) { c.file_directory = "outbox"; }},
      {"[delivery]\nhold = true", [](Config& c) { c.hold = true; }},
      {"[heartbeat]\nurl = \"https://hc.example.jp/x\"",
       [](Config& c) { c.heartbeat.url = "https://hc.example.jp/x"; }},
      {"[heartbeat]\nperiod = \"1m\"",
       [](Config& c) { c.heartbeat.period = std::chrono::minutes{1}; }},
      {"[heartbeat]\nallow_private = true\nca_file = \"hc.pem\"",
       [](Config& c) {
         c.heartbeat.allow_private = true;
         c.heartbeat.ca_file = "hc.pem";
       }},
      {"[templates]\ndirectory = \"/t\"", [](Config& c) { c.templates_directory = "/t"; }},
      {"[privacy]\nshow_names = true", [](Config& c) { c.show_names = true; }},
      // Dotted and inline forms are the same TOML.
      {"smtp.port = 25", [](Config& c) { c.smtp.port = 25; }},
      {"smtp = {port = 25}", [](Config& c) { c.smtp.port = 25; }},
  };
  return cases;
}

TEST(ConfigFile, EachKeyChangesExactlyItsField) {
  std::vector<KeyCase> rows = key_cases();
  for (const KeyCase& row : backup_cases()) rows.push_back(row);
  for (const KeyCase& row : retention_cases()) rows.push_back(row);
  for (const KeyCase& row : rows) {
    SCOPED_TRACE(row.text);
    const auto parsed = parse_config(row.text, "o.toml", "");
    ASSERT_THAT(texts(parsed.errors), IsEmpty());
    Config expected;
    row.change(expected);
    EXPECT_FALSE(*parsed.value == Config{});
    EXPECT_TRUE(*parsed.value == expected);
  }
}

}  // namespace
}  // namespace omamori
