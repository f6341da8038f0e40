// What an edited file that cannot be used says to whom: everything to who reloads, and to mail the
// place alone.
#include "daemon/settings/reload.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/app_fixture.h"

namespace omamori {
namespace {

using testing::HasSubstr;

class ReloadTest : public AppTest {
 protected:
  ReloadTest() {
    std::filesystem::create_directory(directory / "words");
    std::ofstream(directory / "omamori.toml") << "[templates]\ndirectory = \"words\"\n";
    Config config;
    config.templates_directory = directory / "words";
    use({}, config);
  }
  Reloaded reload() { return reload_but_policy(*service, directory / "omamori.toml", "tester"); }
  std::filesystem::path template_file() const {
    return directory / "words" / "digest.ja.text.mustache";
  }
};

TEST_F(ReloadTest, OfATemplateMailHasThePlaceAndNothingOfTheFile) {
  std::ofstream(template_file()) << "{{date}}\n{{Hanako}}\n";
  const Reloaded done = reload();
  EXPECT_THAT(texts_in(Language::en, done.errors), testing::Contains(HasSubstr("\"Hanako\"")));
  const auto troubles = store->troubles();
  ASSERT_EQ(troubles.size(), 1U);
  const std::string place = template_file().string() + ":2: ";
  EXPECT_THAT(kept_in(Language::en, troubles.front().detail),
              testing::StartsWith(place + "cannot be used as a template\n"));
  EXPECT_THAT(kept_in(Language::ja, troubles.front().detail),
              testing::StartsWith(place + "テンプレートとして使えません\n"));
  EXPECT_THAT(troubles.front().detail, testing::Not(HasSubstr("Hanako")));
}

TEST_F(ReloadTest, AMendedTemplateSettlesTheTrouble) {
  std::ofstream(template_file()) << "{{nonsense}}";
  reload();
  ASSERT_EQ(store->troubles().size(), 1U);
  std::filesystem::remove(template_file());
  EXPECT_TRUE(reload().errors.empty());
  EXPECT_TRUE(store->troubles().empty());
}

}  // namespace
}  // namespace omamori
