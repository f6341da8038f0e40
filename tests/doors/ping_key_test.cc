// P8: the key of a safety check is of that check, that generation and that key of keys.
#include "daemon/doors/ping_key.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace omamori {
namespace {

const TokenKey kKeyOfKeys{std::string(32, 'k')};

TEST(PingKey, IsAUuidOfVersion4OutOfAnHmac) {
  // printf '\0S-1\0ping\0000\0' | openssl dgst -sha256 -mac HMAC
  //   -macopt key:kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk | head -c 32, with 4 and 8..b in their places
  EXPECT_EQ(make_ping_key(kKeyOfKeys, "S-1", 0), "9b791896-d7ad-489b-8a8f-057985eb8aa9");
}

TEST(PingKey, DiffersWithWhateverItIsMadeOf) {
  const TokenKey other{std::string(32, 'o')};
  const std::set<std::string> keys{
      make_ping_key(kKeyOfKeys, "S-1", 0), make_ping_key(kKeyOfKeys, "S-2", 0),
      make_ping_key(kKeyOfKeys, "S-1", 1), make_ping_key(other, "S-1", 0)};
  EXPECT_EQ(keys.size(), 4U);
}

TEST(PingKey, IsReadInCapitalsTooAndNothingElseIs) {
  EXPECT_EQ(read_ping_key("0A1B2C3D-0000-4FFF-8000-00000000ABCD"),
            "0a1b2c3d-0000-4fff-8000-00000000abcd");
  EXPECT_TRUE(read_ping_key("0a1b2c3d-0000-4fff-b000-00000000abcd"));
  for (const char* text :
       {"", "0a1b2c3d-0000-4fff-8000-00000000abc", "0a1b2c3d-0000-4fff-8000-00000000abcde",
        "0a1b2c3d-0000-4fff-8000-00000000abcg", "0a1b2c3d00000-4fff-8000-00000000abcd",
        "0a1b2c3d-0000-1fff-8000-00000000abcd", "0a1b2c3d-0000-4fff-7000-00000000abcd",
        "0a1b2c3d-0000-4fff-c000-00000000abcd", "{a1b2c3d-0000-4fff-8000-00000000abcd",
        "0a1b2c3d-0000-4fff-8000-0000000-abcd"}) {
    EXPECT_FALSE(read_ping_key(text)) << text;
  }
  EXPECT_EQ(read_uuid("0A1B2C3D-0000-1FFF-C000-00000000ABCD"),
            "0a1b2c3d-0000-1fff-c000-00000000abcd");
}

}  // namespace
}  // namespace omamori
