#include "notifiers/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>

namespace omamori {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  // A close that fails may be where a network file system reports a full disk.
  bool close() { return ::close(std::exchange(number_, -1)) == 0; }

 private:
  int number_;
};

std::string failure(std::string_view doing, const std::filesystem::path& path) {
  const std::error_code error(errno, std::generic_category());
  return "cannot " + std::string(doing) + " " + path.string() + ": " + error.message();
}

bool write_all(int number, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(number, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::optional<std::string> write_synced(const std::filesystem::path& path, std::string_view bytes) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!file.is_open()) return failure("create", path);
  if (!write_all(file.number(), bytes)) return failure("write", path);
  if (::fsync(file.number()) != 0 || !file.close()) return failure("write", path);
  return std::nullopt;
}

// Written beside, synced, renamed, and the name synced: at no instant is there half a file under
// the final name, power cut included.
std::optional<std::string> replace_file(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::path partial = path;
  partial += ".partial";
  if (auto problem = write_synced(partial, bytes)) return problem;
  if (std::rename(partial.c_str(), path.c_str()) != 0) return failure("name", path);
  const std::filesystem::path directory = path.parent_path();
  const Descriptor names(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!names.is_open() || ::fsync(names.number()) != 0) return failure("sync", directory);
  return std::nullopt;
}

}  // namespace

FileNotifier::FileNotifier(std::filesystem::path directory, std::string from, UtcOffset utc_offset)
    : directory_(std::move(directory)), from_(std::move(from)), utc_offset_(std::move(utc_offset)) {
  if (directory_.empty()) directory_ = ".";
}

SendResult FileNotifier::send(const Message& message, const Address& address, Instant now) {
  const Envelope envelope{from_, address.to + "@file.invalid", now,
                          utc_offset_ ? utc_offset_(now) : std::chrono::seconds{0}};
  const auto text = mail_text(message, envelope);
  if (const auto* bad = std::get_if<BadMail>(&text)) return Refused{bad->why};
  // mail_text() has let pass only ids of letters, digits and - _ . that do not begin with a dot:
  // as a file name it stays inside the directory.
  const std::filesystem::path path = directory_ / (message.id + ".eml");
  if (const auto problem = replace_file(path, std::get<MailText>(text).bytes)) {
    // The directory or the disk: the next message would fare alike.
    return TryAgain{*problem, std::nullopt, false, true};
  }
  return Sent{path.filename().string()};
}

}  // namespace omamori
