#include "config/config_file.h"

#include <ostream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/config_test_support.h"

namespace omamori {
namespace {

using test::texts;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> errors_of(const std::string& text) {
  const auto parsed = parse_config(text, "o.toml", "/etc/omamori");
  EXPECT_EQ(parsed.value.has_value(), parsed.errors.empty());
  return texts(parsed.errors);
}

TEST(ConfigFile, TheListsOfControlNameUsersAndGroups) {
  const auto parsed = parse_config(
      "[control]\noperators = [\"sato\", \"Domain Admins\"]\nrecorders = [\"welfare\"]\n"
      "mailers = [\"mail\"]",
      "o.toml", "");
  ASSERT_TRUE(parsed.value);
  const ControlLists expected{{"sato", "Domain Admins"}, {"welfare"}, {"mail"}};
  EXPECT_EQ(parsed.value->control, expected);
  for (const char* wrong : {"[\"\"]", "[\"sato, ito\"]", "\"sato\"", "[1]"}) {
    EXPECT_FALSE(parse_config(std::string("[control]\nrecorders = ") + wrong, "o.toml", "").value)
        << wrong;
  }
}

TEST(ConfigFile, NothingWrittenIsTheDefault) {
  const auto parsed = parse_config("", "o.toml", "");
  ASSERT_THAT(texts(parsed.errors), IsEmpty());
  EXPECT_EQ(*parsed.value, Config{});
}

TEST(ConfigFile, TheExampleShowsTheDefaults) {
  const auto parsed =
      parse_config(test::repository_file("config/omamori.toml"), "omamori.toml", "");
  ASSERT_THAT(texts(parsed.errors), IsEmpty());
  EXPECT_EQ(*parsed.value, Config{});
}

TEST(ConfigFile, TheExamplesInTheExampleAreRightToo) {
  const std::string text = test::with_examples(test::repository_file("config/omamori.toml"));
  const auto parsed = parse_config(text, "omamori.toml", "");
  ASSERT_THAT(texts(parsed.errors), IsEmpty());
  Config expected;
  expected.webhooks = {
      {"case-tool", "https://tool.example.jp/hooks/omamori", "case-tool-secret", false, ""}};
  EXPECT_EQ(*parsed.value, expected);
}

TEST(ConfigFile, RelativePathsAreThoseOfTheFile) {
  const auto parsed = parse_config(
      "[policy]\npath = \"../policy.toml\"\n[database]\npath = \"/var/lib/omamori/o.db\"\n"
      "[smtp]\nusername = \"u\"\npassword_file = \"p\"\nca_file = \"ca.pem\"\n"
      "[webhook.endpoint.x]\nurl = \"https://example.jp/\"\nsecret_file = \"s\"\n"
      "ca_file = \"tool.pem\"\n"
      "[file]\ndirectory = \"outbox\"\n[backup]\ndirectory = \"./backup\"\n"
      "[templates]\ndirectory = \"words\"\n",
      "o.toml", "/etc/omamori");
  ASSERT_THAT(texts(parsed.errors), IsEmpty());
  const Config& config = *parsed.value;
  EXPECT_EQ(config.policy, "/etc/policy.toml");
  EXPECT_EQ(config.database, "/var/lib/omamori/o.db");
  EXPECT_EQ(config.control_socket, "/etc/omamori/control.sock");  // the default as well
  EXPECT_EQ(config.smtp.password_file, "/etc/omamori/p");
  EXPECT_EQ(config.templates_directory, "/etc/omamori/words");
  EXPECT_EQ(config.smtp.ca_file, "/etc/omamori/ca.pem");
  EXPECT_EQ(config.webhooks.at(0).secret_file, "/etc/omamori/s");
  EXPECT_EQ(config.webhooks.at(0).ca_file, "/etc/omamori/tool.pem");
  EXPECT_EQ(config.file_directory, "/etc/omamori/outbox");
  EXPECT_EQ(config.backup.directory, "/etc/omamori/backup");
}

TEST(ConfigFile, WhatIsEmptyStaysEmpty) {
  const auto parsed = parse_config("", "o.toml", "/etc/omamori");
  ASSERT_THAT(texts(parsed.errors), IsEmpty());
  EXPECT_TRUE(parsed.value->smtp.ca_file.empty());
  EXPECT_TRUE(parsed.value->smtp.password_file.empty());
  EXPECT_TRUE(parsed.value->file_directory.empty());
  EXPECT_TRUE(parsed.value->backup.directory.empty());
}

// A mistake and the one error it gives.
struct ErrorCase {
  const char* text;
  const char* error;
};

// What a failing row is called in the output.
void PrintTo(const ErrorCase& row, std::ostream* out) { *out << row.text; }

class ConfigMistake : public testing::TestWithParam<ErrorCase> {};

TEST_P(ConfigMistake, IsNamedWithItsPlace) {
  EXPECT_THAT(errors_of(GetParam().text), ElementsAre(GetParam().error));
}

INSTANTIATE_TEST_SUITE_P(
    Keys, ConfigMistake,
    testing::Values(
        ErrorCase{"[smpt]\nhost = \"x\"", "o.toml:1:2: unknown table `smpt`; did you mean `smtp`?"},
        ErrorCase{"[smtp]\nhots = \"x\"",
                  "o.toml:2:1: unknown key `hots` in [smtp]; did you mean `host`?"},
        ErrorCase{"hold = true",
                  "o.toml:1:1: unknown key `hold`; possible here: backup, control, database, "
                  "delivery, file, heartbeat, http, policy, privacy, reply, "
                  "retention, smtp, templates, time, webhook"},
        ErrorCase{"database = \"x.db\"", "o.toml:1:12: `database` must be a table, found a string"},
        ErrorCase{"[[smtp]]\nport = 25", "o.toml:1:1: `smtp` must be a table, found an array"},
        ErrorCase{"[webhook.case-tool]\nurl = \"https://x.jp/\"",
                  "o.toml:1:10: unknown table `case-tool` in [webhook]; possible here: endpoint"},
        ErrorCase{"[webhook.endpoint.t]\nurl = \"https://x.jp/\"\nsecret = \"x\"\n"
                  "secret_file = \"x\"",
                  "o.toml:3:1: unknown key `secret` in [webhook.endpoint.t]; possible here: "
                  "allow_private, ca_file, secret_file, url"}));

INSTANTIATE_TEST_SUITE_P(
    Values, ConfigMistake,
    testing::Values(
        ErrorCase{"[database]\npath = \"\"", "o.toml:2:8: `path` must not be empty"},
        ErrorCase{"[database]\npath = \"a\\nb\"",
                  "o.toml:2:8: `path` must not contain line breaks, tabs or control characters"},
        ErrorCase{"[policy]\npath = 1",
                  "o.toml:2:8: `path` must be a string, found an integer; put it in quotes"},
        ErrorCase{"[time]\nzone = \"Asia/Tokio\"",
                  "o.toml:2:8: `zone` must be a time zone this machine knows, such as "
                  "\"Asia/Tokyo\""},
        ErrorCase{"[time]\nzone = \"\"",
                  "o.toml:2:8: `zone` must be a time zone this machine knows, such as "
                  "\"Asia/Tokyo\""},
        ErrorCase{"[delivery]\nhold = \"true\"",
                  "o.toml:2:8: `hold` must be true or false, found a string; write true or false "
                  "without quotes"},
        ErrorCase{"[backup]\nkeep_days = 0",
                  "o.toml:2:13: `keep_days` must be between 1 and 3650, found 0"},
        ErrorCase{"[backup]\nkeep_days = 3651",
                  "o.toml:2:13: `keep_days` must be between 1 and 3650, found 3651"},
        ErrorCase{"[backup]\nat = \"24:00\"",
                  "o.toml:2:6: `at` must be a time of day such as \"03:00\""},
        ErrorCase{"[backup]\nkeep_weeks = 521",
                  "o.toml:2:14: `keep_weeks` must be between 0 and 520, found 521"},
        ErrorCase{"[backup]\nkeep_months = -1",
                  "o.toml:2:15: `keep_months` must be between 0 and 1200, found -1"},
        ErrorCase{"[retention]\nkeep_bodies_days = 89",
                  "o.toml:2:20: `keep_bodies_days` must be between 90 and 3650, found 89"},
        ErrorCase{"[retention]\nkeep_years = 0",
                  "o.toml:2:14: `keep_years` must be between 1 and 100, found 0"},
        ErrorCase{"[heartbeat]\nurl = \"http://hc.example.jp/secret\"",
                  "o.toml:2:7: `url` must begin with https:// (http:// is possible to this "
                  "machine only, as in http://127.0.0.1/)"},
        ErrorCase{"[heartbeat]\nperiod = \"30s\"",
                  "o.toml:2:10: `period` must be a duration such as \"5m\" or \"1h\", from 1 "
                  "minute to 7 days"},
        ErrorCase{"[privacy]\nshow_names = 1",
                  "o.toml:2:14: `show_names` must be true or false, found an integer"}));

#define MAIL "[smtp]\nhost = \"mail.jp\"\nfrom = \"o@mail.jp\"\n"
#define NONE_ERROR                                                                   \
  "`tls` must not be \"none\" unless `host` is this machine (localhost, 127.0.0.1, " \
  "::1); passwords and messages would be readable on the way"

INSTANTIATE_TEST_SUITE_P(
    Smtp, ConfigMistake,
    testing::Values(
        ErrorCase{"[smtp]\nhost = \"mail.jp:25\"\nfrom = \"o@mail.jp\"",
                  "o.toml:2:8: `host` must be a host name or an address, without a port or "
                  "brackets"},
        ErrorCase{"[smtp]\nhost = \"mail.jp\"",
                  "o.toml:2:8: `host` needs `from` as well, the address that messages come from"},
        ErrorCase{"[smtp]\nhost = \"mail.jp\"\nfrom = \"o\"",
                  "o.toml:3:8: `from` must be a mail address such as \"omamori@example.lg.jp\", "
                  "without a name: the address has no @"},
        ErrorCase{"[smtp]\nfrom_name = \"a\\nBcc: b@c.jp\"",
                  "o.toml:2:13: `from_name` must not contain line breaks, tabs or control "
                  "characters"},
        ErrorCase{"[smtp]\nfrom_name = \" x\"",
                  "o.toml:2:13: `from_name` must not begin or end with a space"},
        ErrorCase{"[reply]\naddress = \"desk\"",
                  "o.toml:2:11: `address` must be a mail address such as "
                  "\"omamori@example.lg.jp\", without a name: the address has no @"},
        ErrorCase{"[reply]\naddress = \"omamori@{code}.example\"",
                  "o.toml:2:11: `address` must hold {code} once, before the @, as in "
                  "\"omamori+{code}@city.example\""},
        ErrorCase{"[reply]\naddress = \"omamori+{code}\"",
                  "o.toml:2:11: `address` must be a mail address such as "
                  "\"omamori@example.lg.jp\", without a name: the address has no @"},
        ErrorCase{"[reply]\nrequire = \"dkim=none\"",
                  "o.toml:2:11: `require` must be \"dkim=pass\", \"spf=pass\", \"dmarc=pass\" or "
                  "empty"},
        ErrorCase{"[smtp]\nport = 0", "o.toml:2:8: `port` must be between 1 and 65535, found 0"},
        ErrorCase{"[smtp]\nport = 65536",
                  "o.toml:2:8: `port` must be between 1 and 65535, found 65536"},
        ErrorCase{"[smtp]\ntls = \"ssl\"",
                  "o.toml:2:7: `tls` must be \"starttls\", \"implicit\" or \"none\""},
        ErrorCase{MAIL "tls = \"none\"", "o.toml:4:7: " NONE_ERROR},
        ErrorCase{"[smtp]\nhost = \"127.mail.jp\"\nfrom = \"o@mail.jp\"\ntls = \"none\"",
                  "o.toml:4:7: " NONE_ERROR},
        ErrorCase{MAIL "username = \"u\"", "o.toml:4:12: `username` needs `password_file` as well"},
        ErrorCase{MAIL "password_file = \"p\"\nusername = \"\"",
                  "o.toml:4:17: `password_file` needs `username` as well"},
        // One mistake, one error: the other key is there, but wrong.
        ErrorCase{MAIL "password_file = \"p\"\nusername = 1",
                  "o.toml:5:12: `username` must be a string, found an integer; put it in quotes"},
        ErrorCase{"[smtp]\nconnections = 33",
                  "o.toml:2:15: `connections` must be between 1 and 32, found 33"},
        ErrorCase{"[smtp]\nallowed_domains = [\"a.jp\", \"@b.jp\"]",
                  "o.toml:2:28: an item of `allowed_domains` must be a domain such as "
                  "\"example.lg.jp\", without what stands before the @"}));

INSTANTIATE_TEST_SUITE_P(
    Webhooks, ConfigMistake,
    testing::Values(
        ErrorCase{"[webhook.endpoint.t]\nurl = \"https://x.jp/\"",
                  "o.toml:1:1: [webhook.endpoint.t] needs `secret_file`"},
        ErrorCase{"[webhook.endpoint.t]\nurl = \"\"\nsecret_file = \"s\"",
                  "o.toml:2:7: `url` must not be empty"},
        ErrorCase{"[webhook.endpoint.t]\nurl = \"https://x.jp/\"\nsecret_file = \"\"",
                  "o.toml:3:15: `secret_file` must not be empty"},
        ErrorCase{"[webhook.endpoint.\"a b\"]\nurl = \"https://x.jp/\"\nsecret_file = \"s\"",
                  "o.toml:1:19: the name of an endpoint must be a code: 1 to 64 of the characters "
                  "A-Z a-z 0-9 . _ -"},
        ErrorCase{"[webhook.endpoint]\nt = 1",
                  "o.toml:2:5: an endpoint must be a table; write [webhook.endpoint.t]"}));

TEST(ConfigFile, NoEncryptionIsForThisMachine) {
  for (const char* host : {"localhost", "127.0.0.1", "127.0.0.53", "::1"}) {
    EXPECT_THAT(errors_of(std::string("[smtp]\nfrom = \"o@mail.jp\"\ntls = \"none\"\nhost = \"") +
                          host + "\""),
                IsEmpty())
        << host;
  }
}

TEST(ConfigFile, ASocketPathHas107BytesAtMost) {
  const auto socket = [](std::size_t length) {
    return "[control]\nsocket = \"/" + std::string(length - 1, 's') + "\"";
  };
  EXPECT_THAT(errors_of(socket(107)), IsEmpty());
  EXPECT_THAT(errors_of(socket(108)),
              ElementsAre("o.toml:2:10: `socket` is 108 bytes long with its directory; a socket's "
                          "path has at most 107"));
}

TEST(ConfigFile, TenMistakesTenErrorsInTheOrderOfTheFile) {
  const std::string text =
      "[database]\n"
      "pth = \"x\"\n"  // 1
      "[time]\n"
      "zone = 9\n"  // 2
      "[smtp]\n"
      "host = \"mail jp\"\n"     // 3
      "port = \"587\"\n"         // 4
      "  tls = \"tls\"\n"        // 5
      "from = \"omamori\"\n"     // 6
      "allowed_domains = [1]\n"  // 7
      "[delivery]\n"
      "hold = 0\n"  // 8
      "[backup]\n"
      "keep_days = -1\n"  // 9
      "[privat]\n"        // 10
      "show_names = true\n";
  EXPECT_THAT(
      errors_of(text),
      ElementsAre("o.toml:2:1: unknown key `pth` in [database]; did you mean `path`?",
                  "o.toml:4:8: `zone` must be a string, found an integer; put it in quotes",
                  "o.toml:6:8: `host` must be a host name or an address, without a port or "
                  "brackets",
                  "o.toml:7:8: `port` must be an integer, found a string; write the number "
                  "without quotes",
                  "o.toml:8:9: `tls` must be \"starttls\", \"implicit\" or \"none\"",
                  "o.toml:9:8: `from` must be a mail address such as \"omamori@example.lg.jp\", "
                  "without a name: the address has no @",
                  "o.toml:10:20: an item of `allowed_domains` must be a string, found an integer; "
                  "put it in quotes",
                  "o.toml:12:8: `hold` must be true or false, found an integer",
                  "o.toml:14:13: `keep_days` must be between 1 and 3650, found -1",
                  "o.toml:15:2: unknown table `privat`; did you mean `privacy`?"));
}

TEST(ConfigFile, OfSyntaxTheFirstMistake) {
  EXPECT_THAT(errors_of("[smtp]\nport = \n[smpt]\nhost = x"),
              ElementsAre("o.toml:2:8: Error while parsing key-value pair: expected value, saw "
                          "…"));
}

TEST(ConfigFile, LoadingResolvesAgainstTheDirectoryOfTheFile) {
  const test::TemporaryDirectory directory;
  const auto path = directory.write("omamori.toml", "[time]\nzone = \"UTC\"\n");
  const auto parsed = load_config(path);
  ASSERT_THAT(texts(parsed.errors), IsEmpty());
  EXPECT_EQ(parsed.value->zone, "UTC");
  EXPECT_EQ(parsed.value->database, directory.path() / "omamori.db");
}

TEST(ConfigFile, AFileThatIsMissingOrTooLargeIsAnError) {
  const test::TemporaryDirectory directory;
  const std::string missing = (directory.path() / "nowhere.toml").string();
  EXPECT_THAT(texts(load_config(missing).errors), ElementsAre(missing + ": there is no such file"));
  const auto large = directory.write("omamori.toml", std::string(5'000'000, '#'));
  EXPECT_THAT(
      texts(load_config(large).errors),
      ElementsAre(large.string() + ": is larger than 1 MiB; this cannot be a settings file"));
}

}  // namespace
}  // namespace omamori
