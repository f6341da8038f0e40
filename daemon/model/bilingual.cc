#include "daemon/model/bilingual.h"

namespace omamori {
namespace {

// Between the English text and the Japanese one. No message of ours has it, and what is quoted from
// a file is printable.
constexpr char kBetween = '\f';

}  // namespace

std::vector<std::string> texts_in(Language language, const std::vector<Said>& said) {
  std::vector<std::string> texts;
  texts.reserve(said.size());
  for (const Said& one : said) texts.push_back(one.in(language));
  return texts;
}

std::string kept_lines(const std::vector<Said>& said) {
  const std::string en = joined_lines(texts_in(Language::en, said));
  const std::string ja = joined_lines(texts_in(Language::ja, said));
  return ja == en ? en : en + kBetween + ja;
}

std::string kept_in(Language language, std::string_view kept) {
  const std::size_t between = kept.find(kBetween);
  if (between == std::string_view::npos) return std::string(kept);
  return std::string(language == Language::en ? kept.substr(0, between) : kept.substr(between + 1));
}

std::string joined_lines(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : "\n") + text;
  return all;
}

}  // namespace omamori
