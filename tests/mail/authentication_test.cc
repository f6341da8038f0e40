// Who vouches for a sender, and who only says so.
#include "daemon/mail/authentication.h"

#include <string>

#include <gtest/gtest.h>

namespace omamori {
namespace {

struct Field {
  const char* field;
  bool vouches;
};

class Vouching : public testing::TestWithParam<Field> {};

TEST_P(Vouching, CountsOnlyFromOurServerForTheSendersDomain) {
  IncomingMail mail;
  mail.from = "cm@keyaki.example";
  mail.received_by = "mail.city.example";
  mail.results = {GetParam().field};
  EXPECT_EQ(vouched_for(mail, {"dkim", "pass"}), GetParam().vouches) << GetParam().field;
}

INSTANTIATE_TEST_SUITE_P(
    Fields, Vouching,
    testing::Values(
        Field{"mail.city.example; dkim=pass header.d=keyaki.example", true},
        Field{"MAIL.city.example 1;\r\n\tdkim=pass (2048-bit key)\r\n\theader.d=keyaki.example",
              true},
        Field{"mail.city.example; spf=fail; dkim=pass header.d=keyaki.example header.i=@x", true},
        Field{"mail.city.example; dkim=fail header.d=keyaki.example", false},
        Field{"mail.city.example; dkim=pass header.d=evil.example", false},
        Field{"mail.city.example; dkim=pass header.d=evil.example header.i=x@keyaki.example",
              false},
        Field{"mail.city.example; dkim=pass header.d=example", false},
        Field{"city.example; dkim=pass header.d=keyaki.example", false},
        Field{"example; dkim=pass header.d=keyaki.example", false},
        Field{"evil.example; dkim=pass header.d=keyaki.example", false},
        Field{"mail.city.example; spf=pass smtp.mailfrom=\"x; dkim=pass header.d=keyaki.example "
              ";\"@evil.example",
              false},
        Field{"mail.city.example; dkim=fail reason=\"; dkim=pass header.d=keyaki.example\"", false},
        Field{"mail.city.example; spf=pass (from=\"a\\); dkim=pass header.d=keyaki.example; (b\")",
              false},
        Field{"mail.city.example; dkim=pass header.d=keyaki.example (no end", false},
        Field{"", false}));

TEST(RequiredResult, IsAMethodThatVouchesForADomain) {
  EXPECT_TRUE(read_required_result("dkim=pass").has_value());
  EXPECT_TRUE(read_required_result("DMARC=Pass").has_value());
  EXPECT_FALSE(read_required_result("dkim=none").has_value());
  EXPECT_FALSE(read_required_result("iprev=pass").has_value());
  EXPECT_FALSE(read_required_result("").has_value());
}

}  // namespace
}  // namespace omamori
