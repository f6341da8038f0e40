#include <gtest/gtest.h>

#include "tests/tidy/cmake_lists.h"
#include "tests/tidy/rules.h"

namespace omamori::tidy {
namespace {

constexpr const char* kTable = R"(# The layers from the ground up.
omamori_layer(daemon/model)
omamori_layer(config DEPENDS model LINKS Boost::url)
omamori_layer(daemon/rules DEPENDS model
  config)
omamori_layer(db DEPENDS model LINKS SQLite::SQLite3)
omamori_layer(daemon/reminders DEPENDS model config rules db)
)";

Tree with(const std::string& path, const std::string& content) {
  return planted({{"CMakeLists.txt", kTable}, {path, content}});
}

std::string layer_faults(const std::string& path, const std::string& content) {
  return listed(includes_follow_the_layers(with(path, content)));
}

TEST(TableOfLayers, IsReadFromTheGroundUp) {
  const auto layers = layers_of(planted({{"CMakeLists.txt", kTable}}));
  ASSERT_EQ(layers.size(), 5U);
  EXPECT_EQ(layers[2].folder, "daemon/rules");
  EXPECT_EQ(layers[2].name, "rules");
  EXPECT_EQ(layers[2].depends, (std::vector<std::string>{"model", "config"}));
  EXPECT_EQ(layers[2].place, 2);
}

TEST(TableOfLayers, ALayerDependsOnWhatStandsAboveIt) {
  const Tree tree = planted({{"CMakeLists.txt",
                              "omamori_layer(daemon/rules DEPENDS model)\n"
                              "omamori_layer(daemon/model)\n"}});
  EXPECT_EQ(listed(includes_follow_the_layers(tree)),
            "CMakeLists.txt:1: layer rules depends on model, which does not stand above it in the "
            "table: the table goes from the ground up\n");
}

TEST(Includes, MayGoToTheirOwnLayerAndToWhatItDependsOn) {
  EXPECT_EQ(layer_faults("daemon/rules/plan.cc",
                         "#include \"daemon/rules/plan.h\"\n#include \"config/policy.h\"\n"),
            "");
}

TEST(Includes, MayNotGoUp) {
  EXPECT_EQ(layer_faults("daemon/rules/plan.cc",
                         "// The plan.\n#include \"daemon/reminders/context.h\"\n"),
            "daemon/rules/plan.cc:2: includes daemon/reminders/context.h, which lies above rules: "
            "move what is needed down, or hand it in (CMakeLists.txt has the table of layers)\n");
}

TEST(Includes, MayNotGoToALayerBelowThatTheTableDoesNotName) {
  EXPECT_EQ(layer_faults("db/store.h", "#include \"daemon/rules/plan.h\"\n"),
            "db/store.h:1: includes daemon/rules/plan.h, and db does not depend on rules: do "
            "without it, or write it behind DEPENDS (CMakeLists.txt has the table of layers)\n");
}

TEST(Includes, OfATestAreForTestsOnly) {
  const std::string include = "#include \"tests/support/facts.h\"\n";
  EXPECT_NE(layer_faults("db/store.cc", include), "");
  EXPECT_EQ(layer_faults("tests/db/store_test.cc", include), "");
}

TEST(Includes, OfTheMainsMayGoAnywhere) {
  EXPECT_EQ(layer_faults("daemon/omamorid.cc", "#include \"daemon/reminders/context.h\"\n"), "");
}

TEST(Includes, InACommentOrATextAreNone) {
  EXPECT_EQ(layer_faults("daemon/rules/plan.cc",
                         "// #include \"db/store.h\"\nconst char* kText = R\"(\n"
                         "#include \"db/store.h\"\n)\";\n"),
            "");
}

std::string library_faults(const std::string& path, const std::string& header) {
  return listed(libraries_stay_in_their_folder(planted({{path, "#include <" + header + ">\n"}})));
}

TEST(Libraries, AreUsedInTheirFolder) {
  EXPECT_EQ(library_faults("db/sqlite/database.cc", "sqlite3.h"), "");
  EXPECT_EQ(library_faults("notifiers/email.cc", "curl/curl.h"), "");
  EXPECT_EQ(library_faults("config/toml_value.cc", "toml++/toml.h"), "");
  EXPECT_EQ(library_faults("daemon/serve/serve.cc", "boost/asio/post.hpp"), "");
  EXPECT_EQ(library_faults("daemon/control/server.cc", "boost/beast/http/read.hpp"), "");
  EXPECT_EQ(library_faults("daemon/runtime/log.cc", "spdlog/logger.h"), "");
  EXPECT_EQ(library_faults("daemon/omamorid.cc", "CLI/CLI.hpp"), "");
  EXPECT_EQ(library_faults("daemon/text/templates.cc", "kainjow/mustache.hpp"), "");
  EXPECT_EQ(library_faults("daemon/import/csv/table.cc", "csv.h"), "");
  EXPECT_EQ(library_faults("daemon/model/time_zone.cc", "date/tz.h"), "");
  EXPECT_EQ(library_faults("daemon/serve/systemd.cc", "systemd/sd-daemon.h"), "");
}

TEST(Libraries, AreUnknownOutsideIt) {
  EXPECT_EQ(library_faults("db/store.cc", "sqlite3.h"),
            "db/store.cc:1: includes <sqlite3.h>, which belongs to db/sqlite/: use what stands "
            "around it there\n");
  EXPECT_NE(library_faults("daemon/delivery/senders.cc", "curl/curl.h"), "");
  EXPECT_NE(library_faults("db/store_policy.cc", "toml++/toml.h"), "");
  EXPECT_NE(library_faults("daemon/web/page.cc", "boost/asio/post.hpp"), "");
  EXPECT_NE(library_faults("daemon/web/page.cc", "boost/beast/http/read.hpp"), "");
  EXPECT_NE(library_faults("daemon/runtime/daemon.cc", "spdlog/logger.h"), "");
  EXPECT_NE(library_faults("daemon/commands/list.cc", "CLI/CLI.hpp"), "");
  EXPECT_NE(library_faults("daemon/answer/labels.cc", "kainjow/mustache.hpp"), "");
  EXPECT_NE(library_faults("daemon/commands/export.cc", "csv.h"), "");
  EXPECT_NE(library_faults("daemon/model/calendar.cc", "date/tz.h"), "");
  EXPECT_NE(library_faults("daemon/runtime/daemon.cc", "systemd/sd-daemon.h"), "");
}

TEST(Libraries, OtherHeadersAreFree) {
  EXPECT_EQ(library_faults("daemon/rules/plan.cc", "vector"), "");
  EXPECT_EQ(library_faults("daemon/control/protocol.cc", "boost/json.hpp"), "");
}

TEST(Headers, AreIncludedByMoreThanTheirOwnSource) {
  const std::pair<std::string, std::string> header{"db/journal.h", "// The journal.\n"};
  const std::pair<std::string, std::string> own{"db/journal.cc", "#include \"db/journal.h\"\n"};
  const std::pair<std::string, std::string> user{"db/store.cc", "#include \"db/journal.h\"\n"};
  EXPECT_EQ(listed(headers_are_included(planted({header, own}))),
            "db/journal.h:1: nobody includes it: take it away, or what it is for into use\n");
  EXPECT_EQ(listed(headers_are_included(planted({header, own, user}))), "");
}

}  // namespace
}  // namespace omamori::tidy
