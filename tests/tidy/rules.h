// The taste of this project as rules over its sources. Each is pure and says every place that
// breaks it and what to do there; what may break it, and why, stands in exceptions.h.
#pragma once

#include <string>
#include <vector>

#include "tests/tidy/source_tree.h"

namespace omamori::tidy {

// layer_rules.cc
// An include goes down: to what stands behind DEPENDS in the table of layers (CMakeLists.txt).
Complaints includes_follow_the_layers(const Tree& tree);
// A foreign library is known to its own folder only.
Complaints libraries_stay_in_their_folder(const Tree& tree);
Complaints headers_are_included(const Tree& tree);

// name_rules.cc
// One name, one type: at namespace scope, in headers and between source files.
Complaints type_names_are_unique(const Tree& tree);
// A name that a source file brings in, `using testing::Not;`, is said in it. clang-tidy has a check
// for this that does not look into included files, and ./dev lint includes several into one.
Complaints usings_are_used(const Tree& tree);

// word_rules.cc
// The words of the field, and no synonyms of them.
Complaints words_are_of_the_field(const Tree& tree);

// clock_and_key_rules.cc
// The wall clock is read in daemon/runtime/machine_clock.cc only.
Complaints wall_clock_is_read_once(const Tree& tree);
// The key of an obligation is built and taken apart in daemon/model/obligation.* only.
Complaints keys_stay_whole(const Tree& tree);

// size_rules.cc
constexpr int kMaxColumns = 100;  // characters, not bytes
constexpr int kMaxFunctionLines = 60;
constexpr int kMaxFileLines = 400;
Complaints lines_are_short(const Tree& tree);
Complaints functions_are_short(const Tree& tree);
Complaints files_are_short(const Tree& tree);

// document_rules.cc
// A path in a document (*.md) exists.
Complaints named_paths_exist(const Tree& tree);
// No mark of an unfinished merge is left in a file.
Complaints merges_are_finished(const Tree& tree);
// A section or rule of RULES.md that a document or comment names is in RULES.md.
Complaints cited_rules_exist(const Tree& tree);

// build_list_rules.cc
// The lists of sources in CMakeLists.txt are sorted, made files last, and name nothing twice.
Complaints source_lists_are_sorted(const Tree& tree);
// Every source file is compiled: named in the CMakeLists.txt of its folder.
Complaints sources_are_listed(const Tree& tree);
// #pragma once, and a comment at the top that says what the header is for.
Complaints headers_say_what_they_are_for(const Tree& tree);

}  // namespace omamori::tidy
