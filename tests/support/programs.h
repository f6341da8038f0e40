// The two programs as their users meet them: run in a directory of their own, with what they print
// and how they exit.
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/child_process.h"
#include "tests/support/mail_support.h"
#include "tests/support/places.h"

namespace omamori {

struct Ran {
  int exit = 0;
  std::string out;
  std::string err;
};

inline std::ostream& operator<<(std::ostream& to, const Ran& ran) {
  return to << "exit " << ran.exit << "\n" << ran.out << ran.err;
}

// A directory with configuration and database.
class Place {
 public:
  std::filesystem::path path(const std::string& name) const { return directory_.path() / name; }

  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(path(name).parent_path());
    std::ofstream(path(name), std::ios::binary) << text;
  }
  std::string read(const std::string& name) const { return read_file(path(name)); }

  // `words` behind `omamorictl --config omamori.toml`, with the clock if it was set.
  Ran ctl(const std::vector<std::string>& words) const { return run_program("omamorictl", words); }
  Ran daemon(const std::vector<std::string>& words) const { return run_program("omamorid", words); }
  std::vector<std::string> command(const std::string& program,
                                   const std::vector<std::string>& words) const {
    std::vector<std::string> all{program_path(program), "--config", path("omamori.toml").string()};
    if (!clock.empty()) all.insert(all.end(), {"--clock", clock});
    all.insert(all.end(), words.begin(), words.end());
    return all;
  }
  // A demo database, and the sample city as CSV files in csv/.
  void demo(const std::string& day, const std::vector<std::string>& sample_options = {}) {
    const Ran made = ctl({"init", "--demo"});
    ASSERT_EQ(made.exit, 0) << made;
    sample(day, sample_options);
  }
  void sample(const std::string& day, const std::vector<std::string>& options = {}) const {
    std::vector<std::string> words{program_path("omamori-sample-city"), "--day", day, "--out",
                                   path("csv").string()};
    words.insert(words.end(), options.begin(), options.end());
    run(words);
  }

  std::string clock;  // --clock

 private:
  Ran run_program(const std::string& program, const std::vector<std::string>& words) const {
    const std::string errors = path("stderr").string();
    std::vector<std::string> all{"/bin/sh", "-c", "exec \"$@\" 2>\"$0\"", errors};
    const auto line = command(program, words);
    all.insert(all.end(), line.begin(), line.end());
    ChildProcess child(all);
    Ran ran;
    ran.out = child.read_all();
    ran.exit = child.wait();
    ran.err = read_file(errors);
    return ran;
  }

  ScratchDirectory directory_;
};

}  // namespace omamori
