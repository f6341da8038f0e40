// What somebody typed in a reply, without what stands there beside it: our own message, quoted or
// not, and a signature. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace omamori {

// The words of the message that is answered, as a mail program may give them back: with or without
// marks, wrapped elsewhere, in half or full width.
class QuotedWords {
 public:
  // `texts`: the plain text, and the HTML as text.
  explicit QuotedWords(const std::vector<std::string>& texts);

  // Stands the line in it as a line of its own?
  bool has_line(std::string_view line) const;
  // ... or its beginning somewhere, because a mail program has broken or joined lines?
  bool has_beginning(std::string_view line) const;

 private:
  std::vector<std::string> lines_;   // without blanks, plain; ascending
  std::string all_;                  // the same in their order
  std::vector<std::size_t> begins_;  // of each in it
};

struct TypedLine {
  std::string text;
  bool above = true;  // no quotation stands above it
};

// The lines above, below and between quotations, in their order. Left out are lines that begin with
// a mark of a quotation, that stand in our message, that nobody types, being too long, and what
// stands between a signature's "-- " and the next quotation.
std::vector<TypedLine> typed_lines(std::string_view text, const QuotedWords& ours);

}  // namespace omamori
