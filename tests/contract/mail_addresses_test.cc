// One rule for mail addresses: what the configuration takes as the sender and the import as
// somebody's, the notifiers take too, and what they refuse comes in nowhere.
#include <string>
#include <variant>

#include <gtest/gtest.h>

#include "config/config_file.h"
#include "daemon/import/csv/cells.h"
#include "daemon/model/mail_address.h"
#include "notifiers/mail_text.h"

namespace omamori {
namespace {

std::string as_toml(const std::string& text) {
  std::string out;
  for (const char c : text) {
    constexpr const char* kDigits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7f && c != '"' && c != '\\') {
      out += c;
    } else {
      out += std::string("\\u00") + kDigits[byte >> 4] + kDigits[byte & 15];
    }
  }
  return "[smtp]\nhost = \"localhost\"\ntls = \"none\"\nfrom = \"" + out + "\"\n";
}

bool configuration_takes(const std::string& address) {
  return parse_config(as_toml(address), "omamori.toml", "/etc/omamori").value.has_value();
}

bool import_takes(const std::string& address) { return read_email(address).value.has_value(); }

// As sender and as recipient.
bool notifiers_take(const std::string& address) {
  Message message;
  message.id = "m-1";
  message.subject = "s";
  message.text = "t";
  Envelope from;
  from.from = address;
  from.to = "cm-1@example.lg.jp";
  Envelope to;
  to.from = "omamori@example.lg.jp";
  to.to = address;
  const bool as_sender = std::holds_alternative<MailText>(mail_text(message, from));
  EXPECT_EQ(std::holds_alternative<MailText>(mail_text(message, to)), as_sender) << address;
  return as_sender;
}

TEST(MailAddresses, AreTheSameAtEveryDoor) {
  const std::string local64(64, 'a');
  const std::string domain189 =  // 64 + 1 + 189 = 254
      std::string(63, 'b') + "." + std::string(63, 'c') + "." + std::string(58, 'd') + ".jp";
  ASSERT_EQ((local64 + "@" + domain189).size(), 254U);
  const struct {
    std::string address;
    bool fine;
  } rows[] = {
      {"cm-1@example.lg.jp", true},
      {"taro+omamori@example.co.jp", true},
      {"a..b@docomo.ne.jp", true},  // these exist in Japan
      {".abc@ezweb.ne.jp", true},
      {"a..b.@docomo.ne.jp", true},
      {"o'neil@example.com", true},
      {"x@1.example", true},
      {local64 + "@" + domain189, true},
      {local64 + "@d" + domain189, false},  // 255
      {local64 + "a@example.jp", false},    // 65 before the @
      {std::string("x@") + std::string(64, 'b') + ".jp", false},
      {"", false},
      {"example.jp", false},
      {"@example.jp", false},
      {"a@", false},
      {"a@b@example.jp", false},
      {"a@localhost", false},
      {"a@.example.jp", false},
      {"a@example.jp.", false},
      {"a@exa_mple.jp", false},
      {"a@-example.jp", false},
      {"a@[192.0.2.1]", false},
      {"a@192.0.2.1", false},
      {"omamori@cityhall", false},
      {"a b@example.jp", false},
      {"a@example.jp ", false},
      {"a@example.jp\r\nRCPT TO:<b@example.jp>", false},
      {"a\n@example.jp", false},
      {"a@example.jp\t", false},
      {std::string("a\0@example.jp", 13), false},
      {"a\x7f@example.jp", false},
      {"山田@example.jp", false},
      {"a@例え.jp", false},
      {"<a@example.jp>", false},
      {"\"a\"@example.jp", false},
      {"a,b@example.jp", false},
  };
  for (const auto& row : rows) {
    const auto problem = address_problem(row.address);
    EXPECT_EQ(!problem.has_value(), row.fine) << row.address << ": " << problem.value_or("fine");
    EXPECT_EQ(configuration_takes(row.address), row.fine) << row.address;
    EXPECT_EQ(import_takes(row.address), row.fine) << row.address;
    EXPECT_EQ(notifiers_take(row.address), row.fine) << row.address;
  }
}

}  // namespace
}  // namespace omamori
