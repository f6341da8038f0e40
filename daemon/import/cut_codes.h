// Codes that differ by zeros in front only: 0011 and 11. A spreadsheet cuts them where a column is
// not formatted as text, and who was 0011 would be a second client.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace omamori {

class CutCodes {
 public:
  // `known` gives the codes there are; it is asked once, if a code of digits comes at all.
  explicit CutCodes(std::function<std::vector<std::string>()> known) : known_(std::move(known)) {}

  // A code known already, or taken here before, that differs by such zeros; "" = none.
  std::string twin_of(const std::string& code);
  void take(const std::string& code);

 private:
  std::function<std::vector<std::string>()> known_;
  bool asked_ = false;
  std::unordered_map<std::string, std::vector<std::string>> by_number_;
};

// "no client 11; import it in clients.csv", and a known code that 11 may have been.
std::string no_such(const char* what, const std::string& code, const char* file, CutCodes& known);

}  // namespace omamori
