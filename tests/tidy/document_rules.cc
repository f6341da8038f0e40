// Documents that name what is there.
#include <array>
#include <set>

#include <fnmatch.h>

#include "tests/tidy/rules.h"
#include "tests/tidy/source_text.h"

namespace omamori::tidy {
namespace {

struct Mention {
  int line = 0;
  std::string path;
  bool link = false;  // a link means what it says; between backticks may stand a part of a path
};

// What stands between `open` and `close` in `line`, and, for links, not further than a blank.
std::vector<std::string> between(const std::string& line, std::string_view open,
                                 std::string_view close) {
  std::vector<std::string> found;
  for (auto at = line.find(open); at != std::string::npos;) {
    const auto begin = at + open.size();
    const auto end = line.find(close, begin);
    if (end == std::string::npos) break;
    found.push_back(line.substr(begin, end - begin));
    at = line.find(open, end + close.size());
  }
  return found;
}

bool has_known_suffix(std::string_view path) {
  constexpr std::array<std::string_view, 11> kSuffixes{
      ".md", ".toml", ".h", ".cc", ".py", ".csv", ".json", ".sql", ".in", ".mustache", ".cmake"};
  for (const std::string_view suffix : kSuffixes) {
    if (path.size() > suffix.size() && path.ends_with(suffix)) return true;
  }
  return false;
}

std::set<std::string> top_folders(const Tree& tree) {
  std::set<std::string> folders;
  for (const auto& [path, file] : tree.files) {
    const auto slash = path.find('/');
    if (slash != std::string::npos) folders.insert(path.substr(0, slash));
  }
  return folders;
}

// "daemon/rules/{plan,forecast}.cc" -> both.
std::vector<std::string> without_braces(const std::string& path) {
  const auto open = path.find('{');
  const auto close = path.find('}', open == std::string::npos ? 0 : open);
  if (open == std::string::npos || close == std::string::npos) return {path};
  std::vector<std::string> all;
  for (auto at = open; at < close;) {
    const auto end = std::min(path.find(',', at + 1), close);
    const std::string one =
        path.substr(0, open) + path.substr(at + 1, end - at - 1) + path.substr(close + 1);
    for (const std::string& rest : without_braces(one)) all.push_back(rest);
    at = end;
  }
  return all;
}

bool looks_like_a_path(const std::string& text, const std::set<std::string>& folders) {
  // Not: a machine's own path, an address, an option, a place to fill in, a sentence, an upper-case
  // word that stands for one.
  if (text.empty() || text.find_first_of(" <>=:…$()|\"'") != std::string::npos) return false;
  if (text.starts_with('/') || text.starts_with('-') || text.starts_with("build/")) return false;
  const auto slash = text.find('/');
  const bool below_top = slash != std::string::npos && folders.contains(text.substr(0, slash));
  return below_top || has_known_suffix(text);
}

// The file, its header, its folder, or what a pattern stands for.
bool names_something(const Tree& tree, const std::string& path, bool whole) {
  std::string wanted = path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
  if (wanted.starts_with("./")) wanted.erase(0, 2);
  const bool pattern = wanted.find('*') != std::string::npos;
  for (const auto& [known, file] : tree.files) {
    if (known == wanted || lies_in(known, wanted)) return true;
    if (known == wanted + ".h" || known == wanted + ".cc") return true;
    if (pattern && ::fnmatch(wanted.c_str(), known.c_str(), 0) == 0) return true;
    if (whole) continue;
    if (known.ends_with("/" + wanted)) return true;
    if (pattern && ::fnmatch(("*/" + wanted).c_str(), known.c_str(), 0) == 0) return true;
  }
  return false;
}

// "tests/stories" + "../../RULES.md" -> "RULES.md"
std::string resolved(const std::string& folder, std::string path) {
  std::string from = folder;
  while (path.starts_with("../")) {
    path.erase(0, 3);
    from = folder_of(from);
  }
  if (path.starts_with("./")) path.erase(0, 2);
  return from.empty() ? path : from + "/" + path;
}

std::vector<Mention> mentions(const File& file, const std::set<std::string>& folders) {
  std::vector<Mention> found;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const int line = static_cast<int>(i) + 1;
    for (const std::string& quoted : between(file.lines[i], "`", "`")) {
      if (looks_like_a_path(quoted, folders)) found.push_back({line, quoted, false});
    }
    for (std::string target : between(file.lines[i], "](", ")")) {
      target = target.substr(0, target.find('#'));
      const bool elsewhere = target.empty() || target.find(':') != std::string::npos;
      if (!elsewhere) found.push_back({line, resolved(folder_of(file.path), target), true});
    }
  }
  return found;
}

// "R7", "P1", "4" for a section: what RULES.md has, by the bold beginning of a rule or a heading.
std::set<std::string> rules_and_sections(const Tree& tree) {
  std::set<std::string> names;
  const auto rules = tree.files.find("RULES.md");
  if (rules == tree.files.end()) return names;
  for (const std::string& line : rules->second.lines) {
    const bool heading = line.starts_with('#');
    const auto bold = line.find("**");
    const auto begin = heading ? line.find_first_not_of("# ") : bold;
    if (begin == std::string::npos) continue;
    std::size_t at = heading ? begin : begin + 2;
    std::string name;
    while (at < line.size() && is_word(line[at])) name += line[at++];
    names.insert(name);
  }
  return names;
}

struct Citation {
  int line = 0;
  std::string name;
};

std::string digits_at(std::string_view text, std::size_t at) {
  std::string digits;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') digits += text[at++];
  return digits;
}

// "R8.4.1" is a day of Reiwa, "section 3.6.1" one of somebody else's document.
bool goes_on(std::string_view text, std::size_t end) {
  if (end >= text.size()) return false;
  const bool point = text[end] == '.' && !digits_at(text, end + 1).empty();
  return point || is_word(text[end]);
}

void cited_in(std::string_view text, int line, std::vector<Citation>& found) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at > 0 && is_word(text[at - 1])) continue;
    if (text[at] == 'R' || text[at] == 'P') {
      const std::string digits = digits_at(text, at + 1);
      const std::size_t end = at + 1 + digits.size();
      if (!digits.empty() && !goes_on(text, end)) found.push_back({line, text[at] + digits});
    }
    for (const std::string_view word : {"section ", "sections "}) {
      if (!text.substr(at).starts_with(word)) continue;
      const std::string digits = digits_at(text, at + word.size());
      const std::size_t end = at + word.size() + digits.size();
      if (!digits.empty() && !goes_on(text, end)) found.push_back({line, digits});
    }
  }
}

// Where a document or a comment may cite RULES.md.
bool cites(const File& file) {
  return is_cpp(file.path) || is_script(file) || file.path.ends_with(".md") ||
         file.path.ends_with(".toml") || lies_in(file.path, "tests/stories");
}

}  // namespace

Complaints named_paths_exist(const Tree& tree) {
  Complaints complaints;
  const std::set<std::string> folders = top_folders(tree);
  for (const auto& [path, file] : tree.files) {
    if (!path.ends_with(".md")) continue;
    for (const Mention& mention : mentions(file, folders)) {
      for (const std::string& one : without_braces(mention.path)) {
        if (names_something(tree, one, mention.link)) continue;
        complaints.push_back({path, mention.line,
                              "names " + one + ", which does not exist: name what took its place"});
      }
    }
  }
  return complaints;
}

Complaints merges_are_finished(const Tree& tree) {
  Complaints complaints;
  for (const auto& [path, file] : tree.files) {
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::string& line = file.lines[i];
      if (!line.starts_with("<<<<<<< ") && !line.starts_with(">>>>>>> ")) continue;
      complaints.push_back(
          {path, static_cast<int>(i) + 1, "is the mark of a merge: keep one of the two versions"});
    }
  }
  return complaints;
}

Complaints cited_rules_exist(const Tree& tree) {
  Complaints complaints;
  const std::set<std::string> known = rules_and_sections(tree);
  for (const auto& [path, file] : tree.files) {
    if (!cites(file)) continue;
    std::vector<Citation> citations;
    for (std::size_t i = 0; i < file.comments.size(); ++i) {
      cited_in(file.comments[i], static_cast<int>(i) + 1, citations);
    }
    for (const Citation& citation : citations) {
      if (known.contains(citation.name)) continue;
      const bool section = citation.name.front() < 'A';
      complaints.push_back({path, citation.line,
                            (section ? "cites section " : "cites ") + citation.name +
                                ", which RULES.md does not have: cite the one that is meant"});
    }
  }
  return complaints;
}

}  // namespace omamori::tidy
