// The shape of the database file and how an older one becomes today's.
//
// A file is ours if its application_id is kApplicationId; its user_version counts the migrations
// it has been through. Migrations are SQL scripts in the order they were written; a published one
// is never edited. Each runs in its own transaction together with the new user_version, so a kill
// leaves the file at one version or the next.
#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>

#include "db/sqlite/database.h"

namespace omamori {

inline constexpr std::int64_t kApplicationId = 0x6f6d616d;  // "omam"

// Why a database cannot be used. what() says it in words, with what to do.
class OpenError : public std::runtime_error {
 public:
  enum class Reason {
    missing,  // no such file: omamorictl init
    exists,   // `create` on a file that is there
    in_use,   // another process owns it
    foreign,  // not made by omamori
    newer,    // made by a newer omamori
    empty,    // holds nothing, not even a schema
    gone,     // no such file, and there was one
    another,  // not the one that was here last, or an older copy of it
  };
  OpenError(Reason reason, const std::string& what) : std::runtime_error(what), reason_(reason) {}
  Reason reason() const { return reason_; }

 private:
  Reason reason_;
};

// All migrations there are. migrations()[0] makes schema 1 out of an empty file.
std::span<const char* const> migrations();

// Refuses a foreign or newer file (OpenError). Nothing has been written to it then. True: it holds
// no schema at all.
bool refuse_unfit(Database& database, std::span<const char* const> scripts);

// The same, then sets the connection's pragmas and applies the scripts the file has not seen.
// Returns how many were applied.
int prepare_schema(Database& database, std::span<const char* const> scripts);

}  // namespace omamori
