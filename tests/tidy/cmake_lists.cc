#include "tests/tidy/cmake_lists.h"

#include <algorithm>
#include <cctype>

namespace omamori::tidy {
namespace {

bool is_blank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

// Words and single parentheses. A blank between quotes splits too: no list of ours has one.
std::vector<Word> words_of(const File& file) {
  std::vector<Word> words;
  for (std::size_t i = 0; i < file.code.size(); ++i) {
    const int line = static_cast<int>(i) + 1;
    bool open = false;
    for (const char c : file.code[i]) {
      if (is_blank(c) || c == '(' || c == ')') {
        if (!is_blank(c)) words.push_back({std::string(1, c), line});
        open = false;
        continue;
      }
      if (!open) words.push_back({"", line});
      words.back().text += c;
      open = true;
    }
  }
  return words;
}

bool is_keyword(const std::string& word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

std::vector<CMakeCall> cmake_calls(const File& file) {
  std::vector<CMakeCall> calls;
  int depth = 0;
  const std::vector<Word> words = words_of(file);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Word& word = words[i];
    if (word.text == "(") {
      if (depth++ == 0 && i > 0) calls.push_back({words[i - 1], {}});
    } else if (word.text == ")") {
      --depth;
    } else if (depth > 0 && !calls.empty()) {
      calls.back().words.push_back(word);
    }
  }
  return calls;
}

std::vector<Layer> layers_of(const Tree& tree) {
  std::vector<Layer> layers;
  const auto top = tree.files.find("CMakeLists.txt");
  if (top == tree.files.end()) return layers;
  for (const CMakeCall& call : cmake_calls(top->second)) {
    if (call.name.text != "omamori_layer" || call.words.empty()) continue;
    Layer layer;
    layer.folder = call.words.front().text;
    layer.name = layer.folder.substr(layer.folder.rfind('/') + 1);
    layer.place = static_cast<int>(layers.size());
    bool depends = false;
    for (const Word& word : call.words) {
      if (is_keyword(word.text)) {
        depends = word.text == "DEPENDS";
      } else if (depends) {
        layer.depends.push_back(word.text);
      }
    }
    layers.push_back(layer);
  }
  return layers;
}

const Layer* layer_of(const std::vector<Layer>& layers, const std::string& path) {
  const Layer* found = nullptr;
  for (const Layer& layer : layers) {
    const bool closer = !found || layer.folder.size() > found->folder.size();
    if (lies_in(path, layer.folder) && closer) found = &layer;
  }
  return found;
}

}  // namespace omamori::tidy
