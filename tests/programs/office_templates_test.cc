// Templates of an office, through the programs: used where they are sound, named with file and line
// where they are not, and never a way out for names.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/programs.h"

namespace omamori {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string kTemplate =
    "ひまわり相談室より\n{{#groups}}{{#lines}}[{{client}}{{#name}} NAME:{{name}}{{/name}}]\n"
    "{{window}}\n{{action}}\n{{/lines}}{{/groups}}";

// One client of CM-1, of whom June's monitoring comes up on 1 June.
class OfficeTemplatesInUse : public testing::Test {
 protected:
  OfficeTemplatesInUse() {
    place.clock = "2026-05-29T12:00:00+09:00";
    EXPECT_EQ(place.ctl({"init", "--demo"}).exit, 0);
    configure("");
    place.write("csv/offices.csv", "office_code,name,supervisor\nOF-1,見本相談室,SV-1\n");
    place.write("csv/staff.csv",
                "staff_code,name,role,office_code,email,channels\n"
                "CM-1,見本 太郎,case_manager,OF-1,taro@example.com,file\n"
                "SV-1,見本 次郎,supervisor,OF-1,jiro@example.com,file\n");
    place.write("csv/clients.csv",
                "client_code,name,certificate_no,office_code,case_manager,plan_kind,"
                "decision_start,decision_end,watched_from\n"
                "C-1,仮 花子,9876543210,OF-1,CM-1,standby_short_stay,2026-04-01,2027-03-31,"
                "2026-04-01\n");
  }
  void configure(const std::string& more) const {
    place.write("omamori.toml",
                "[database]\npath = \"omamori.db\"\n[policy]\npath = \"policy.toml\"\n"
                "[file]\ndirectory = \"outbox\"\n[templates]\ndirectory = \"words\"\n" +
                    more);
  }
  // The case manager's .eml after the morning of 1 June; `err` is what the daemon said.
  ReadMail morning() {
    const Ran imported = place.ctl({"import", place.path("csv").string()});
    EXPECT_EQ(imported.exit, 0) << imported;
    place.clock = "2026-06-01T08:30:00+09:00";
    const Ran ran = place.daemon({"--once"});
    EXPECT_EQ(ran.exit, 0) << ran;
    err = ran.err;
    for (const auto& entry : std::filesystem::directory_iterator(place.path("outbox"))) {
      if (entry.path().filename().string().find("-CM-1-") == std::string::npos) continue;
      return read_mail(entry.path());
    }
    ADD_FAILURE() << "no mail: " << ran;
    return {};
  }

  Place place;
  std::string err;
};

TEST_F(OfficeTemplatesInUse, AReplacedTemplateChangesTheMail) {
  place.write("words/digest.ja.text.mustache", kTemplate);
  const ReadMail mail = morning();
  EXPECT_THAT(mail.text(), AllOf(HasSubstr("ひまわり相談室より"), HasSubstr("[C-1]"),
                                 HasSubstr("6/1〜6/30に実施"), Not(HasSubstr("なぜ今"))));
  EXPECT_THAT(mail.parts.at(1).second,
              AllOf(HasSubstr("期限（6/30）まで"), Not(HasSubstr("ひまわり"))))
      << "what is not replaced stays built in";
  EXPECT_EQ(err, "");
  EXPECT_EQ(place.ctl({"check"}).exit, 0);
}

TEST_F(OfficeTemplatesInUse, NamesAreInATemplateOnlyWhereTheyMayBeShown) {
  place.write("words/digest.ja.text.mustache", kTemplate);
  configure("[privacy]\nshow_names = true\n");
  EXPECT_THAT(morning().text(), HasSubstr("[C-1 NAME:仮 花子]"));
}

TEST_F(OfficeTemplatesInUse, ABadOneIsNamedWithItsLineAndTheBuiltInOnesAreUsed) {
  place.write("words/digest.ja.text.mustache", kTemplate);
  place.write("words/digest.ja.html.mustache",
              "<p>{{#groups}}{{#lines}}{{client}}{{window}}{{action}}\n{{certificate}}"
              "{{/lines}}{{/groups}}</p>");
  const ReadMail mail = morning();
  EXPECT_THAT(mail.text(), AllOf(HasSubstr("なぜ今"), Not(HasSubstr("ひまわり"))));
  const std::string place_of_error =
      place.path("words/digest.ja.html.mustache").string() + ":2: there is no \"certificate\" here";
  EXPECT_THAT(err, AllOf(HasSubstr(place_of_error), HasSubstr("built into the program are used")));
  const Ran checked = place.ctl({"check"});
  EXPECT_EQ(checked.exit, 1) << checked;
  EXPECT_THAT(checked.out, AllOf(HasSubstr("error: " + place_of_error), HasSubstr("not sound")));
  EXPECT_EQ(place.ctl({"status"}).exit, 1) << "the operator's monitoring sees it too";
}

TEST_F(OfficeTemplatesInUse, ADirectoryThatIsNotThereIsNamed) {
  const ReadMail mail = morning();
  EXPECT_THAT(mail.text(), HasSubstr("なぜ今"));
  EXPECT_THAT(err, HasSubstr(place.path("words").string() + ":1: No such file or directory"));
}

}  // namespace
}  // namespace omamori
