#include "tests/tidy/outline.h"

#include <array>

#include "tests/tidy/source_text.h"

namespace omamori::tidy {
namespace {

enum class FrameKind { space, type, function, other };

struct Frame {
  FrameKind kind{};
  std::string name;
  int first = 0;
};

std::string_view first_word(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_word(text[end])) ++end;
  return text.substr(0, end);
}

// Without `template <…>` and the words that may stand before any declaration.
std::string_view without_prefix(std::string_view head) {
  head = trimmed(head);
  while (first_word(head) == "template") {
    int depth = 0;
    std::size_t at = head.find('<');
    for (; at < head.size(); ++at) {
      if (head[at] == '<') ++depth;
      if (head[at] == '>' && --depth == 0) break;
    }
    head = at < head.size() ? trimmed(head.substr(at + 1)) : std::string_view{};
  }
  for (const std::string_view word : {"inline", "static", "typedef"}) {
    if (first_word(head) == word) head = trimmed(head.substr(word.size()));
  }
  return head;
}

bool is_type_word(std::string_view word) {
  return word == "struct" || word == "class" || word == "union" || word == "enum";
}

// "Plan" of "enum class [[nodiscard]] Plan : int".
std::string type_name(std::string_view head) {
  while (is_type_word(first_word(head))) head = trimmed(head.substr(first_word(head).size()));
  while (head.starts_with("[[")) {
    const auto end = head.find("]]");
    head = end == std::string_view::npos ? std::string_view{} : trimmed(head.substr(end + 2));
  }
  std::size_t end = 0;
  while (end < head.size() && (is_word(head[end]) || head[end] == ':')) {
    if (head[end] == ':' && head.substr(end, 2) != "::") break;
    end += head[end] == ':' ? 2 : 1;
  }
  return std::string(head.substr(0, end));
}

class Scanner {
 public:
  explicit Scanner(const File& file) : file_(file) {}

  std::vector<Piece> run() {
    bool continued = false;  // a line of the preprocessor that ends in a backslash
    for (const std::string& line : file_.code) {
      ++line_;
      const std::string_view text = trimmed(line);
      const bool skipped = continued || text.starts_with('#');
      continued = skipped && text.ends_with('\\');
      if (skipped) continue;
      for (const char c : line) step(c);
      step(' ');
    }
    return std::move(pieces_);
  }

 private:
  bool in_body() const {
    return !frames_.empty() &&
           (frames_.back().kind == FrameKind::function || frames_.back().kind == FrameKind::other);
  }

  void step(char c) {
    if (c == '{') return open();
    if (c == '}') return close();
    if (in_body()) return;
    if (c == '(') ++parentheses_;
    if (c == ')') --parentheses_;
    if (c == ';' && parentheses_ == 0) return clear();
    if (head_.empty() && c != ' ') head_line_ = line_;
    if (!head_.empty() || c != ' ') head_ += c;
    const std::string_view h = trimmed(head_);
    if (h == "public:" || h == "private:" || h == "protected:") clear();
  }

  void open() {
    Frame frame{FrameKind::other, "", head_.empty() ? line_ : head_line_};
    if (!in_body()) frame = classified(frame);
    frames_.push_back(frame);
    if (frame.kind != FrameKind::other) clear();
  }

  Frame classified(Frame frame) const {
    const std::string_view h = without_prefix(head_);
    const std::string_view word = first_word(h);
    const bool after_blank = head_.ends_with(' ');
    if (parentheses_ > 0 || h.ends_with('=')) return frame;
    if (word == "namespace") {
      const std::string_view name = trimmed(h.substr(word.size()));
      return {FrameKind::space, name.empty() ? "(unnamed)" : std::string(name), frame.first};
    }
    if (word == "extern" && h.find('(') == std::string_view::npos) {
      return {FrameKind::space, "", frame.first};
    }
    if (is_type_word(word)) return {FrameKind::type, type_name(h), frame.first};
    const auto parenthesis = h.find('(');
    if (!after_blank || parenthesis == std::string_view::npos) return frame;
    return {FrameKind::function, function_name(h), frame.first};
  }

  // "Plan::run"; of a test macro "TEST(Plan, Runs)".
  static std::string function_name(std::string_view head) {
    const auto parenthesis = head.find('(');
    std::string_view name = trimmed(head.substr(0, parenthesis));
    if (name.starts_with("TEST") || name.starts_with("RC_")) {
      return std::string(head.substr(0, head.find(')') + 1));
    }
    const auto blank = name.find_last_of(" &*");
    if (blank != std::string_view::npos) name.remove_prefix(blank + 1);
    return std::string(name);
  }

  void close() {
    if (frames_.empty()) return;
    const Frame frame = frames_.back();
    frames_.pop_back();
    if (frame.kind == FrameKind::other) return;
    clear();
    if (frame.kind == FrameKind::space) return;
    Piece piece;
    piece.kind = frame.kind == FrameKind::type ? PieceKind::type : PieceKind::function;
    piece.name = frame.name;
    piece.first = frame.first;
    piece.last = line_;
    for (const Frame& around : frames_) {
      if (around.kind == FrameKind::type) piece.nested = true;
      if (around.kind != FrameKind::space || around.name.empty()) continue;
      piece.space += (piece.space.empty() ? "" : "::") + around.name;
    }
    pieces_.push_back(piece);
  }

  void clear() {
    head_.clear();
    parentheses_ = 0;
  }

  const File& file_;
  int line_ = 0;
  std::string head_;     // what was read since the last ; { or }
  int head_line_ = 0;    // where that began
  int parentheses_ = 0;  // open ones in head_
  std::vector<Frame> frames_;
  std::vector<Piece> pieces_;
};

}  // namespace

std::vector<Piece> outline(const File& file) { return Scanner(file).run(); }

}  // namespace omamori::tidy
