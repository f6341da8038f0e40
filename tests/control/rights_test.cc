// Who may use which command by the lists of [control].
#include "daemon/control/rights.h"

#include <sys/socket.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr CommandDoes kAll[] = {CommandDoes::reads, CommandDoes::records,
                                CommandDoes::hands_in_mail, CommandDoes::operates};

Asker sato() { return {1001, false, "sato", {"omamori", "welfare"}}; }

// r reads, c records, m hands in mail, o operates.
std::string rights(const Asker& asker, const ControlLists& lists) {
  std::string allowed;
  for (const CommandDoes what : kAll) {
    if (may_not(asker, lists, what, "x").empty()) allowed += "rcmo"[static_cast<int>(what)];
  }
  return allowed;
}

TEST(ControlRights, WithoutListsWhoeverTheSocketLetsInMayDoEverything) {
  EXPECT_FALSE(are_set({}));
  EXPECT_EQ(rights(sato(), {}), "rcmo");
  EXPECT_EQ(rights({4711, false, "", {}}, {}), "rcmo");
}

TEST(ControlRights, OperatorsMayDoEverythingAndWhoIsNamedNowhereNothing) {
  const ControlLists lists{{"adm"}, {"welfare"}, {"mail"}};
  EXPECT_TRUE(are_set(lists));
  EXPECT_EQ(rights({1, false, "adm", {}}, lists), "rcmo");
  EXPECT_EQ(rights({1, false, "x", {"y", "adm"}}, lists), "rcmo") << "by a group";
  EXPECT_EQ(rights(sato(), lists), "rc");
  EXPECT_EQ(rights({1, false, "mail", {}}, lists), "m");
  EXPECT_EQ(rights({1, false, "x", {"omamori"}}, lists), "");
  EXPECT_EQ(rights({1, false, "", {}}, {{""}, {}, {}}), "") << "nobody has no name";
}

TEST(ControlRights, WithoutOperatorsWhoIsNamedRecorderOrMailerIsNoMoreThanThat) {
  EXPECT_EQ(rights(sato(), {{}, {"welfare"}, {}}), "rc");
  EXPECT_EQ(rights(sato(), {{}, {}, {"sato"}}), "m");
  EXPECT_EQ(rights(sato(), {{}, {"tanaka"}, {"mail"}}), "rcmo");
}

TEST(ControlRights, WhoStandsInSeveralListsMayDoWhatAnyOfThemAllows) {
  EXPECT_EQ(rights(sato(), {{}, {"sato"}, {"welfare"}}), "rcm");
  EXPECT_EQ(rights(sato(), {{"welfare"}, {"sato"}, {"sato"}}), "rcmo");
}

TEST(ControlRights, WhoOwnsTheDatabaseMayDoEverythingWhateverTheListsSay) {
  EXPECT_EQ(rights({0, true, "root", {}}, {{"sato"}, {"root"}, {"root"}}), "rcmo");
}

TEST(ControlRights, ARefusalSaysWhoAsksAndWhoMay) {
  const ControlLists lists{{"adm", "ito"}, {"welfare"}, {}};
  EXPECT_THAT(may_not(sato(), lists, CommandDoes::operates, "import"),
              AllOf(HasSubstr("uid 1001 (sato) may not use \"import\""),
                    HasSubstr("operators (adm, ito)"), Not(HasSubstr("recorders"))));
  EXPECT_THAT(may_not({7, false, "", {}}, lists, CommandDoes::records, "record contact"),
              AllOf(HasSubstr("uid 7 may not use \"record contact\""),
                    HasSubstr("operators (adm, ito) and recorders (welfare)")));
  EXPECT_THAT(may_not({7, false, "", {}}, lists, CommandDoes::hands_in_mail, "receive-mail"),
              HasSubstr("mailers (nobody)"));
  EXPECT_THAT(may_not(sato(), {{}, {"sato"}, {}}, CommandDoes::operates, "import"),
              HasSubstr("operators (whoever [control] names neither recorder nor mailer)"));
}

TEST(ControlRights, TheKernelSaysWhoIsAtTheOtherEnd) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  const auto peer = peer_of(ends[0]);
  ::close(ends[0]);
  ::close(ends[1]);
  ASSERT_TRUE(peer);
  EXPECT_EQ(peer->uid, ::geteuid());
  EXPECT_THAT(peer->groups, testing::Contains(::getegid()));
  EXPECT_TRUE(named(*peer).owner);
  EXPECT_FALSE(named({peer->uid + 1, {}}).owner);
  EXPECT_EQ(named({0, {0}}).user, "root");
  EXPECT_EQ(named({4294967294U, {4294967294U}}).user, "") << "no such user";
  EXPECT_THAT(named({4294967294U, {4294967294U}}).groups, IsEmpty());
  EXPECT_EQ(peer_of(-1), std::nullopt);
}

}  // namespace
}  // namespace omamori
