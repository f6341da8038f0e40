#include "notifiers/webhook_signature.h"

#include <gtest/gtest.h>

#include "notifiers/base64.h"

namespace omamori {
namespace {

constexpr const char* kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

std::string secret_of(std::size_t bytes) { return "whsec_" + base64(std::string(bytes, 'k')); }

std::string problem(const std::string& text) {
  const auto parsed = parse_webhook_secrets(text);
  const auto* bad = std::get_if<BadWebhookSecrets>(&parsed);
  return bad ? bad->why : "";
}

WebhookSecrets secrets(const std::string& text) {
  return std::get<WebhookSecrets>(parse_webhook_secrets(text));
}

std::string sign(const std::string& text) {
  return webhook_signature(secrets(text), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
                           R"({"test": 2432232314})");
}

// RULES.md section 5.
constexpr const char* kVector = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

TEST(WebhookSignature, TheVectorOfTheSpecification) { EXPECT_EQ(sign(kSecret), kVector); }

TEST(WebhookSignature, TwoSecretsGiveTwoSignaturesInTheirOrder) {
  const std::string other = secret_of(24);
  EXPECT_EQ(sign(std::string(kSecret) + "\n" + other + "\n"),
            std::string(kVector) + " " + sign(other));
}

TEST(WebhookSignature, EveryPartCounts) {
  const WebhookSecrets key = secrets(kSecret);
  const std::string signature = webhook_signature(key, "a", 12, "b");
  EXPECT_NE(webhook_signature(key, "a2", 12, "b"), signature);
  EXPECT_NE(webhook_signature(key, "a", 13, "b"), signature);
  EXPECT_NE(webhook_signature(key, "a", 12, "b "), signature);
  EXPECT_NE(webhook_signature(secrets(secret_of(24)), "a", 12, "b"), signature);
}

TEST(WebhookSecrets, BlankLinesAndCommentsDoNotCount) {
  const std::string text =
      "# of the case tool\r\n\r\n  " + std::string(kSecret) + " \r\n\t\n#whsec_old\n";
  EXPECT_EQ(secrets(text).keys, secrets(kSecret).keys);
  EXPECT_EQ(secrets(kSecret).keys.at(0).size(), 24U);
}

TEST(WebhookSecrets, TheMistakeIsNamedAndTheSecretIsNot) {
  const std::string good = std::string(kSecret) + "\n";
  const struct {
    std::string text;
    const char* expected;
  } rows[] = {
      {"", "there is no secret, a line with whsec_…"},
      {"# nothing\n\n", "there is no secret, a line with whsec_…"},
      {"\nMfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n", "line 2: a secret begins with whsec_"},
      {good + "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "line 2: a secret begins with whsec_"},
      {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", "line 1: what stands after whsec_ is not base64"},
      {"whsec_MfKQ9r8G KYqrTwjUPD8ILPZIo2LaLaSw", "line 1: what stands after whsec_ is not base64"},
      {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2La_aSw", "line 1: what stands after whsec_ is not base64"},
      {"whsec_", "line 1: the secret has 0 bytes; it must have 24 to 64"},
      {secret_of(23), "line 1: the secret has 23 bytes; it must have 24 to 64"},
      {secret_of(65), "line 1: the secret has 65 bytes; it must have 24 to 64"},
      {good + good + good, "line 3: a third secret; there can be two while one is changed"},
  };
  for (const auto& row : rows) EXPECT_EQ(problem(row.text), row.expected) << row.text;
  for (const std::size_t bytes : {24U, 25U, 26U, 64U}) EXPECT_EQ(problem(secret_of(bytes)), "");
}

TEST(Base64, OnlyWhatItWritesItReads) {
  for (const std::string bytes : {"", "a", "ab", "abc", "abcd"}) {
    EXPECT_EQ(from_base64(base64(bytes)), bytes);
  }
  const std::string zeros("\0\0\0\0", 4);
  EXPECT_EQ(from_base64(base64(zeros)), zeros);
  for (const char* bad :
       {"Y", "YQ", "YQ=", "YR==", " YQ==", "YQ==\n", "====", "Y===", "YQ==YQ=="}) {
    EXPECT_EQ(from_base64(bad), std::nullopt) << bad;
  }
}

}  // namespace
}  // namespace omamori
