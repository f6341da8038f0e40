// One name, one type; and no name that nobody says.
#include <map>

#include "tests/tidy/outline.h"
#include "tests/tidy/rules.h"
#include "tests/tidy/source_text.h"

namespace omamori::tidy {
namespace {

struct Place {
  std::string path;
  int line = 0;
};

// Types that other files can see: "omamori::sim::World" -> where each is defined.
std::map<std::string, std::vector<Place>> shared_types(const Tree& tree) {
  std::map<std::string, std::vector<Place>> types;
  for (const auto& [path, file] : tree.files) {
    if (!is_cpp(path)) continue;
    for (const Piece& piece : outline(file)) {
      const bool own = piece.nested || piece.space.find("(unnamed)") != std::string::npos;
      if (piece.kind != PieceKind::type || piece.name.empty() || own) continue;
      types[piece.space + "::" + piece.name].push_back({path, piece.first});
    }
  }
  return types;
}

// "using std::chrono::days;" -> "days"; empty for everything else.
std::string_view name_brought_in(std::string_view line) {
  if (!line.starts_with("using ") || line.starts_with("using namespace ")) return {};
  const auto colon = line.rfind("::");
  if (colon == std::string_view::npos || line.find('=') != std::string_view::npos) return {};
  const std::string_view name = line.substr(colon + 2);
  return name.substr(0, name.find(';'));
}

// By itself: as a member or behind another namespace it is another name.
bool says_by_itself(std::string_view line, std::string_view name) {
  for (auto at = find_word(line, name); at != std::string_view::npos;
       at = find_word(line, name, at + 1)) {
    const std::string_view before = line.substr(0, at);
    if (!before.ends_with('.') && !before.ends_with("->") && !before.ends_with("::")) return true;
  }
  return false;
}

bool is_used(const File& file, std::string_view name) {
  for (const std::string& line : file.code) {
    if (says_by_itself(line, name)) return true;  // not the `using`: there it stands behind "::"
  }
  return false;
}

}  // namespace

Complaints type_names_are_unique(const Tree& tree) {
  Complaints complaints;
  for (const auto& [name, places] : shared_types(tree)) {
    for (std::size_t i = 1; i < places.size(); ++i) {
      complaints.push_back({places[i].path, places[i].line,
                            name + " is defined in " + places.front().path +
                                " too: rename one, or put it into an unnamed namespace"});
    }
  }
  return complaints;
}

Complaints usings_are_used(const Tree& tree) {
  Complaints complaints;
  for (const auto& [path, file] : tree.files) {
    if (!is_cpp(path) || is_header(path)) continue;
    for (std::size_t i = 0; i < file.code.size(); ++i) {
      const std::string_view name = name_brought_in(file.code[i]);
      if (name.empty() || is_used(file, name)) continue;
      complaints.push_back({path, static_cast<int>(i) + 1,
                            "nobody here says " + std::string(name) + ": take the line away"});
    }
  }
  return complaints;
}

}  // namespace omamori::tidy
