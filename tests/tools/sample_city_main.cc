// omamori-sample-city: writes the six CSV files of a made-up city into a directory.
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include <CLI/CLI.hpp>

#include "daemon/import/csv/encoding.h"
#include "daemon/model/calendar.h"
#include "tests/tools/sample_city.h"

namespace omamori {
namespace {

void write_file(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file << bytes;
  file.close();
  if (!file) throw std::runtime_error("cannot write " + path.string());
}

void write_city(const SampleCity& city, const std::filesystem::path& directory, bool cp932) {
  const Zone zone("Asia/Tokyo");
  std::filesystem::create_directories(directory);
  for (std::size_t i = 0; i < kSampleKinds; ++i) {
    const auto kind = static_cast<CsvKind>(i);
    const std::string text = sample_csv(city, kind, zone);
    write_file(directory / (std::string(csv_word(kind)) + ".csv"),
               cp932 ? encode_cp932(text) : text);
  }
}

int run(int argc, char** argv) {
  CLI::App app{"Writes the six CSV files of a made-up city around a day."};
  SampleOptions options;
  std::string day, directory, channels;
  bool cp932 = false;
  app.add_option("--day", day, "the city's today, 2026-11-24")->required();
  app.add_option("--out", directory, "directory for the files")->required();
  app.add_option("--clients", options.clients, "how many clients (60)")
      ->check(CLI::Range(1, 1'000'000));
  app.add_option("--seed", options.seed, "another number, another city (1)");
  app.add_option("--channels", channels, "how people are told: \"email file\" (email)");
  app.add_flag("--cp932", cp932, "write CP932 as older spreadsheets do, not UTF-8");
  CLI11_PARSE(app, argc, argv);

  const auto parsed = parse_day(day);
  if (!parsed) {
    std::cerr << "--day " << day << " is not a day; write 2026-11-24\n";
    return 2;
  }
  options.day = *parsed;
  if (!channels.empty()) {
    const auto read = read_channels(channels);
    if (!read.value) {
      std::cerr << "--channels " << read.error << "\n";
      return 2;
    }
    options.channels = *read.value;
  }
  const SampleCity city = sample_city(options, Zone("Asia/Tokyo"));
  write_city(city, directory, cp932);
  std::cout << city.clients.size() << " clients, " << city.checks.size() << " safety checks, "
            << city.check_ins.size() << " check-ins, " << city.monitorings.size()
            << " monitorings\n";
  return 0;
}

}  // namespace
}  // namespace omamori

int main(int argc, char** argv) {
  try {
    return omamori::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
