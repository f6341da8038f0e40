// The sources as values: what the rules of tests/tidy/rules.h look at. Read from the disk for the
// real tree, planted in memory for examples.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace omamori::tidy {

struct Literal {
  int line = 0;      // from 1
  std::string text;  // without the quotes, as it is written
};

// One file, and the same split by what a reader takes it for. Every vector of lines has one entry a
// line, with the columns of the original.
struct File {
  std::string path;                   // from the top of the repository: "daemon/rules/plan.cc"
  std::vector<std::string> lines;     // as they are
  std::vector<std::string> code;      // without comments and without what stands between quotes
  std::vector<std::string> comments;  // comments only; a document is a comment as a whole
  std::vector<Literal> literals;      // of C++ only
};

struct Tree {
  std::map<std::string, File> files;  // by path
};

// What is wrong at a place, and what to do about it.
struct Complaint {
  std::string path;
  int line = 0;  // from 1
  std::string what;
};
using Complaints = std::vector<Complaint>;

// What git tracks below `root`; without git, what lies in the folders of sources and at the top.
Tree tree_at(const std::string& root);
// A file with that content.
File file_of(const std::string& path, const std::string& content);
// A tree of such files.
Tree planted(const std::vector<std::pair<std::string, std::string>>& files);

// "path:line: what", one a line.
std::string listed(const Complaints& complaints);

bool is_header(std::string_view path);
bool is_cpp(std::string_view path);  // .h and .cc
bool is_script(const File& file);    // Python and shell, by suffix or first line
// Is `path` inside `folder` ("daemon/rules")?
bool lies_in(std::string_view path, std::string_view folder);
// "daemon/rules" of "daemon/rules/plan.cc"; empty at the top.
std::string folder_of(const std::string& path);

}  // namespace omamori::tidy
