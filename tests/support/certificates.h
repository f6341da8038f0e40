// Throw-away authorities and certificates for the tests of TLS, made with the openssl program.
#pragma once

#include <chrono>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/child_process.h"
#include "tests/support/scratch_directory.h"

namespace omamori {

// NAME.pem and NAME.key. `good`, `wrong-name` and `expired` are of the authority `ca`, `untrusted`
// of another. `alias` is as good as `good`, for tool.localhost.
class Certificates {
 public:
  Certificates() {
    make_authority("ca");
    make_authority("stranger");
    make("good", "ca", "localhost", "2");
    make("alias", "ca", "tool.localhost", "2");
    make("wrong-name", "ca", "other.example", "2");
    make("expired", "ca", "localhost", "0");  // not after the second in which it was made
    make("untrusted", "stranger", "localhost", "2");
  }
  // When the making of them began, to the second.
  std::chrono::sys_seconds begun() const { return begun_; }
  std::string file(const std::string& name) const { return (scratch_.path() / name).string(); }
  // For a server of ours.
  std::vector<std::string> options(const std::string& name) const {
    return {"--certificate", file(name + ".pem"), "--key", file(name + ".key")};
  }

 private:
  void openssl(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "/usr/bin/openssl");
    run(arguments);
  }
  void make_authority(const std::string& name) const {
    openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-keyout", file(name + ".key"), "-out", file(name + ".pem"), "-subj", "/CN=" + name,
             "-days", "2"});
  }
  void make(const std::string& name, const std::string& authority, const std::string& host,
            const std::string& days) const {
    openssl({"req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-keyout", file(name + ".key"), "-out", file(name + ".csr"), "-subj", "/CN=" + host});
    std::ofstream(file(name + ".ext")) << "subjectAltName=DNS:" << host << "\n";
    openssl({"x509", "-req", "-in", file(name + ".csr"), "-CA", file(authority + ".pem"), "-CAkey",
             file(authority + ".key"), "-CAcreateserial", "-days", days, "-extfile",
             file(name + ".ext"), "-out", file(name + ".pem")});
  }
  const std::chrono::sys_seconds begun_ =
      std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  ScratchDirectory scratch_;
};

// Made once for a program of tests.
inline const Certificates& certificates() {
  static const Certificates all;
  return all;
}

}  // namespace omamori
