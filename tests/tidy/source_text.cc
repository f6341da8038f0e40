#include "tests/tidy/source_text.h"

#include <cctype>

namespace omamori::tidy {
namespace {

// Goes through a file once, a character at a time, and remembers what it is in.
class Splitter {
 public:
  explicit Splitter(File& file) : file_(file) {}

  void run() {
    for (const std::string& line : file_.lines) {
      line_ = &line;
      code_.assign(line.size(), ' ');
      comment_.assign(line.size(), ' ');
      for (at_ = 0; at_ < line.size();) step();
      end_line();
    }
  }

 private:
  enum class In { code, line_comment, block_comment, text, raw_text };

  void step() {
    if (in_ == In::code) return in_code();
    if (in_ == In::text) return in_text();
    if (in_ == In::raw_text) return in_raw_text();
    comment_[at_] = (*line_)[at_];
    if (in_ == In::block_comment && rest().starts_with("*/")) {
      in_ = In::code;
      ++at_;
    }
    ++at_;
  }

  void in_code() {
    const char c = (*line_)[at_];
    if (rest().starts_with("//") || rest().starts_with("/*")) {
      in_ = rest()[1] == '/' ? In::line_comment : In::block_comment;
      at_ += 2;
      return;
    }
    code_[at_] = c;
    const bool between_digits = c == '\'' && at_ > 0 && is_word((*line_)[at_ - 1]);
    if (c == '"' || (c == '\'' && !between_digits)) begin_literal(c);
    ++at_;
  }

  void begin_literal(char quote) {
    quote_ = quote;
    literal_ = {static_cast<int>(file_.code.size()) + 1, ""};
    in_ = In::text;
    if (quote != '"' || at_ == 0 || (*line_)[at_ - 1] != 'R') return;
    const auto open = line_->find('(', at_);
    if (open == std::string::npos) return;
    in_ = In::raw_text;
    raw_end_ = ")" + line_->substr(at_ + 1, open - at_ - 1) + "\"";
    at_ = open;
  }

  void in_text() {
    const char c = (*line_)[at_];
    if (c == '\\') {
      literal_.text += rest().substr(0, 2);
      at_ += 2;
      return;
    }
    if (c == quote_) {
      end_literal();
    } else {
      literal_.text += c;
    }
    ++at_;
  }

  void in_raw_text() {
    if (rest().starts_with(raw_end_)) {
      at_ += raw_end_.size() - 1;
      end_literal();
    } else {
      literal_.text += (*line_)[at_];
    }
    ++at_;
  }

  void end_literal() {
    code_[at_] = quote_;
    in_ = In::code;
    if (quote_ == '"') file_.literals.push_back(literal_);
  }

  void end_line() {
    file_.code.push_back(code_);
    file_.comments.push_back(comment_);
    if (in_ == In::raw_text) literal_.text += '\n';
    if (in_ == In::line_comment || in_ == In::text) in_ = In::code;
  }

  std::string_view rest() const { return std::string_view(*line_).substr(at_); }

  File& file_;
  const std::string* line_ = nullptr;
  std::size_t at_ = 0;
  In in_ = In::code;
  char quote_ = '"';
  std::string raw_end_;
  Literal literal_;
  std::string code_;
  std::string comment_;
};

}  // namespace

void split_cpp(File& file) { Splitter(file).run(); }

void split_hash_comments(File& file) {
  for (const std::string& line : file.lines) {
    std::size_t hash = line.find('#');
    while (hash != std::string::npos && hash > 0 && line[hash - 1] != ' ') {
      hash = line.find('#', hash + 1);
    }
    const bool none = hash == std::string::npos;
    file.code.push_back(none ? line : line.substr(0, hash));
    file.comments.push_back(none ? "" : std::string(hash, ' ') + line.substr(hash));
  }
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) {
  for (auto at = text.find(word, from); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !is_word(word.front()) || !is_word(text[at - 1]);
    const bool ends = end == text.size() || !is_word(word.back()) || !is_word(text[end]);
    if (begins && ends) return at;
  }
  return std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace omamori::tidy
