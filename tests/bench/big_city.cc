#include "tests/bench/big_city.h"

#include <sys/resource.h>

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <system_error>

#include <stdlib.h>

#include "config/holidays.h"
#include "daemon/import/csv/kinds.h"
#include "daemon/import/merge.h"
#include "daemon/model/calendar.h"
#include "db/journal.h"
#include "tests/support/places.h"
#include "tests/tools/sample_city.h"

namespace omamori {
namespace {

constexpr int kClients = 100'000;  // unless OMAMORI_BENCH_CLIENTS says another number
const char* const kToday = "2026-11-24";
const char* const kImported = "2026-11-24T00:00:00Z";  // 09:00 in Tokyo, after that day's slot
const char* const kMorning = "2026-11-24T23:30:00Z";   // the next slot

std::filesystem::path new_directory() {
  std::string pattern = (std::filesystem::temp_directory_path() / "omamori-bench-XXXXXX").string();
  if (!::mkdtemp(pattern.data())) {
    throw std::system_error(errno, std::generic_category(), "cannot create " + pattern);
  }
  return pattern;
}

int wanted_clients() {
  const char* const said = std::getenv("OMAMORI_BENCH_CLIENTS");
  if (!said) return kClients;
  int clients = 0;
  const char* const end = said + std::strlen(said);
  const auto [stopped, error] = std::from_chars(said, end, clients);
  if (error != std::errc{} || stopped != end || clients < 1) {
    throw std::runtime_error("OMAMORI_BENCH_CLIENTS=" + std::string(said) +
                             " is not a number of clients; give one from 1 on");
  }
  return clients;
}

Service::Parts parts() {
  Service::Parts parts;
  const std::filesystem::path holidays = source_path("config/jp-holidays.csv");
  parts.holidays = load_holidays(holidays).value.value();
  return parts;
}

// Runs `step` and returns how long it took.
template <class Step>
BigCity::Seconds timed(Step step) {
  const auto begin = std::chrono::steady_clock::now();
  step();
  return std::chrono::steady_clock::now() - begin;
}

BigCityFiles make_files() {
  const Zone zone("Asia/Tokyo");
  SampleOptions options;
  options.day = parse_day(kToday).value();
  options.clients = wanted_clients();
  const SampleCity city = sample_city(options, zone);
  BigCityFiles files;
  for (std::size_t i = 0; i < kCsvKinds; ++i) {
    files.text[i] = sample_csv(city, static_cast<CsvKind>(i), zone);
  }
  files.clients = city.clients.size();
  files.check_ins = city.check_ins.size();
  files.rows = city.offices.size() + city.staff.size() + city.periods.size() + city.checks.size() +
               city.check_ins.size() + city.monitorings.size();
  return files;
}

}  // namespace

const BigCityFiles& BigCityFiles::get() {
  static const BigCityFiles files = make_files();
  return files;
}

BigCity& BigCity::get() {
  static BigCity city;
  return city;
}

BigCity::BigCity() : directory_(new_directory()), clock_(parse_instant(kImported).value()) {
  OpenOptions options;
  options.create = true;
  options.now = clock_.now();
  store_ = std::make_unique<Store>(directory_ / "omamori.db", options);
  service_ = std::make_unique<Service>(*store_, clock_, parts());
  import();
  first_decide_took = timed([&] { first_decide = decide_due(*service_, act()); });
  clock_.set(parse_instant(kMorning).value());
  first_morning_took = timed([&] { first_morning = decide_due(*service_, act()); });
}

BigCity::~BigCity() {
  service_.reset();
  store_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

void BigCity::import() {
  const BigCityFiles& files = BigCityFiles::get();
  CsvImport rows;
  std::vector<ImportFile> sources;
  read_csv_took = timed([&] {
    for (std::size_t i = 0; i < kCsvKinds; ++i) {
      const auto kind = static_cast<CsvKind>(i);
      const std::string word(csv_word(kind));
      read_csv(kind, word + ".csv", files.text[i], service_->zone(), rows);
      sources.push_back({word, word + ".csv", sha256_hex(files.text[i])});
    }
  });
  ImportResult result;
  merge_took = timed([&] {
    const ImportContext context{service_->today(), clock_.now(), service_->zone()};
    result = merge_import(rows, *store_, context);
  });
  if (!result.errors.empty()) throw std::runtime_error(to_string(result.errors.front()));
  apply_took = timed([&] { store_->apply_import(result.changes, sources, act()); });
}

std::uintmax_t BigCity::bytes_on_disk() const {
  std::uintmax_t bytes = 0;
  for (const auto& file : std::filesystem::directory_iterator(directory_)) {
    bytes += file.file_size();
  }
  return bytes;
}

double peak_memory() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return 1024.0 * static_cast<double>(usage.ru_maxrss);
}

}  // namespace omamori
