// Lines, functions and files that fit a reader's eye.
#include <algorithm>

#include "tests/tidy/outline.h"
#include "tests/tidy/rules.h"
#include "tests/tidy/source_text.h"

namespace omamori::tidy {
namespace {

// What people write and read as code; data and documents may be longer.
bool is_source(const File& file) { return is_cpp(file.path) || is_script(file); }

// Characters, not bytes: of UTF-8 every byte counts that does not go on with a character.
int columns(const std::string& line) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return static_cast<int>(std::count_if(line.begin(), line.end(), begins));
}

// A line of a text that is quoted over several lines is data: a table as people see it.
bool is_quoted_whole(const File& file, std::size_t line) {
  return is_cpp(file.path) && trimmed(file.code[line]).empty() &&
         trimmed(file.comments[line]).empty();
}

struct Body {
  std::string name;
  int first = 0;
  int last = 0;
};

int lines_of(const File& file, const Body& body) {
  int count = 0;
  for (int line = body.first; line <= body.last; ++line) {
    const auto at = static_cast<std::size_t>(line) - 1;
    if (file.lines[at].empty() || !is_quoted_whole(file, at)) ++count;
  }
  return count;
}

std::vector<Body> cpp_functions(const File& file) {
  std::vector<Body> bodies;
  for (const Piece& piece : outline(file)) {
    if (piece.kind == PieceKind::function) bodies.push_back({piece.name, piece.first, piece.last});
  }
  return bodies;
}

// `def name(…):` until the last line that is indented further.
std::vector<Body> python_functions(const File& file) {
  std::vector<Body> bodies;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::string& line = file.lines[i];
    const auto indent = line.find_first_not_of(' ');
    if (indent == std::string::npos || line.compare(indent, 4, "def ") != 0) continue;
    std::size_t last = i;
    for (std::size_t j = i + 1; j < file.lines.size(); ++j) {
      const auto inside = file.lines[j].find_first_not_of(' ');
      if (inside == std::string::npos) continue;
      if (inside <= indent && file.lines[j][inside] != ')') break;
      last = j;
    }
    const std::string name = line.substr(indent + 4, line.find('(') - indent - 4);
    bodies.push_back({name, static_cast<int>(i) + 1, static_cast<int>(last) + 1});
  }
  return bodies;
}

// `name() {` until the brace at the beginning of a line.
std::vector<Body> shell_functions(const File& file) {
  std::vector<Body> bodies;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::string& line = file.lines[i];
    const auto sign = line.find("() {");
    if (sign == std::string::npos || line.front() == ' ' || line.ends_with('}')) continue;
    std::size_t last = i;
    while (last + 1 < file.lines.size() && !file.lines[last].starts_with('}')) ++last;
    bodies.push_back({line.substr(0, sign), static_cast<int>(i) + 1, static_cast<int>(last) + 1});
  }
  return bodies;
}

std::vector<Body> functions(const File& file) {
  if (is_cpp(file.path)) return cpp_functions(file);
  const bool python =
      file.path.ends_with(".py") || file.lines.front().find("python") != std::string::npos;
  return python ? python_functions(file) : shell_functions(file);
}

}  // namespace

Complaints lines_are_short(const Tree& tree) {
  Complaints complaints;
  for (const auto& [path, file] : tree.files) {
    if (!is_source(file)) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const int count = columns(file.lines[i]);
      if (count <= kMaxColumns || is_quoted_whole(file, i)) continue;
      complaints.push_back({path, static_cast<int>(i) + 1,
                            "has " + std::to_string(count) + " columns: break it before " +
                                std::to_string(kMaxColumns) + " (./dev format)"});
    }
  }
  return complaints;
}

Complaints functions_are_short(const Tree& tree) {
  Complaints complaints;
  for (const auto& [path, file] : tree.files) {
    if (!is_source(file)) continue;
    for (const Body& body : functions(file)) {
      const int count = lines_of(file, body);
      if (count <= kMaxFunctionLines) continue;
      complaints.push_back({path, body.first,
                            body.name + " has " + std::to_string(count) +
                                " lines: give a part of it a name of its own, at most " +
                                std::to_string(kMaxFunctionLines) + " each"});
    }
  }
  return complaints;
}

Complaints files_are_short(const Tree& tree) {
  Complaints complaints;
  for (const auto& [path, file] : tree.files) {
    const int count = static_cast<int>(file.lines.size());
    if (!is_source(file) || count <= kMaxFileLines) continue;
    complaints.push_back({path, count,
                          "is the last line: split the file by topic, at most " +
                              std::to_string(kMaxFileLines) + " lines each"});
  }
  return complaints;
}

}  // namespace omamori::tidy
