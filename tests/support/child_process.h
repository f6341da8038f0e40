// A program that a test starts: its output can be read line by line, and it is gone when the object
// is. Killed by its own pid and waited for.
#pragma once

#include <fcntl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <spawn.h>

extern char** environ;

namespace omamori {

class ChildProcess {
 public:
  // `arguments[0]` is the program's path. Standard error is the test's own. Throws
  // std::runtime_error if it cannot be started.
  explicit ChildProcess(std::vector<std::string> arguments) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    std::vector<char*> pointers;
    pointers.reserve(arguments.size() + 1);
    for (auto& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    const int error =
        ::posix_spawn(&pid_, pointers[0], &actions, nullptr, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (error != 0) {
      ::close(ends[0]);
      throw std::runtime_error("cannot start " + arguments[0] + " (see its first line)");
    }
    output_ = ::fdopen(ends[0], "r");
  }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess() {
    std::fclose(output_);
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
  }

  // The next line it prints, without its end; empty at the end of its output.
  std::string read_line() {
    std::string line;
    for (int c = std::fgetc(output_); c != EOF && c != '\n'; c = std::fgetc(output_)) {
      line += static_cast<char>(c);
    }
    return line;
  }

  // The end of a pipe that hangs up when it ends; its own output is read with the above.
  int output() const { return ::fileno(output_); }

  // Everything until it closes its output.
  std::string read_all() {
    std::string all;
    for (int c = std::fgetc(output_); c != EOF; c = std::fgetc(output_)) {
      all += static_cast<char>(c);
    }
    return all;
  }

  // Waits for it to end by itself: its exit status, or -1 after a signal.
  int wait() {
    int status = 0;
    ::waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  // Asks it to stop (SIGTERM); wait() tells how it did.
  void ask_to_stop() { ask(SIGTERM); }
  // Sends it a signal that it knows.
  void ask(int signal) const { ::kill(pid_, signal); }

  // Ends it now and waits: nothing of it runs afterwards.
  void end() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(std::exchange(pid_, -1), nullptr, 0);
  }

 private:
  pid_t pid_ = -1;
  std::FILE* output_ = nullptr;
};

// Runs a program to its end and gives what it printed; throws with the status if it failed.
inline std::string run(const std::vector<std::string>& arguments) {
  ChildProcess child(arguments);
  std::string output = child.read_all();
  const int status = child.wait();
  if (status != 0) {
    throw std::runtime_error(arguments[0] + " ended with " + std::to_string(status));
  }
  return output;
}

}  // namespace omamori
