#include "tests/tidy/source_tree.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>

#include "tests/tidy/source_text.h"

namespace omamori::tidy {
namespace {

namespace fs = std::filesystem;

// What is read when there is no git: an unpacked archive, or a checkout of somebody else.
constexpr std::array kFolders{"config", "daemon", "db", "notifiers", "systemd", "tests"};

std::string quoted_for_shell(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::vector<std::string> tracked_by_git(const std::string& root) {
  const std::string command = "git -C " + quoted_for_shell(root) + " ls-files -z 2>/dev/null";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
  std::string all;
  std::array<char, 8192> part{};
  while (pipe) {
    const std::size_t read = std::fread(part.data(), 1, part.size(), pipe.get());
    if (read == 0) break;
    all.append(part.data(), read);
  }
  std::vector<std::string> paths;
  std::istringstream in(all);
  for (std::string path; std::getline(in, path, '\0');) paths.push_back(path);
  return paths;
}

std::vector<std::string> found_on_disk(const std::string& root) {
  std::vector<std::string> paths;
  const auto take = [&](const fs::directory_entry& entry) {
    if (entry.is_regular_file()) paths.push_back(fs::relative(entry.path(), root).string());
  };
  for (const auto& entry : fs::directory_iterator(root)) take(entry);
  for (const std::string folder : kFolders) {
    if (!fs::is_directory(root + "/" + folder)) continue;
    auto walk = fs::recursive_directory_iterator(root + "/" + folder);
    for (auto at = begin(walk); at != end(walk); ++at) {
      const std::string name = at->path().filename().string();
      if (name == "node_modules" || name == "__pycache__") at.disable_recursion_pending();
      take(*at);
    }
  }
  return paths;
}

std::vector<std::string> split_lines(const std::string& content) {
  std::vector<std::string> lines;
  std::istringstream in(content);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace

Tree tree_at(const std::string& root) {
  std::vector<std::string> paths = tracked_by_git(root);
  if (paths.empty()) paths = found_on_disk(root);
  Tree tree;
  for (const std::string& path : paths) {
    std::ifstream in(root + "/" + path, std::ios::binary);
    if (!in) continue;  // tracked, but removed and not yet committed
    const std::string content{std::istreambuf_iterator<char>(in), {}};
    tree.files[path] = file_of(path, content);
  }
  return tree;
}

File file_of(const std::string& path, const std::string& content) {
  File file;
  file.path = path;
  file.lines = split_lines(content);
  if (is_cpp(path) || path.ends_with(".cc.in")) {
    split_cpp(file);
  } else if (path.ends_with(".md")) {
    file.comments = file.lines;
  } else {
    split_hash_comments(file);
  }
  return file;
}

Tree planted(const std::vector<std::pair<std::string, std::string>>& files) {
  Tree tree;
  for (const auto& [path, content] : files) tree.files[path] = file_of(path, content);
  return tree;
}

std::string listed(const Complaints& complaints) {
  std::string all;
  for (const Complaint& c : complaints) {
    all += c.path + ":" + std::to_string(c.line) + ": " + c.what + "\n";
  }
  return all;
}

bool is_header(std::string_view path) { return path.ends_with(".h"); }

bool is_cpp(std::string_view path) { return is_header(path) || path.ends_with(".cc"); }

bool is_script(const File& file) {
  if (file.path.ends_with(".py") || file.path.ends_with(".sh")) return true;
  if (file.lines.empty() || !file.lines.front().starts_with("#!")) return false;
  const std::string& first = file.lines.front();
  return first.ends_with("sh") || first.ends_with("sh -e") ||
         first.find("python") != std::string::npos;
}

bool lies_in(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

}  // namespace omamori::tidy
