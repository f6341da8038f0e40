// A copy that was made before somebody was erased still holds them: when it is restored they are
// erased from it once more, by the lists that lie beside the database and beside its copies
// (db/erased_list.h).
#pragma once

#include <filesystem>
#include <string>
#include <variant>

#include "db/erased_list.h"
#include "db/store.h"

namespace omamori {

// Both lists as one, of the database of that identity; a string: why one cannot be read.
std::variant<ErasedList, std::string> erased_of(const std::string& identity,
                                                const std::filesystem::path& database,
                                                const std::filesystem::path& copy);

// Whom the copy does not know to be erased is erased from it, all at once. How many.
int erase_again(Store& copy, const ErasedList& list, const Act& act);

}  // namespace omamori
