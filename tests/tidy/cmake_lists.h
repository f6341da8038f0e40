// The calls in a CMakeLists.txt, as words.
#pragma once

#include <string>
#include <vector>

#include "tests/tidy/source_tree.h"

namespace omamori::tidy {

struct Word {
  std::string text;
  int line = 0;  // from 1
};

// omamori_layer(daemon/rules DEPENDS model config): name and what stands between the parentheses.
struct CMakeCall {
  Word name;
  std::vector<Word> words;
};
std::vector<CMakeCall> cmake_calls(const File& file);

// One line of the table of layers.
struct Layer {
  std::string folder;                // "daemon/rules"
  std::string name;                  // "rules"
  std::vector<std::string> depends;  // names
  int place = 0;                     // 0 is the ground
};
std::vector<Layer> layers_of(const Tree& tree);
// The layer whose folder `path` lies in; null for the mains, tests and documents.
const Layer* layer_of(const std::vector<Layer>& layers, const std::string& path);

}  // namespace omamori::tidy
