#include "daemon/web/attendance_file.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "daemon/import/csv/kinds.h"
#include "daemon/import/merge.h"

namespace omamori {
namespace {

constexpr const char* kFileName = "check_ins.csv";

// Something wrong, in words, and where: 0 = the file as a whole.
struct FileProblem {
  int line = 0;
  Said what;
};

FileProblem problem_at(int line, const std::string& column, const Said& what) {
  const std::string at = std::to_string(line);
  const std::string title = column.empty() ? "" : column + ": ";
  if (line == 0) return {0, {"ファイル " + what.ja, "the file " + what.en}};
  return {line, {at + "行目 " + title + what.ja, "line " + at + ": " + title + what.en}};
}

class AttendanceFileReader {
 public:
  AttendanceFileReader(const AttendanceHolder& holder, Service& service)
      : holder_(holder), service_(service) {}

  std::variant<std::vector<Attended>, std::vector<Said>> run(std::string_view bytes) {
    read_csv(CsvKind::check_ins, kFileName, bytes, service_.zone(), files_);
    auto& rows = files_.check_ins.rows;
    if (rows.size() > kMostAttended) {
      const std::string most = std::to_string(kMostAttended);
      return std::vector<Said>{{most + "行までです。ファイルを分けてください",
                                "at most " + most + " rows; divide the file"}};
    }
    refuse_others(rows);
    std::vector<Attended> people = take_known(rows);
    const ImportContext context{service_.today(), service_.now(), service_.zone(),
                                service_.policy().terms.standard_interval_months, false};
    const ImportResult result = merge_import(files_, service_.store(), context);
    if (problems_.empty() && result.errors.empty()) {
      take_new(result, people);
      if (!people.empty()) return people;
      return std::vector<Said>{{"ファイルに行がありません", "the file has no rows"}};
    }
    for (const CsvError& error : result.errors) {
      problems_.push_back(problem_at(error.line, error.column, {error.message, error.message}));
    }
    return in_words();
  }

 private:
  // They are taken out before the importer could say what it knows of them.
  void refuse_others(std::vector<CheckInRow>& rows) {
    std::erase_if(rows, [&](const CheckInRow& row) {
      if (row.check.empty() || holder_.find(row.check)) return false;
      problems_.push_back(problem_at(row.line, files_.check_ins.titles.front(),
                                     {"この一覧にない安否確認です", "is not one of your checks"}));
      return true;
    });
  }

  // A record of that check, day and outcome is known, by whatever door it came (P8).
  std::vector<Attended> take_known(std::vector<CheckInRow>& rows) {
    std::vector<Attended> known;
    std::erase_if(rows, [&](const CheckInRow& row) {
      if (!row.whole) return false;
      const Attended one = attended(row);
      const auto& records = holder_.find(row.check)->check_ins;
      const bool is_known = std::any_of(records.begin(), records.end(), [&](const CheckIn& record) {
        return record.on == one.on && record.outcome == one.outcome;
      });
      if (is_known) known.push_back(one);
      return is_known;
    });
    return known;
  }

  void take_new(const ImportResult& result, std::vector<Attended>& people) {
    for (const CheckInRecord& record : result.changes.check_ins) {
      people.push_back(
          {record.check, record.outcome, record.on, record.at, record.by, record.note, false});
    }
    // All that the importer warns of in such a file beside single cells: it was recorded and
    // voided.
    std::set<int> voided;
    for (const CsvError& warning : result.warnings) {
      const auto& of_cells = files_.warnings;
      const bool of_a_cell = std::find(of_cells.begin(), of_cells.end(), warning) != of_cells.end();
      if (!of_a_cell) voided.insert(warning.line);
    }
    for (const CheckInRow& row : files_.check_ins.rows) {
      if (!voided.contains(row.line)) continue;
      people.push_back(attended(row));
      people.back().voided = true;
    }
  }

  Attended attended(const CheckInRow& row) const {
    return {row.check, row.outcome, service_.zone().day_of(row.at), row.at, row.by, row.note,
            false,     row.day_only};
  }

  std::vector<Said> in_words() {
    std::stable_sort(problems_.begin(), problems_.end(),
                     [](const FileProblem& a, const FileProblem& b) { return a.line < b.line; });
    std::vector<Said> said;
    said.reserve(problems_.size());
    for (FileProblem& problem : problems_) said.push_back(std::move(problem.what));
    return said;
  }

  const AttendanceHolder& holder_;
  Service& service_;
  CsvImport files_;
  std::vector<FileProblem> problems_;
};

}  // namespace

std::variant<std::vector<Attended>, std::vector<Said>> read_attendance_file(
    std::string_view bytes, const AttendanceHolder& holder, Service& service) {
  return AttendanceFileReader(holder, service).run(bytes);
}

}  // namespace omamori
