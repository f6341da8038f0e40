// A small office after a summer in which things were recorded, told and answered, whose client's
// service has ended; and a look through the whole file for what is left of somebody.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/loops_fixture.h"

namespace omamori {

class GoneTest : public LoopsTest {
 protected:
  // From 1 June to 15 September 2026: reminders go out, a lapse is told, people record and answer;
  // the last day of service is 31 August.
  void summer() {
    with_check = true;
    fill();
    run_to("2026-06-02T09:00:00+09:00");
    out("record monitoring",
        {{"client", "C-1"}, {"on", "2026-06-02"}, {"by", "仮の人"}, {"note", "庭の柿"}});
    out("record check-in",
        {{"check", "S-1"}, {"outcome", "ok"}, {"by", "仮の人"}, {"note", "玄関の鈴"}});
    out("record contact", {{"client", "C-1"}, {"by", "仮の人"}, {"note", "電話の声"}});
    out("suspend", {{"client", "C-1"},
                    {"from", "2026-06-10"},
                    {"until", "2026-06-12"},
                    {"reason", "検査入院"},
                    {"by", "仮の人"}});
    run_to("2026-08-20T12:00:00+09:00");
    for (const Obligation& live : store->live_obligations("C-1")) {
      if (live.kind == ObligationKind::monitoring) {
        out("ack", {{"obligation", live.key}, {"by", "CM-1"}, {"visit", "2026-08-25"}});
      }
    }
    out("end", {{"client", "C-1"}, {"on", "2026-08-31"}});
    run_to("2026-09-15T09:00:00+09:00");
  }

  // More rows than one slice takes.
  void many_check_ins() {
    for (int i = 0; i < 450; ++i) {
      store->record_check_in(seen("S-1", instant("2026-07-01T00:00:00Z") + std::chrono::minutes{i}),
                             act());
    }
  }

  // "table.column: value" of every text of the database that has one of these words.
  std::vector<std::string> left_of(const std::vector<std::string>& words) {
    std::vector<std::string> found;
    Database look(directory / "omamori.db", Database::ToLookAt{});
    std::vector<std::pair<std::string, std::string>> columns;
    Statement all(look,
                  "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c"
                  " WHERE m.type = 'table' ORDER BY m.name, c.cid");
    for (Cursor rows = all.query(); rows.next();) columns.emplace_back(rows.text(0), rows.text(1));
    for (const auto& [table, column] : columns) {
      Statement values(look, "SELECT \"" + column + "\" FROM \"" + table + "\"");
      for (Cursor rows = values.query(); rows.next();) {
        for (const std::string& word : words) {
          const std::string value = rows.text(0);
          const std::size_t at = value.find(word);
          const bool of_another =
              at != std::string::npos && at > 0 && value[at - 1] == 'C';  // CC-1
          if (at != std::string::npos && !of_another) {
            found.push_back(table + "." + column + ": " + value.substr(0, 80));
          }
        }
      }
    }
    return found;
  }
  // The database is looked at by another connection: it must have let go.
  void close() {
    reminders.reset();
    loop.reset();
    service.reset();
    store.reset();
  }
  void open() {
    store = std::make_unique<Store>(directory / "omamori.db", OpenOptions{});
    use({}, Config{});
  }
  // Rows of C-1 in each table that may have some: "check_in 2".
  std::vector<std::string> rows_of_client() {
    std::vector<std::string> found;
    Database look(directory / "omamori.db", Database::ToLookAt{});
    for (const char* table : {"acknowledgement", "check_in", "check_version", "client_schedule",
                              "client_version", "contact", "item", "monitoring", "obligation",
                              "period_version", "safety_check", "suspension"}) {
      const std::string from = std::string(" FROM ") + table;
      Statement count(look, "SELECT count(*)" + from + " WHERE client = 'C-1'");
      Cursor rows = count.query();
      rows.next();
      if (rows.integer(0) > 0) found.push_back(table);
    }
    return found;
  }
};

}  // namespace omamori
