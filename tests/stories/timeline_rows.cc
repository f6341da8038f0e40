#include "tests/stories/timeline_rows.h"

#include <algorithm>
#include <utility>

namespace omamori {
namespace {

using Files = std::map<CsvKind, std::string>;

const std::string kOfficeHeader = "office_code,name,supervisor,core_center\n";
const std::string kUsualStaff =
    "staff_code,name,role,office_code,email,channels\n"
    "CM-1,見本 一,case_manager,OF-1,cm-1@example.jp,email\n"
    "CM-2,見本 二,case_manager,OF-1,cm-2@example.jp,email\n"
    "SV-1,見本 三,supervisor,OF-1,sv-1@example.jp,email\n"
    "CC-1,見本 四,core_center,,cc-1@example.jp,email\n"
    "PR-1,見本 五,provider,,pr-1@example.jp,email\n"
    "OP-1,見本 六,operator,,op-1@example.jp,email\n";

// "nobody" is an empty cell.
std::string code_or_empty(const std::string& word) { return word == "nobody" ? "" : word; }

Files usual_office(const std::smatch&) {
  return {{CsvKind::offices, kOfficeHeader + "OF-1,見本相談,SV-1,CC-1\n"},
          {CsvKind::staff, kUsualStaff}};
}

// office OF-1 with supervisor CM-1 and core centre nobody
Files office(const std::smatch& w) {
  return {{CsvKind::offices, kOfficeHeader + w[1].str() + ",見本相談," + code_or_empty(w[2]) + "," +
                                 code_or_empty(w[3]) + "\n"}};
}

// staff CM-1 case_manager by email file [, until DAY]
Files staff(const std::smatch& w) {
  const std::string code = w[1];
  const std::string role = w[2];
  const bool of_office =
      role == "case_manager" || role == "coordinator" || (role == "supervisor" && code == "SV-1");
  return {{CsvKind::staff, "staff_code,name,role,office_code,email,webhook,channels,until\n" +
                               code + ",見本 七," + role + "," + (of_office ? "OF-1" : "") + "," +
                               address_of(code) + ",case-tool," + w[3].str() + "," + w[4].str() +
                               "\n"}};
}

// client C-1 of CM-1, 2026-04-01..2027-03-31 [, standby|regular|self plan] [, new|changed]
//   [, every 6 months] [, months 2026-06 2026-12] [, watched from DAY]
Files client(const std::smatch& w) {
  const std::string plan = w[5] == ", regular"     ? "regular"
                           : w[5] == ", self plan" ? "self_plan"
                                                   : "standby_short_stay";
  std::string header =
      "client_code,name,certificate_no,office_code,case_manager,plan_kind,"
      "decision_start,decision_end,decision_kind,interval_months,monitoring_months";
  std::string row = w[1].str() + ",仮 花子,9876543210,OF-1," + code_or_empty(w[2]) + "," + plan +
                    "," + w[3].str() + "," + w[4].str() + "," +
                    (w[6].matched ? w[6].str().substr(2) : "") + "," + w[7].str() + "," +
                    w[8].str();
  if (w[9].matched) {
    header += ",watched_from";
    row += "," + w[9].str();
  }
  return {{CsvKind::clients, header + "\n" + row + "\n"}};
}

// check S-1 of C-1 by PR-1, every 30 days and 7 of grace, 2026-04-10..2026-09-30
//   [, extends to 9 months] [, agreed DAY] [, watched from DAY]
Files check(const std::smatch& w) {
  std::string header =
      "check_code,client_code,provider,method,from,until,every_days,grace_days,"
      "extends_to_months,agreed_on,agreed_by";
  std::string row = w[1].str() + "," + w[2].str() + "," + w[3].str() + ",電話," + w[6].str() + "," +
                    w[7].str() + "," + w[4].str() + "," + w[5].str() + "," + w[8].str() + "," +
                    w[9].str() + ",市";
  if (w[10].matched) {
    header += ",watched_from";
    row += "," + w[10].str();
  }
  return {{CsvKind::safety_checks, header + "\n" + row + "\n"}};
}

}  // namespace

std::regex sentence_form(const std::string& form) {
  std::string pattern = form;
  for (const auto& [word, means] :
       {std::pair{std::string("CODE"), "([A-Z]+-[A-Z0-9]+)"},
        std::pair{std::string("DAY"), "([0-9]{4}-[0-9]{2}-[0-9]{2})"},
        std::pair{std::string("NOBODY"), "([A-Z]+-[A-Z0-9]+|nobody)"}}) {
    for (std::size_t at; (at = pattern.find(word)) != std::string::npos;) {
      pattern.replace(at, word.size(), means);
    }
  }
  return std::regex(pattern);
}

const std::vector<ImportSentence>& import_sentences() {
  static const std::vector<ImportSentence> all{
      {"usual office", usual_office},
      {"office CODE with supervisor NOBODY and core centre NOBODY", office},
      {"staff CODE (case_manager|supervisor|core_center|operator|provider|coordinator) by ([a-z ]+)"
       "(?:, until DAY)?",
       staff},
      {"client CODE of NOBODY, DAY\\.\\.DAY(, standby|, regular|, self plan)?(, new|, changed)?"
       "(?:, every ([0-9]+) months?)?(?:, months ([0-9 -]+))?(?:, watched from DAY)?",
       client},
      {"check CODE of CODE by CODE, every ([0-9]+) days and ([0-9]+) of grace, DAY\\.\\."
       "([0-9-]{10})?(?:, extends to ([0-9]+) months)?(?:, agreed DAY)?(?:, watched from DAY)?",
       check},
  };
  return all;
}

std::string address_of(std::string staff) {
  std::transform(staff.begin(), staff.end(), staff.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return staff + "@example.jp";
}

}  // namespace omamori
