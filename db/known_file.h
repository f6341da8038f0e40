// Which database this is, and how far its journal had come: kept in a small file beside it
// ("omamori.db.known"), so that an emptied, an older or another database in its place is noticed
// instead of being taken for one in which everybody has been told of everything.
//
// The file may lag behind the database, and never leads: it is written when what it says is durable
// already. So a kill or a power cut never makes it refuse the database it is of. It is written
// whole and renamed; one that cannot be read all the same accuses nobody, and is written again.
//
// `omamorictl restore` puts a backup in its place and writes the file for it; who means the older
// database that is there removes it, and the next start makes it anew.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "db/journal.h"

namespace omamori {

struct KnownDatabase {
  std::string identity;  // made once, at random, and kept in the database
  JournalHead head;
  bool operator==(const KnownDatabase&) const = default;
};

// As text and back; nothing if a part is missing or does not belong to the others.
std::string encode(const KnownDatabase& known);
std::optional<KnownDatabase> decode_known(std::string_view text);

// What was found in the file at hand.
struct FoundDatabase {
  std::string identity;  // "" = made before databases had one
  JournalHead head;
  std::string hash_there;  // of the row known.head.seq; "" = there is none
};
// Why `found` is not the database that is known, at least as far as it had come; "" = it is.
std::string why_another(const KnownDatabase& known, const FoundDatabase& found);

// A new identity.
std::string random_identity();

class KnownFile {
 public:
  explicit KnownFile(const std::filesystem::path& database);
  const std::filesystem::path& path() const { return path_; }

  // There is a file, readable or not.
  bool exists() const;
  struct Nothing {
    std::string why;  // it cannot be read; "" = there is no file
  };
  std::variant<KnownDatabase, Nothing> read() const;
  // On disk when it returns. "" or why it could not be written.
  std::string write(const KnownDatabase& known) const;

 private:
  std::filesystem::path path_;
};

}  // namespace omamori
