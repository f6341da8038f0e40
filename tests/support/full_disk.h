// A disk that takes nothing more, as long as this lives: a file of this process cannot grow, which
// is what SQLite meets when the disk is full.
#pragma once

#include <sys/resource.h>

#include <csignal>

namespace omamori {

class FullDisk {
 public:
  FullDisk() {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit none = before_;
    none.rlim_cur = 0;
    ::setrlimit(RLIMIT_FSIZE, &none);
  }
  ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

}  // namespace omamori
