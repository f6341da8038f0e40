// What may include what.
#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "tests/tidy/cmake_lists.h"
#include "tests/tidy/rules.h"
#include "tests/tidy/source_text.h"

namespace omamori::tidy {
namespace {

struct Include {
  int line = 0;
  std::string path;
  bool ours = false;  // between quotes
};

// Where the code says #include; one in a comment or in a text is none.
std::vector<Include> includes_of(const File& file) {
  std::vector<Include> found;
  for (std::size_t i = 0; i < file.code.size(); ++i) {
    const std::string_view code = trimmed(file.code[i]);
    if (!code.starts_with("#include")) continue;
    const std::string& line = file.lines[i];
    const auto begin = line.find_first_of("\"<");
    const auto end = begin == std::string::npos ? begin : line.find_first_of("\">", begin + 1);
    if (end == std::string::npos) continue;
    const std::string path = line.substr(begin + 1, end - begin - 1);
    found.push_back({static_cast<int>(i) + 1, path, line[begin] == '"'});
  }
  return found;
}

bool has(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Why a file of layer `from` must not include `path`; nothing if it may.
std::optional<std::string> wrong_way(const std::vector<Layer>& layers, const Layer& from,
                                     const std::string& path) {
  const std::string includes = "includes " + path + ", ";
  if (lies_in(path, "tests")) return includes + "a test's: move what is needed out of tests/";
  const Layer* to = layer_of(layers, path);
  if (!to || to == &from || has(from.depends, to->name)) return {};
  if (to->place > from.place) {
    return includes + "which lies above " + from.name +
           ": move what is needed down, or hand it in (CMakeLists.txt has the table of layers)";
  }
  return includes + "and " + from.name + " does not depend on " + to->name +
         ": do without it, or write it behind DEPENDS (CMakeLists.txt has the table of layers)";
}

// A library and the places that may know it. A place is a file or, with a slash at its end, a
// folder. Tests are among them only where they drive the library's loop or a command line.
struct Library {
  std::string_view header;  // how the path of its headers begins
  std::vector<std::string_view> places;
};

const std::vector<Library>& libraries() {
  static const std::vector<Library> all{
      {"sqlite3.h", {"db/sqlite/"}},
      {"curl/", {"notifiers/"}},
      {"toml++/", {"config/"}},
      {"boost/asio",
       {"daemon/serve/", "daemon/control/", "tests/serve/", "tests/support/",
        "tests/fuzz/control_fuzz.cc"}},
      {"boost/beast", {"daemon/serve/", "daemon/control/"}},
      {"spdlog/", {"daemon/runtime/log.cc"}},
      {"CLI/", {"daemon/cli/", "daemon/omamorid.cc", "daemon/omamorictl.cc", "tests/tools/"}},
      {"kainjow/", {"daemon/text/", "daemon/web/page.cc"}},
      {"csv.h", {"daemon/import/"}},
      {"glib.h", {"daemon/import/csv/text.cc", "daemon/mail/mail_charset.cc"}},
      {"date/", {"daemon/model/time_zone.cc"}},
      {"systemd/", {"daemon/serve/"}},
  };
  return all;
}

bool is_place(const std::string& path, std::string_view place) {
  return place.ends_with('/') ? path.starts_with(place) : path == place;
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string all;
  for (const std::string_view word : words) all += (all.empty() ? "" : ", ") + std::string(word);
  return all;
}

}  // namespace

Complaints includes_follow_the_layers(const Tree& tree) {
  Complaints complaints;
  const std::vector<Layer> layers = layers_of(tree);
  for (const Layer& layer : layers) {
    for (const std::string& name : layer.depends) {
      const auto below = std::find_if(layers.begin(), layers.begin() + layer.place,
                                      [&](const Layer& l) { return l.name == name; });
      if (below != layers.begin() + layer.place) continue;
      complaints.push_back({"CMakeLists.txt", 1,
                            "layer " + layer.name + " depends on " + name +
                                ", which does not stand above it in the table: the table goes " +
                                "from the ground up"});
    }
  }
  for (const auto& [path, file] : tree.files) {
    const Layer* from = layer_of(layers, path);
    if (!from) continue;  // the mains and tests may include anything
    for (const Include& include : includes_of(file)) {
      if (!include.ours) continue;
      if (auto why = wrong_way(layers, *from, include.path)) {
        complaints.push_back({path, include.line, *why});
      }
    }
  }
  return complaints;
}

Complaints libraries_stay_in_their_folder(const Tree& tree) {
  Complaints complaints;
  for (const auto& entry : tree.files) {
    const std::string& path = entry.first;
    for (const Include& include : includes_of(entry.second)) {
      if (include.ours) continue;
      for (const Library& library : libraries()) {
        if (!include.path.starts_with(library.header)) continue;
        const bool allowed =
            std::any_of(library.places.begin(), library.places.end(),
                        [&](std::string_view place) { return is_place(path, place); });
        if (allowed) continue;
        complaints.push_back({path, include.line,
                              "includes <" + include.path + ">, which belongs to " +
                                  joined(library.places) + ": use what stands around it there"});
      }
    }
  }
  return complaints;
}

Complaints headers_are_included(const Tree& tree) {
  std::set<std::string> included;
  for (const auto& [path, file] : tree.files) {
    for (const Include& include : includes_of(file)) {
      // Its own source file is none of its users.
      const bool own = path.substr(0, path.rfind('.')) + ".h" == include.path;
      if (!own) included.insert(include.path);
    }
  }
  Complaints complaints;
  for (const auto& [path, file] : tree.files) {
    if (!is_header(path) || included.contains(path)) continue;
    complaints.push_back({path, 1, "nobody includes it: take it away, or what it is for into use"});
  }
  return complaints;
}

}  // namespace omamori::tidy
