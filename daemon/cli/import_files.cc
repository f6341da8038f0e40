#include "daemon/cli/import_files.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>

#include "daemon/import/csv/encoding.h"
#include "daemon/import/csv/words.h"

namespace omamori {
namespace {

namespace fs = std::filesystem;

// A city's years of check-ins have less, and a request to omamorid has to carry it.
constexpr std::uintmax_t kLargestFile = std::uintmax_t{128} << 20;

// Why a file is not even opened: reading a device would never end.
std::string problem_of(const fs::path& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) return "there is no such file";
  if (fs::is_directory(status)) {
    return "is a directory; to import all files in it say: import DIR";
  }
  if (!fs::is_regular_file(status)) return "is not a file";
  if (fs::file_size(path, error) > kLargestFile && !error) {
    return "is larger than " + std::to_string(kLargestFile >> 20) + " MiB; split it";
  }
  return "";
}

// What systems and spreadsheets leave in a directory by themselves.
bool is_left_behind(const std::string& name) {
  return name.starts_with('.') || name.starts_with("~$") || name == "Thumbs.db" ||
         name == "desktop.ini";
}

bool is_workbook_name(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return name.ends_with(".xlsx") || name.ends_with(".xlsm") || name.ends_with(".xls") ||
         name.ends_with(".ods");
}

struct Found {
  std::map<CsvKind, std::vector<fs::path>> files;
  std::vector<std::string> others;
};

Found look_into(const fs::path& directory, std::error_code& error) {
  Found found;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    std::error_code unknown;
    const bool is_directory = entry->is_directory(unknown);
    if (const auto kind = csv_kind_of_file(name); kind && !is_directory) {
      found.files[*kind].push_back(entry->path());
    } else if (!is_left_behind(name)) {
      found.others.push_back(name + (is_directory ? "/" : ""));
    }
  }
  for (auto& [kind, paths] : found.files) std::sort(paths.begin(), paths.end());
  std::sort(found.others.begin(), found.others.end());
  return found;
}

std::string file_names() {
  std::string names;
  for (const std::string_view kind : csv_kind_words()) {
    names += (names.empty() ? "" : ", ") + std::string(kind) + ".csv";
  }
  return names;
}

std::string others_text(const std::vector<std::string>& others) {
  constexpr std::size_t kMostNamed = 10;
  std::string names, hint;
  for (std::size_t i = 0; i < others.size(); ++i) {
    if (i < kMostNamed) names += (i == 0 ? "" : ", ") + others[i];
    if (is_workbook_name(others[i]) && hint.empty()) {
      hint = "; " + others[i] + " is a workbook; " + std::string(kHowToSaveAsCsv);
    }
  }
  if (others.size() > kMostNamed) {
    names += " and " + std::to_string(others.size() - kMostNamed) + " more";
  }
  return "nothing was imported, because these would not be read: " + names + "; the files are " +
         file_names() + ": rename them, take them away, or say --ignore-others" + hint;
}

}  // namespace

std::string read_import_file(const fs::path& path, std::vector<CommandFile>& files) {
  if (std::string why = problem_of(path); !why.empty()) return path.string() + ": " + why;
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file.is_open() || file.bad()) return path.string() + ": cannot be read";
  files.push_back({path.filename().string(), std::move(bytes)});
  return "";
}

std::string read_import_directory(const fs::path& directory, bool ignore_others,
                                  std::vector<CommandFile>& files) {
  std::error_code error;
  if (!fs::is_directory(directory, error)) {
    return directory.string() + ": not a directory; for one file say: import KIND FILE";
  }
  const Found found = look_into(directory, error);
  if (error) return directory.string() + ": cannot be read: " + error.message();
  for (const auto& [kind, paths] : found.files) {
    if (paths.size() == 1) continue;
    return directory.string() + ": " + paths[0].filename().string() + " and " +
           paths[1].filename().string() + " are both " + std::string(csv_word(kind)) +
           "; leave one";
  }
  if (!found.others.empty() && !ignore_others) {
    return directory.string() + ": " + others_text(found.others);
  }
  for (const auto& [kind, paths] : found.files) {
    if (std::string why = read_import_file(paths.front(), files); !why.empty()) return why;
  }
  return "";
}

}  // namespace omamori
