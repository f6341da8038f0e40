// The words of the field. A word that means the same as one of them makes a reader look for a
// difference.
#include <cctype>
#include <vector>

#include "tests/tidy/rules.h"
#include "tests/tidy/source_text.h"

namespace omamori::tidy {
namespace {

enum class Where {
  anywhere,    // in a text, a comment or a name: "care manager", care_manager, CareManager
  prose,       // in a text or a comment
  identifiers  // in the code
};

struct Synonym {
  std::string_view word;  // lower case; a blank stands for `_`, `-` and the hump of CamelCase too
  std::string_view instead;
  Where where = Where::anywhere;
};

const std::vector<Synonym>& synonyms() {
  static const std::vector<Synonym> all{
      {"patient", "client"},
      {"customer", "client"},
      {"beneficiary", "client"},
      {"service user", "client"},
      {"care manager", "case manager"},
      {"caseworker", "case manager"},
      {"case worker", "case manager"},
      {"social worker", "case manager"},
      {"welfare check", "safety check"},
      {"wellness check", "safety check"},
      {"wellbeing check", "safety check"},
      {"safety call", "safety check"},
      {"check up", "safety check"},
      {"home visit", "visit"},
      {"inspection", "visit"},
      {"appointment", "visit"},
      {"vacation", "absence"},
      {"deputy", "delegate"},
      {"municipality", "city"},
      {"local authority", "city"},
      {"alert", "message"},
      {"notification", "message"},
      {"core center", "core centre", Where::prose},
      {"core centre", "core_center", Where::identifiers},
      {"behavior", "behaviour"},
      {"canceled", "cancelled"},
      {"患者", "利用者"},
      {"顧客", "利用者"},
      {"ケアマネ", "相談支援専門員"},  // that is who plans for the aged
      {"家庭訪問", "訪問"},
  };
  return all;
}

// "caseManager_of" -> "case manager of"
std::string as_words(std::string_view text, bool identifiers) {
  std::string words;
  char before = ' ';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool hump = std::isupper(byte) != 0 && std::islower(static_cast<unsigned char>(before));
    if (identifiers && hump) words += ' ';
    const bool joint = c == '-' || (identifiers && c == '_');
    words += joint ? ' ' : static_cast<char>(std::tolower(byte));
    before = c;
  }
  return words;
}

// Also its plural.
bool says(std::string_view words, std::string_view synonym) {
  const bool ascii = static_cast<unsigned char>(synonym.front()) < 0x80;
  if (!ascii) return words.find(synonym) != std::string_view::npos;
  if (find_word(words, synonym) != std::string_view::npos) return true;
  if (synonym.ends_with('y')) {
    const std::string many = std::string(synonym.substr(0, synonym.size() - 1)) + "ies";
    return find_word(words, many) != std::string_view::npos;
  }
  return find_word(words, std::string(synonym) + "s") != std::string_view::npos;
}

// One stretch of a file, in the forms that are compared.
struct Stretch {
  int line = 0;
  std::string prose;        // empty in code
  std::string identifiers;  // of names in comments too
};

bool is_ours(const std::string& path) {
  for (const std::string_view folder : {"daemon", "config", "db", "notifiers"}) {
    if (lies_in(path, folder)) return is_cpp(path);
  }
  return false;
}

std::vector<Stretch> stretches(const File& file) {
  std::vector<Stretch> all;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const int line = static_cast<int>(i) + 1;
    if (!trimmed(file.code[i]).empty()) all.push_back({line, "", as_words(file.code[i], true)});
    if (!trimmed(file.comments[i]).empty()) {
      all.push_back({line, as_words(file.comments[i], false), as_words(file.comments[i], true)});
    }
  }
  for (const Literal& literal : file.literals) {
    all.push_back({literal.line, as_words(literal.text, false), as_words(literal.text, true)});
  }
  return all;
}

bool breaks(const Stretch& stretch, const Synonym& synonym) {
  if (synonym.where == Where::prose) return says(stretch.prose, synonym.word);
  if (synonym.where == Where::identifiers && !stretch.prose.empty()) return false;
  return says(stretch.identifiers, synonym.word);
}

}  // namespace

Complaints words_are_of_the_field(const Tree& tree) {
  Complaints complaints;
  for (const auto& [path, file] : tree.files) {
    if (!is_ours(path)) continue;
    for (const Stretch& stretch : stretches(file)) {
      for (const Synonym& synonym : synonyms()) {
        if (!breaks(stretch, synonym)) continue;
        complaints.push_back({path, stretch.line,
                              "says \"" + std::string(synonym.word) + "\": write \"" +
                                  std::string(synonym.instead) + "\""});
      }
    }
  }
  return complaints;
}

}  // namespace omamori::tidy
