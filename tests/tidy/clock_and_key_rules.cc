// Two things that belong to one file each: the wall clock and the key of an obligation.
#include <array>

#include "tests/tidy/rules.h"
#include "tests/tidy/source_text.h"

namespace omamori::tidy {
namespace {

constexpr std::string_view kMachineClock = "daemon/runtime/machine_clock.";
constexpr std::string_view kObligation = "daemon/model/obligation.";

// steady_clock is no wall clock. high_resolution_clock is one with GCC.
constexpr std::array<std::string_view, 10> kWallClocks{
    "system_clock::now", "high_resolution_clock::now",
    "utc_clock::now",    "file_clock::now",
    "gettimeofday(",     "clock_gettime(CLOCK_REALTIME",
    "time(nullptr)",     "time(NULL)",
    "time(0)",           "std::time(",
};

// The global ::time(…), which is also how somebody else's X::time(…) ends.
bool calls_global_time(std::string_view code) {
  for (auto at = code.find("::time("); at != std::string_view::npos;
       at = code.find("::time(", at + 1)) {
    if (at == 0 || !is_word(code[at - 1])) return true;
  }
  return false;
}

bool reads_wall_clock(std::string_view code) {
  if (calls_global_time(code)) return true;
  for (const std::string_view clock : kWallClocks) {
    if (find_word(code, clock) != std::string_view::npos) return true;
  }
  return false;
}

// SQLite has a clock of its own.
bool is_clock_of_sqlite(std::string_view text) {
  return text.find("CURRENT_TIME") != std::string_view::npos ||
         text.find("CURRENT_DATE") != std::string_view::npos ||
         text.find("'now'") != std::string_view::npos ||
         text.find("unixepoch()") != std::string_view::npos;
}

constexpr std::array<std::string_view, 15> kKinds{
    "monitoring", "streak",  "baseline",   "lapse",   "concern",
    "renewal",    "expired", "unassigned", "return",  "suspension_standing",
    "check_in",   "trouble", "weekly",     "receipt", "end_report",
};

// "trouble/", "/lapse/", "/concern": a kind with the slash that stands beside it in a key. A path
// below templates/ is none.
bool is_part_of_key(std::string_view text) {
  for (const std::string_view kind : kKinds) {
    const std::string word(kind);
    if (text == "/" + word || text == word + "/" || text == "/" + word + "/") return true;
  }
  return false;
}

// key.substr(…) and the like on something called key or obligation.
bool takes_key_apart(std::string_view code) {
  for (const std::string_view name : {"key", "obligation", "key()"}) {
    for (const std::string_view call : {".substr(", ".find('", ".find(\"", ".find(k", ".rfind(",
                                        ".starts_with(", ".ends_with("}) {
      const std::string taken = std::string(name) + std::string(call);
      if (find_word(code, taken) != std::string_view::npos) return true;
    }
  }
  return false;
}

bool is_program(const std::string& path) { return is_cpp(path) && !lies_in(path, "tests"); }

}  // namespace

Complaints wall_clock_is_read_once(const Tree& tree) {
  Complaints complaints;
  const std::string what =
      "reads the wall clock: take an Instant, or a Clock of daemon/model/clock.h "
      "(daemon/runtime/machine_clock.h is the machine's)";
  for (const auto& [path, file] : tree.files) {
    if (!is_cpp(path) || path.starts_with(kMachineClock)) continue;
    for (std::size_t i = 0; i < file.code.size(); ++i) {
      if (reads_wall_clock(file.code[i])) {
        complaints.push_back({path, static_cast<int>(i) + 1, what});
      }
    }
    if (!lies_in(path, "db")) continue;
    for (const Literal& literal : file.literals) {
      if (is_clock_of_sqlite(literal.text)) complaints.push_back({path, literal.line, what});
    }
  }
  return complaints;
}

Complaints keys_stay_whole(const Tree& tree) {
  Complaints complaints;
  const std::string what =
      "knows how an obligation's key is built: ask daemon/model/obligation.h for the kind, client "
      "or day of it";
  for (const auto& [path, file] : tree.files) {
    if (!is_program(path) || path.starts_with(kObligation)) continue;
    std::vector<bool> wrong(file.lines.size() + 1, false);
    for (std::size_t i = 0; i < file.code.size(); ++i) {
      if (takes_key_apart(file.code[i])) wrong[i + 1] = true;
    }
    for (const Literal& literal : file.literals) {
      if (is_part_of_key(literal.text)) wrong[static_cast<std::size_t>(literal.line)] = true;
    }
    for (std::size_t line = 1; line < wrong.size(); ++line) {
      if (wrong[line]) complaints.push_back({path, static_cast<int>(line), what});
    }
  }
  return complaints;
}

}  // namespace omamori::tidy
