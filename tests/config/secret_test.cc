#include "config/secret.h"

#include <cstdlib>

#include <gtest/gtest.h>

#include "config/file_modes.h"
#include "tests/support/scratch_directory.h"

namespace omamori {
namespace {

class Secret : public testing::Test {
 protected:
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    const auto path = scratch_.path() / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  std::string problem(const std::filesystem::path& path) const {
    const auto read = read_secrets(path);
    EXPECT_FALSE(read.value.has_value());
    EXPECT_FALSE(read_secret(path).value.has_value());
    EXPECT_EQ(read.errors.at(0).file, path.string());
    return read.errors.at(0).message;
  }
  ScratchDirectory scratch_;
};

TEST_F(Secret, TheFirstLineOrAll) {
  const auto path = write("s", "one\r\ntwo\n");
  EXPECT_EQ(read_secret(path).value, "one");
  EXPECT_EQ(read_secrets(path).value, "one\r\ntwo\n");
  EXPECT_EQ(read_secret(write("bare", "one")).value, "one");
}

TEST_F(Secret, WhatOthersMayReadOrChangeIsRefused) {
  using std::filesystem::perms;
  const auto path = write("way/s", "word\n");
  const auto directory = path.parent_path();
  std::filesystem::permissions(scratch_.path(), perms(0755));
  const auto modes = [&](int of_directory, int of_file) {
    std::filesystem::permissions(directory, perms(of_directory));
    std::filesystem::permissions(path, perms(of_file));
  };
  modes(0755, 0640);
  EXPECT_EQ(read_secret(path).value, "word") << "a group may be given it";
  modes(0750, 0666);
  EXPECT_EQ(read_secret(path).value, "word") << "others do not come this far";
  modes(0755, 0644);
  EXPECT_NE(problem(path).find("may be read by anybody on this machine"), std::string::npos);
  EXPECT_EQ(read_certificates(path).value, "word\n");
  modes(0755, 0642);
  EXPECT_NE(problem(path).find("may be changed by anybody"), std::string::npos);
  modes(0777, 0600);
  EXPECT_NE(problem(path).find("may be changed by anybody"), std::string::npos) << "replaced";
  modes(01777, 0600);
  EXPECT_EQ(read_secret(path).value, "word") << "as in /tmp";
  EXPECT_EQ(open_to_others(directory / "none"), OpenToOthers{});
}

TEST_F(Secret, ACredentialOfThatNameComesFirst) {
  const auto path = write("s", "file\n");
  write("credentials/s", "credential\n");
  ::setenv("CREDENTIALS_DIRECTORY", (scratch_.path() / "credentials").c_str(), 1);
  const auto line = read_secret(path);
  const auto all = read_secrets(path);
  const auto other = read_secret(write("other", "file\n"));
  ::unsetenv("CREDENTIALS_DIRECTORY");
  EXPECT_EQ(line.value, "credential");
  EXPECT_EQ(all.value, "credential\n");
  EXPECT_EQ(other.value, "file");
}

TEST_F(Secret, WhatCannotBeReadSaysWhyAndNotWhatIsInIt) {
  EXPECT_EQ(problem(scratch_.path() / "absent"),
            "cannot read the secret: No such file or directory");
  EXPECT_EQ(problem(write("empty", "")), "cannot read the secret: is empty");
  EXPECT_EQ(problem(scratch_.path()), "cannot read the secret: Is a directory");
  EXPECT_EQ(problem(write("long", std::string(70000, 'x'))), "is too long for a secret");
  const auto blank = read_secret(write("blank", "\ns3cret\n"));
  EXPECT_EQ(blank.errors.at(0).message, "the first line is empty");
}

}  // namespace
}  // namespace omamori
