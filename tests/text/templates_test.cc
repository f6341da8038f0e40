// What an office may do to the layout, and what is refused.
#include "daemon/text/templates.h"

#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/text/message_text.h"
#include "tests/support/words_support.h"

namespace omamori {
namespace {

using testing::AnyOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string joined(const std::vector<std::string>& problems) {
  std::string out;
  for (const auto& problem : problems) out += problem + "\n";
  return out;
}

// A minimal template that shows all it must.
const std::string kGood =
    "{{date}}\n{{#groups}}{{#lines}}{{client}} {{window}} {{action}}\n{{/lines}}{{/groups}}";

class OfficeTemplates : public testing::Test {
 protected:
  OfficeTemplates() {
    std::string name = testing::TempDir() + "omamori-templates-XXXXXX";
    directory_ = ::mkdtemp(name.data());
  }
  ~OfficeTemplates() override {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }
  void write(const std::string& file, const std::string& text) {
    std::ofstream(directory_ / file, std::ios::binary) << text;
  }
  std::filesystem::path directory_;
};

TEST(Templates, TheBuiltInOnesPassTheirOwnCheck) {
  const Templates& all = builtin_templates();
  EXPECT_THAT(check_template(all.text_ja, Escaping::none), IsEmpty());
  EXPECT_THAT(check_template(all.html_ja, Escaping::html), IsEmpty());
  EXPECT_THAT(check_template(all.text_en, Escaping::none), IsEmpty());
  EXPECT_THAT(check_template(all.html_en, Escaping::html), IsEmpty());
}

TEST(Templates, WhatIsRefusedAndWhy) {
  std::string deep;
  std::string uncounted = "{{ =<% %>=}}";
  for (int i = 0; i < 600; ++i) {
    deep += "{{#late}}";
    uncounted += "<%#late%>";
  }
  const struct {
    const char* what;
    std::string text;
    const char* problem;  // part of it; empty = accepted
  } rows[] = {
      {"minimal", kGood, ""},
      {"an outer variable inside", "{{#groups}}{{#lines}}{{to}}{{title}}{{/lines}}{{/groups}}", ""},
      {"a comment", "{{! a note }}", ""},
      {"asking whether there is any", "{{^contact}}none{{/contact}}{{^groups}}none{{/groups}}", ""},
      {"misspelt", "a\nb {{klient}}", "2: there is no \"klient\" here"},
      {"misspelt section", "{{#lates}}x{{/lates}}", "there is no \"lates\""},
      {"out of place", "{{client}}", "there is no \"client\" here"},
      {"a list inside itself", "{{#groups}}{{#groups}}x{{/groups}}{{/groups}}",
       "there is no \"groups\" here"},
      {"a list without its parent", "{{#lines}}x{{/lines}}", "there is no \"lines\" here"},
      {"a scope where the list is empty", "{{^groups}}{{title}}{{/groups}}",
       "there is no \"title\" here"},
      {"the current item", "{{#groups}}{{.}}{{/groups}}", "there is no \".\""},
      {"a path", "{{#groups}}{{groups.title}}{{/groups}}", "there is no \"groups.title\""},
      {"nothing named", "{{}}", "there is no \"\""},
      {"partial", "{{> other}}", "partials"},
      {"delimiters", "{{=<% %>=}}<% client %>", "delimiters"},
      {"unescaped", "{{{contact}}}", "would not be escaped"},
      {"unescaped, other spelling", "{{& contact}}", "would not be escaped"},
      {"unclosed tag", "{{date", "Unclosed tag"},
      {"unclosed section", "{{#late}}x", "Unclosed section"},
      {"crossed sections", "{{#late}}{{#contact}}{{/late}}{{/contact}}", "Unclosed section"},
      {"unopened section", "{{/late}}", "Unopened section"},
      {"unclosed further below", "a\nb\n{{#late}}x", "3: Unclosed section \"late\"\n"},
      {"delimiters behind a blank, and tags that nobody has counted", uncounted,
       "1: other delimiters"},
      {"opening braces at the very end", "x{{", "Unclosed tag"},
      {"too many tags", deep, "more than 500 tags"},
      {"too large", std::string(64 * 1024 + 1, 'x'), "64 KiB"},
  };
  for (const auto& row : rows) {
    const std::string problems = joined(check_template(row.text, Escaping::html));
    if (*row.problem == '\0') {
      EXPECT_EQ(problems, "") << row.what;
    } else {
      EXPECT_THAT(problems, HasSubstr(row.problem)) << row.what;
    }
  }
  EXPECT_THAT(check_template("{{{contact}}}", Escaping::none), IsEmpty()) << "text has no markup";
}

TEST(Templates, WhatPeopleWroteIntoATagIsNotRepeated) {
  for (const char* tag : {"{{見本 花子}}", "{{#Hana Sample}}{{/Hana Sample}}", "{{> 見本}}",
                          "{{{見本}}}", "{{#見本}}", "{{/見本 花子}}"}) {
    const std::string problems = joined(check_template(tag, Escaping::html));
    EXPECT_THAT(problems, HasSubstr("…")) << tag;
    EXPECT_THAT(problems, Not(AnyOf(HasSubstr("見本"), HasSubstr("Hana")))) << tag;
  }
}

TEST(Templates, MailNamesThePlaceOfAProblemAndNoMore) {
  const Said said = place_of_problem("/etc/o: 1/digest.ja.text.mustache:12: no \"x\": known: a");
  EXPECT_EQ(said.en, "/etc/o: 1/digest.ja.text.mustache:12: cannot be used as a template");
  EXPECT_EQ(said.ja, "/etc/o: 1/digest.ja.text.mustache:12: テンプレートとして使えません");
  EXPECT_EQ(place_of_problem("said of all: them").en, "said of all: them");
}

TEST_F(OfficeTemplates, AnEmptyDirectoryMeansTheBuiltInOnes) {
  const LoadedTemplates loaded = load_templates(directory_);
  EXPECT_EQ(joined(loaded.problems), "");
  EXPECT_EQ(loaded.templates.text_ja, builtin_templates().text_ja);
}

TEST_F(OfficeTemplates, AGoodOneIsUsedAndTheOthersStay) {
  write("digest.ja.text.mustache", "ひまわり事業所\n" + kGood);
  write("README.txt", "not a template");
  const LoadedTemplates loaded = load_templates(directory_);
  EXPECT_EQ(joined(loaded.problems), "");
  const Message message = compose(digest_of({case_manager_lines()[0]}), "m-1", loaded.templates);
  EXPECT_EQ(message.text,
            "ひまわり事業所\n2026年6月15日（月）\n"
            "C-0003 6/1〜6/30に実施 "
            "期間内に訪問してモニタリングを行い、実施日をご連絡ください。\n");
  EXPECT_EQ(loaded.templates.html_ja, builtin_templates().html_ja);
}

TEST_F(OfficeTemplates, WhatLosesTheClientTheWindowOrTheActionIsRefused) {
  const struct {
    const char* text;
    const char* problem;
  } rows[] = {
      {"{{#groups}}{{#lines}}{{window}}{{action}}{{/lines}}{{/groups}}", "the client code"},
      {"{{#groups}}{{#lines}}{{client}}{{action}}{{/lines}}{{/groups}}", "the window"},
      {"{{#groups}}{{#lines}}{{client}}{{window}}{{/lines}}{{/groups}}", "the action"},
      {"{{#groups}}{{#lines}}{{client}}{{window}}{{#late}}{{action}}{{/late}}{{/lines}}{{/groups}}",
       "the action"},
      {"{{#groups}}{{#lines}}{{client}}{{window}}{{^late}}{{action}}{{/late}}{{/lines}}{{/groups}}",
       "the action"},
      {"{{#groups}}{{#lines}}{{client}}{{action}}{{^contact}}{{window}}{{/contact}}{{/lines}}"
       "{{/groups}}",
       "the window"},
      {"", "the client code"},
  };
  for (const auto& row : rows) {
    write("digest.en.html.mustache", row.text);
    const LoadedTemplates loaded = load_templates(directory_);
    ASSERT_EQ(loaded.problems.size(), 1U) << row.text;
    EXPECT_THAT(loaded.problems[0], HasSubstr("digest.en.html.mustache:1: ")) << row.text;
    EXPECT_THAT(loaded.problems[0], HasSubstr(row.problem)) << row.text;
    EXPECT_EQ(loaded.templates.html_en, builtin_templates().html_en) << row.text;
  }
}

TEST_F(OfficeTemplates, AWeeklyOneThatHidesWhoMustActIsRefused) {
  const std::string rows = "{{#lines}}{{client}} {{headline}}{{/lines}}{{/groups}}";
  for (const char* name : {"weekly.ja.text.mustache", "weekly.en.html.mustache"}) {
    write(name, "{{introduction}}{{#groups}}" + rows);
    EXPECT_THAT(joined(load_templates(directory_).problems), HasSubstr("who must act")) << name;
    write(name, "{{introduction}}{{#groups}}{{title}}" + rows);
    EXPECT_EQ(joined(load_templates(directory_).problems), "") << name;
  }
}

TEST_F(OfficeTemplates, OneBadFileRefusesTheDirectoryAndAllProblemsAreNamed) {
  write("digest.ja.text.mustache", kGood);
  write("digest.en.text.mustache", "{{klient}}\n{{windoe}}");
  write("digest.jp.text.mustache", kGood);
  const LoadedTemplates loaded = load_templates(directory_);
  EXPECT_THAT(loaded.problems,
              ElementsAre(HasSubstr("digest.en.text.mustache:1: there is no \"klient\""),
                          HasSubstr("digest.en.text.mustache:2: there is no \"windoe\""),
                          HasSubstr("digest.jp.text.mustache:1: no such template")));
  EXPECT_EQ(loaded.templates.text_ja, builtin_templates().text_ja);
}

// Every line of a morning would carry it: a hundred lines, a mail of megabytes.
TEST_F(OfficeTemplates, OneWhoseMessagesGrowWithoutBoundIsRefused) {
  const auto with_ballast = [&](std::size_t bytes) {
    write("digest.en.text.mustache", "{{#groups}}{{#lines}}{{client}} {{window}} {{action}}" +
                                         std::string(bytes, 'x') + "{{/lines}}{{/groups}}");
    return joined(load_templates(directory_).problems);
  };
  EXPECT_EQ(with_ballast(15 * 1024), "");
  EXPECT_THAT(with_ballast(17 * 1024), HasSubstr("a message of one line would have 17 KiB; the "
                                                 "most is 16 KiB"));
}

TEST_F(OfficeTemplates, OneThatNeverEndsIsNotRead) {
  const auto path = directory_ / "digest.en.text.mustache";
  std::filesystem::create_symlink("/dev/zero", path);
  EXPECT_THAT(joined(load_templates(directory_).problems), HasSubstr("is not a plain file"));
  std::filesystem::remove(path);
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  EXPECT_THAT(joined(load_templates(directory_).problems), HasSubstr("is not a plain file"));
  std::filesystem::remove(path);
  write("digest.en.text.mustache", std::string(20 << 20, 'x'));
  EXPECT_THAT(joined(load_templates(directory_).problems), HasSubstr("larger than 64 KiB"));
}

TEST_F(OfficeTemplates, ADirectoryThatIsNotThereIsAProblem) {
  const LoadedTemplates loaded = load_templates(directory_ / "absent");
  ASSERT_EQ(loaded.problems.size(), 1U);
  EXPECT_THAT(loaded.problems[0], HasSubstr("No such file"));
}

// Rendering is bounded by template size times lines: a big morning stays a small mail.
TEST(Templates, FiveHundredLinesAreRendered) {
  std::vector<Line> lines(500, case_manager_lines()[0]);
  const Message message = compose(digest_of(lines), "m-1");
  EXPECT_LT(message.html.size(), 1024U * 1024U);
  EXPECT_THAT(message.text, HasSubstr("\n500. C-0003"));
}

}  // namespace
}  // namespace omamori
