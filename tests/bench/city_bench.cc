// What a large city costs: its import, planning everybody, and the tick at which nothing is due.
// The targets are those of 100,000 clients.
#include <stdexcept>

#include <benchmark/benchmark.h>

#include "daemon/commands/preview_view.h"
#include "daemon/delivery/delivery_loop.h"
#include "daemon/delivery/senders.h"
#include "daemon/reminders/reminder_loop.h"
#include "tests/bench/big_city.h"

namespace omamori {
namespace {

using benchmark::Counter;

Counter count(std::size_t n) { return Counter(static_cast<double>(n)); }
Counter bytes(double n) { return Counter(n, Counter::kDefaults, Counter::kIs1024); }

// Everything from the bytes of the files to the last commit. An empty database can be filled once.
void BM_CityImport(benchmark::State& state) {
  const BigCityFiles& files = BigCityFiles::get();
  BigCity& city = BigCity::get();
  for ([[maybe_unused]] auto _ : state) {
    state.SetIterationTime((city.read_csv_took + city.merge_took + city.apply_took).count());
  }
  state.counters["clients"] = count(files.clients);
  state.counters["check_ins"] = count(files.check_ins);
  state.counters["rows"] = count(files.rows);
  state.counters["read_csv_s"] = city.read_csv_took.count();
  state.counters["merge_s"] = city.merge_took.count();
  state.counters["apply_s"] = city.apply_took.count();
  state.counters["database_bytes"] = bytes(static_cast<double>(city.bytes_on_disk()));
  state.counters["peak_memory_bytes"] = bytes(peak_memory());
  state.SetLabel("target < 20 s");
}
BENCHMARK(BM_CityImport)->Iterations(1)->UseManualTime()->Unit(benchmark::kSecond);

void report(benchmark::State& state, const DecideReport& decided) {
  if (!decided.failed.empty()) throw std::runtime_error(decided.failed.front().why);
  state.counters["clients"] = count(decided.clients);
  state.counters["opened"] = count(decided.opened);
  state.counters["owed"] = count(decided.owed);
  state.counters["silences"] = count(decided.silences);
}

// Every client is new: each obligation is written and journalled.
void BM_FirstDecide(benchmark::State& state) {
  BigCity& city = BigCity::get();
  for ([[maybe_unused]] auto _ : state) state.SetIterationTime(city.first_decide_took.count());
  report(state, city.first_decide);
  if (city.first_decide.clients != BigCityFiles::get().clients) {
    throw std::runtime_error("not every client was decided upon");
  }
  state.SetLabel("once in the life of a database");
}
BENCHMARK(BM_FirstDecide)->Iterations(1)->UseManualTime()->Unit(benchmark::kSecond);

// The first slot after an import: what is owed of all those obligations is written and journalled.
void BM_FirstMorning(benchmark::State& state) {
  BigCity& city = BigCity::get();
  for ([[maybe_unused]] auto _ : state) state.SetIterationTime(city.first_morning_took.count());
  report(state, city.first_morning);
  state.SetLabel("once in the life of a database");
}
BENCHMARK(BM_FirstMorning)->Iterations(1)->UseManualTime()->Unit(benchmark::kSecond);

// After a policy change: everybody is marked and planned again, and little of it is new.
void BM_Replan(benchmark::State& state) {
  BigCity& city = BigCity::get();
  std::size_t planned = 0, written = 0;
  for ([[maybe_unused]] auto _ : state) {
    city.store().mark_all_dirty(city.act().now);
    const DecideReport report = decide_due(city.service(), city.act());
    if (!report.failed.empty()) throw std::runtime_error(report.failed.front().why);
    if (report.clients != BigCityFiles::get().clients) {
      throw std::runtime_error("not every client was planned again");
    }
    planned += report.clients;
    written += report.opened + report.ended + report.owed + report.silences;
  }
  state.counters["clients/s"] = Counter(static_cast<double>(planned), Counter::kIsRate);
  state.counters["written"] = count(written);
  state.counters["peak_memory_bytes"] = bytes(peak_memory());
  state.SetLabel("target < 3 s");
}
BENCHMARK(BM_Replan)->Iterations(3)->UseRealTime()->Unit(benchmark::kSecond);

// What will be told in the next two weeks, by day and person.
void BM_Preview(benchmark::State& state) {
  BigCity& city = BigCity::get();
  const auto meanwhile = state.range(0) == 0 ? Meanwhile::confirmed : Meanwhile::silent;
  const Day until = city.service().today() + std::chrono::days{14};
  Preview shown;
  for ([[maybe_unused]] auto _ : state) shown = preview(city.service(), {until, meanwhile, "", 0});
  state.counters["lines"] = count(shown.lines);
  state.counters["messages"] = count(shown.messages);
  state.counters["peak_memory_bytes"] = bytes(peak_memory());
  state.SetLabel(meanwhile == Meanwhile::silent ? "if silent, target < 10 s" : "target < 10 s");
}
BENCHMARK(BM_Preview)->Arg(0)->Arg(1)->UseRealTime()->Unit(benchmark::kSecond);

// Reading the facts of everybody, without deciding anything.
void BM_ForEachClient(benchmark::State& state) {
  BigCity& city = BigCity::get();
  std::size_t clients = 0;
  for ([[maybe_unused]] auto _ : state) {
    city.store().for_each_client([&](ClientFacts& facts) {
      benchmark::DoNotOptimize(facts.code.data());
      ++clients;
    });
  }
  state.counters["clients/s"] = Counter(static_cast<double>(clients), Counter::kIsRate);
}
BENCHMARK(BM_ForEachClient)->UseRealTime()->Unit(benchmark::kSecond);

// The tick of almost every minute: a tick costs what is due, not what exists.
void BM_TickNothingDue(benchmark::State& state) {
  BigCity& city = BigCity::get();
  for ([[maybe_unused]] auto _ : state) {
    const DecideReport report = decide_due(city.service(), city.act());
    if (report.clients != 0) throw std::runtime_error("something was due");
  }
  state.SetLabel("target < 1 ms");
}
BENCHMARK(BM_TickNothingDue)->UseRealTime()->Unit(benchmark::kMicrosecond);

// The same tick as the daemon makes it, through both loops.
void BM_LoopsNothingDue(benchmark::State& state) {
  BigCity& city = BigCity::get();
  InlineCouriers nobody({});
  DeliveryLoop delivery(city.service(), nobody, {});
  const auto clock = [&] {
    const Instant now = city.act().now;
    return ClockReading{now, now.time_since_epoch(), true};
  };
  ReminderLoop reminders(city.service(), {[&] { return delivery.peers(); }, clock, Instant::min()});
  reminders.step();  // what the first tick after a start does once
  delivery.step();
  for ([[maybe_unused]] auto _ : state) {
    reminders.step();
    delivery.step();
    if (reminders.report().decided.clients != 0) throw std::runtime_error("something was due");
  }
  state.SetLabel("target < 1 ms");
}
BENCHMARK(BM_LoopsNothingDue)->UseRealTime()->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace omamori
