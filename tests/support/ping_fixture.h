// A sensor's calls at the doors of a small office whose safety check S-1 is in force from June
// 2026; it is 5 June, 09:00.
#pragma once

#include <string>
#include <vector>

#include "daemon/rules/check_state.h"
#include "daemon/web/router.h"
#include "db/door_records.h"
#include "tests/support/loops_fixture.h"

namespace omamori {

class PingFixture : public LoopsTest {
 protected:
  static constexpr const char* kPublicUrl = "https://omamori.city.example";

  PingFixture() {
    token_key = TokenKey{std::string(32, 'k')};
    open_doors();
    at("2026-06-05T09:00:00+09:00");
    check_says("agreed_on", "2026-05-01");
  }

  void open_doors(const std::string& listen = "127.0.0.1:8480") {
    Config config = service->config();
    config.http.listen = listen;
    config.http.public_url = kPublicUrl;
    use(service->policy(), config);
    start();
  }
  // "/ping/UUID", as check-key prints it.
  std::string key(const std::string& check = "S-1") {
    return out("check-key", {{"check", check}}).substr(std::string(kPublicUrl).size(), 42);
  }
  HttpResponse ask(const std::string& method, const std::string& path,
                   const std::string& rid = "") {
    HttpRequest request;
    request.method = method;
    request.path = path;
    if (!rid.empty()) request.query["rid"] = rid;
    WebContext context{*service, [] { return true; }};
    return answer_http(request, context);
  }
  // "200 OK"
  std::string ping(const std::string& behind = "", const std::string& rid = "") {
    const HttpResponse answer = ask("POST", key() + behind, rid);
    return std::to_string(answer.status) + " " + answer.body;
  }
  void ping_at(const std::string& time, const std::string& behind = "") {
    at("2026-06-" + time + ":00+09:00");
    EXPECT_EQ(ping(behind), "200 OK");
  }
  void check_says(const std::string& columns, const std::string& cells) {
    ASSERT_EQ(import({{CsvKind::safety_checks, "check_code,client_code,from,every_days," + columns +
                                                   "\nS-1,C-1,2026-06-01,30," + cells + "\n"}}),
              "");
  }
  // "ok 09:00 by ping, 09:00-17:10, 34 times"; day and zone left out.
  std::vector<std::string> records() {
    std::vector<std::string> found;
    store->each_check_in([&](const CheckInRecord& r) {
      std::string text = std::string(csv_word(r.outcome)) + zone.local_text(r.at).substr(7);
      if (r.joins != 0) text += " with " + std::to_string(r.joins);
      if (r.pings) {
        text += ", " + zone.local_text(r.pings->first).substr(11) + "-" +
                zone.local_text(r.pings->last).substr(11) + " x" + std::to_string(r.pings->times);
      }
      found.push_back(text);
    });
    return found;
  }
  std::int64_t written() { return store->journal().head().seq; }
  std::vector<std::string> live_concerns() {
    std::vector<std::string> keys;
    for (const Obligation& o : store->live_obligations("C-1")) {
      if (o.kind == ObligationKind::concern) keys.push_back(o.key);
    }
    return keys;
  }
  std::string state() {
    const auto facts = store->facts("C-1");
    const Check& check = facts->checks.front();
    return std::string(
        to_word(standing(current(check).terms, check.check_ins, service->today()).state));
  }
};

}  // namespace omamori
