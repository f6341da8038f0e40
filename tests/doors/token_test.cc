// P8: a token is of one person, thing, door and generation, and of one key.
#include "daemon/doors/token.h"

#include <cctype>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <string>
#include <variant>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/doors/act_links.h"
#include "daemon/doors/token_key.h"
#include "tests/support/places.h"
#include "tests/support/scratch_directory.h"

namespace omamori {
namespace {

using testing::HasSubstr;

const TokenKey kKey{std::string(32, 'k')};

TEST(Token, IsTheBase32OfAnHmac) {
  // printf 'CM-1\0C-1/lapse/S-1/2026-06-13\0act\0000\0' | openssl dgst -sha256 -mac HMAC
  //   -macopt key:kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk -binary | base32 | head -c 26
  EXPECT_EQ(make_token(kKey, "CM-1", "C-1/lapse/S-1/2026-06-13", "act", 0),
            "U52I2SHLXFEKUHRAQWVUHPM77P");
}

TEST(Token, DiffersWithWhateverItIsMadeOf) {
  const TokenKey other{std::string(32, 'o')};
  const std::set<std::string> tokens{
      make_token(kKey, "CM-1", "C-1/x", "act", 0), make_token(kKey, "CM-2", "C-1/x", "act", 0),
      make_token(kKey, "CM-1", "C-2/x", "act", 0), make_token(kKey, "CM-1", "C-1/x", "page", 0),
      make_token(kKey, "CM-1", "C-1/x", "act", 1), make_token(other, "CM-1", "C-1/x", "act", 0),
      make_token(kKey, "CM-1C", "-1/x", "act", 0)};
  EXPECT_EQ(tokens.size(), 7U);
}

TEST(Token, IsReadInEitherCaseAndNothingElse) {
  const std::string token = make_token(kKey, "CM-1", "C-1/x", "act", 0);
  std::string small = token;
  for (char& c : small) c = static_cast<char>(std::tolower(c));
  EXPECT_EQ(read_token(token), token);
  EXPECT_EQ(read_token(small), token);
  for (const char* bad : {"", "ABC", "ABCDEFGHIJKLMNOPQRSTUVWXY", "ABCDEFGHIJKLMNOPQRSTUVWXYZ2",
                          "ABCDEFGHIJKLMNOPQRSTUVWX01", "ABCDEFGHIJKLMNOPQRSTUVWX/."}) {
    EXPECT_EQ(read_token(bad), std::nullopt) << bad;
  }
}

TEST(TokenKeyFile, IsMadeOnceAndRead) {
  const ScratchDirectory directory;
  const auto path = directory.path() / "token-key";
  ASSERT_EQ(make_token_key(path), std::nullopt);
  const auto key = std::get<TokenKey>(read_token_key(path));
  ASSERT_EQ(make_token_key(path), std::nullopt);
  EXPECT_EQ(std::get<TokenKey>(read_token_key(path)).bytes, key.bytes) << "one that is there stays";
  EXPECT_EQ(key.bytes.size(), 32U);
  EXPECT_EQ(std::filesystem::status(path).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(TokenKeyFile, OfAnotherLengthIsNone) {
  const ScratchDirectory directory;
  const auto path = directory.path() / "token-key";
  std::ofstream(path) << "short";
  EXPECT_THAT(std::get<std::string>(read_token_key(path)), HasSubstr("has 5 bytes"));
  EXPECT_THAT(std::get<std::string>(read_token_key(directory.path() / "none")),
              HasSubstr("make one with"));
}

TEST(ActLinks, StandWhereThePlaceholdersStood) {
  const std::string text = "C-1 lapse\n   " + act_placeholder("C-1/x") + "\nend\n";
  const auto link = [](const std::string& key) { return std::optional("L(" + key + ")"); };
  EXPECT_EQ(with_links(text, {"{act:C-1/x}"}, link), "C-1 lapse\n   L({act:C-1/x})\nend\n");
}

TEST(ActLinks, TakeTheirLineWithThemWhereThereIsNone) {
  const std::string text = "a\n   " + act_placeholder("C-1/x") + "\nb";
  const auto none = [](const std::string&) { return std::optional<std::string>(); };
  EXPECT_EQ(with_links(text, {"{act:C-1/x}"}, none), "a\nb");
}

TEST(ActLinks, ANameThatLooksLikeOneStaysAName) {
  const auto link = [](const std::string& key) { return std::optional("L(" + key + ")"); };
  const std::vector<std::string> known{act_placeholder("C-1/x"), ref_placeholder("S-1")};
  EXPECT_EQ(with_links("{act:C-9/x} {{act:C-1/x}\n", known, link), "{act:C-9/x} {L({act:C-1/x})\n");
  EXPECT_EQ(with_links("{attendance:PR-1} {ref:S-1} {ref:S-2}", known, link),
            "{attendance:PR-1} L({ref:S-1}) {ref:S-2}");
  EXPECT_EQ(with_links("{act:", known, link), "{act:");
}

}  // namespace
}  // namespace omamori
