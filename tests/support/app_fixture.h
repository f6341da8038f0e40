// A store in a directory of its own with a service over it, filled through the importer as CSV
// text: what a command sees after somebody imported files.
#pragma once

#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <gmock/gmock.h>

#include "daemon/commands/registry.h"
#include "daemon/import/csv/words.h"
#include "daemon/import/merge.h"
#include "tests/support/places.h"
#include "tests/support/scratch_directory.h"
#include "tests/support/store_fixture.h"

namespace omamori {

using CsvFiles = std::map<CsvKind, std::string>;

// A text that people read, kept as they read it: tests/data/NAME.
inline std::string golden(const std::string& name) {
  std::ifstream file(source_path("tests/data/" + name));
  return {std::istreambuf_iterator<char>(file), {}};
}

class AppTest : public testing::Test {
 protected:
  AppTest() : AppTest("2026-04-01T09:00:00+09:00") {}
  explicit AppTest(const std::string& now) : clock(instant(now)) {
    OpenOptions options;
    options.create = true;
    options.now = clock.now();
    store = std::make_unique<Store>(directory / "omamori.db", options);
    use({}, {});
  }

  // Without weekly messages, but for tests that are about them.
  void use(Policy policy, Config config, std::vector<std::string> notices = {}) {
    if (!with_weekly) policy.weekly_on.reset();
    Service::Parts parts{std::move(config), std::move(policy), {}, std::move(notices)};
    parts.token_key = token_key;
    service = std::make_unique<Service>(*store, clock, std::move(parts));
  }
  void accept(const Policy& policy) {
    store->accept_policy("# policy\n", policy, {}, act());
    use(policy, service->config());
  }
  void at(const std::string& now) { clock.set(instant(now)); }
  Act act() const { return service->act("tester"); }

  // "" or every error of the files. Warnings are fine.
  std::string import(const CsvFiles& files) {
    CsvImport parsed;
    for (const auto& [kind, text] : files) {
      read_csv(kind, std::string(csv_word(kind)) + ".csv", text, zone, parsed);
    }
    const ImportResult result =
        merge_import(parsed, *store, {service->today(), clock.now(), zone, 3, false});
    std::string errors;
    for (const CsvError& error : result.errors) errors += to_string(error) + "\n";
    if (errors.empty()) store->apply_import(result.changes, {}, act());
    return errors;
  }

  // "explain" with {"client", "C-1"}; json with {"json", ""}.
  Response run(const std::string& command, std::map<std::string, std::string> options = {}) {
    Request request;
    request.command = command;
    request.json = options.erase("json") != 0;
    request.options = std::move(options);
    request.actor = "tester";
    return run_command(request, *service);
  }
  std::string out(const std::string& command, std::map<std::string, std::string> options = {}) {
    const Response response = run(command, std::move(options));
    EXPECT_EQ(static_cast<int>(response.exit), 0) << response.err << response.out;
    return response.out;
  }

  bool with_weekly = false;
  std::optional<TokenKey> token_key;  // with it messages have links
  // What a power cut leaves is asked by the tests of db/ and programs/: here nobody waits for a
  // disk.
  TempDirectory directory{memory_directory()};
  Zone zone{"Asia/Tokyo"};
  FixedClock clock;
  std::unique_ptr<Store> store;
  std::unique_ptr<Service> service;
};

// OF-1 with case manager CM-1 and supervisor SV-1; C-1 with one period of fiscal year 2026, and a
// safety check every 30 days with 14 of grace.
inline CsvFiles small_office() {
  return {{CsvKind::offices, "office_code,name,supervisor\nOF-1,見本相談,SV-1\n"},
          {CsvKind::staff,
           "staff_code,name,role,office_code,email,channels\n"
           "CM-1,見本 太郎,case_manager,OF-1,taro@example.com,email\n"
           "SV-1,見本 次郎,supervisor,OF-1,jiro@example.com,email\n"},
          {CsvKind::clients,
           "client_code,name,certificate_no,office_code,case_manager,plan_kind,decision_start,"
           "decision_end\n"
           "C-1,仮 花子,9876543210,OF-1,CM-1,standby_short_stay,2026-04-01,2027-03-31\n"},
          {CsvKind::safety_checks,
           "check_code,client_code,provider,method,from,every_days,grace_days,agreed_on,"
           "agreed_by\n"
           "S-1,C-1,PR-1,電話,2026-04-10,30,14,2026-04-01,市\n"}};
}

}  // namespace omamori
