// One name, one type.
#include <map>

#include "tests/tidy/outline.h"
#include "tests/tidy/rules.h"

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

}  // namespace omamori::tidy
