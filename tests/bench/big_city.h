// A city of 100,000 clients, or OMAMORI_BENCH_CLIENTS, in a database on disk, made once per process
// by the way every city comes in: CSV files, read, merged, applied, and decided upon until the
// first morning. What each step took is kept, so that steps that can only be done once are measured
// once.
#pragma once

#include <array>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "daemon/import/csv/words.h"
#include "daemon/model/clock.h"
#include "daemon/reminders/context.h"
#include "daemon/reminders/decide.h"
#include "db/store.h"

namespace omamori {

// The six files in memory, and the moment the city is looked at.
struct BigCityFiles {
  std::array<std::string, kCsvKinds> text;  // by CsvKind
  std::size_t clients = 0;
  std::size_t check_ins = 0;
  std::size_t rows = 0;  // of all files

  static const BigCityFiles& get();
};

class BigCity {
 public:
  using Seconds = std::chrono::duration<double>;

  // The one of this process; made when first asked for, removed at exit.
  static BigCity& get();

  BigCity(const BigCity&) = delete;
  BigCity& operator=(const BigCity&) = delete;
  ~BigCity();

  Store& store() { return *store_; }
  Service& service() { return *service_; }
  Act act() const { return service_->act("bench"); }
  std::uintmax_t bytes_on_disk() const;

  // How long the steps took that made it. Everybody is decided upon twice: after the import, which
  // opens the obligations, and at the slot of the next morning, when what is owed of them is told.
  Seconds read_csv_took{}, merge_took{}, apply_took{}, first_decide_took{}, first_morning_took{};
  DecideReport first_decide, first_morning;

 private:
  BigCity();
  void import();

  std::filesystem::path directory_;
  FixedClock clock_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Service> service_;
};

// The most memory this process has had at once, in bytes.
double peak_memory();

}  // namespace omamori
