// What the build knows of, and what a header says first.
#include <set>

#include "tests/tidy/cmake_lists.h"
#include "tests/tidy/rules.h"
#include "tests/tidy/source_text.h"

namespace omamori::tidy {
namespace {

bool is_cmake_list(const std::string& path) {
  return path == "CMakeLists.txt" || path.ends_with("/CMakeLists.txt");
}

// Made by the build, as ${CMAKE_CURRENT_BINARY_DIR}/places.cc is.
bool is_made(const std::string& source) { return source.starts_with("$"); }

// Complains of `next` if it does not belong behind `before`.
void compare(const std::string& path, const Word& before, const Word& next, Complaints& out) {
  if (next.text == before.text) {
    out.push_back({path, next.line, next.text + " stands here twice: take one away"});
  } else if (is_made(before.text) && !is_made(next.text)) {
    out.push_back(
        {path, next.line,
         next.text + " stands behind " + before.text + ", which the build makes: those come last"});
  } else if (is_made(before.text) == is_made(next.text) && next.text < before.text) {
    out.push_back(
        {path, next.line, next.text + " stands behind " + before.text + ": sort the list"});
  }
}

// The folder of the CMakeLists.txt that must name the sources in `folder`: a folder of sources
// below another is listed there.
std::string listing_folder(const Tree& tree, std::string folder) {
  while (!folder.empty() && !tree.files.contains(folder + "/CMakeLists.txt")) {
    folder = folder_of(folder);
  }
  return folder;
}

}  // namespace

Complaints source_lists_are_sorted(const Tree& tree) {
  Complaints complaints;
  for (const auto& [path, file] : tree.files) {
    if (!is_cmake_list(path)) continue;
    for (const CMakeCall& call : cmake_calls(file)) {
      const Word* before = nullptr;
      for (const Word& word : call.words) {
        const bool source = word.text.ends_with(".cc");
        if (source && before) compare(path, *before, word, complaints);
        before = source ? &word : nullptr;
      }
    }
  }
  return complaints;
}

Complaints sources_are_listed(const Tree& tree) {
  std::set<std::string> listed_sources;
  for (const auto& [path, file] : tree.files) {
    if (!is_cmake_list(path)) continue;
    const std::string folder = folder_of(path);
    for (const CMakeCall& call : cmake_calls(file)) {
      for (const Word& word : call.words) {
        listed_sources.insert((folder.empty() ? "" : folder + "/") + word.text);
      }
    }
  }
  Complaints complaints;
  for (const auto& [path, file] : tree.files) {
    if (!path.ends_with(".cc") || listed_sources.contains(path)) continue;
    const std::string folder = listing_folder(tree, folder_of(path));
    complaints.push_back({path, 1,
                          "nobody compiles it: name it in " + (folder.empty() ? "" : folder + "/") +
                              "CMakeLists.txt, or take it away"});
  }
  return complaints;
}

Complaints headers_say_what_they_are_for(const Tree& tree) {
  Complaints complaints;
  for (const auto& [path, file] : tree.files) {
    if (!is_header(path)) continue;
    if (file.lines.empty() || !file.lines.front().starts_with("// ")) {
      complaints.push_back({path, 1, "does not begin with a comment that says what it is for"});
    }
    bool once = false;
    for (const std::string& line : file.code) once = once || trimmed(line) == "#pragma once";
    if (!once) complaints.push_back({path, 1, "has no #pragma once: write it below the comment"});
  }
  return complaints;
}

}  // namespace omamori::tidy
