// What the parts of the importer share; nobody else includes this.
//
// One function for each kind of file, called in the order of the kinds, each seeing through the
// Overlay what is stored and what the files before it have said.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "daemon/import/csv/columns.h"
#include "daemon/import/cut_codes.h"
#include "daemon/import/merge.h"

namespace omamori {

// Records of one kind by code: those of this import, else those stored, each looked up once.
template <typename Record>
class Layer {
 public:
  using Fetch = std::function<std::optional<Record>(const std::string&)>;
  explicit Layer(Fetch fetch) : fetch_(std::move(fetch)) {}

  // Nothing if unknown. Stays valid until put() with the same code.
  const Record* find(const std::string& code) {
    const auto [at, is_new] = records_.try_emplace(code);
    if (is_new) at->second = fetch_(code);
    return at->second ? &*at->second : nullptr;
  }
  void put(const Record& record) { records_[record.code] = record; }

  // A row whose code was readable but not the rest of it: the code counts as existing, so that one
  // mistake is not reported again wherever the code is used.
  void mention(const std::string& code) { mentioned_.insert(code); }
  void mention_all() { all_mentioned_ = true; }
  bool exists(const std::string& code) { return find(code) != nullptr || is_mentioned(code); }
  bool is_mentioned(const std::string& code) const {
    return all_mentioned_ || mentioned_.contains(code);
  }

 private:
  Fetch fetch_;
  std::unordered_map<std::string, std::optional<Record>> records_;
  std::unordered_set<std::string> mentioned_;
  bool all_mentioned_ = false;
};

struct Overlay {
  explicit Overlay(Registry& known)
      : offices([&known](const std::string& code) { return known.office(code); }),
        staff([&known](const std::string& code) { return known.staff(code); }),
        clients([&known](const std::string& code) { return known.client(code); }),
        checks([&known](const std::string& code) { return known.check(code); }),
        office_codes([&known] { return known.codes(Coded::office); }),
        staff_codes([&known] { return known.codes(Coded::staff); }),
        client_codes([&known] { return known.codes(Coded::client); }),
        check_codes([&known] { return known.codes(Coded::check); }) {}
  Layer<OfficeRecord> offices;
  Layer<StaffRecord> staff;
  Layer<ClientRecord> clients;
  Layer<CheckRecord> checks;
  CutCodes office_codes, staff_codes, client_codes, check_codes;
  // Not stored, hence without stored records: nothing to look up.
  std::unordered_set<std::string> new_clients;
  std::unordered_set<std::string> new_checks;
};

// Asks for the periods of each client once.
class FirstDays {
 public:
  FirstDays(const CsvImport& files, Registry& known) : files_(files), known_(known) {}
  // "" or why a record of that day is not believed (R12); "" as well where no period is known.
  std::string why_too_early(const std::string& client, Day on);

 private:
  void note(const std::string& client, Day start);

  const CsvImport& files_;
  Registry& known_;
  bool read_files_ = false;
  std::unordered_set<std::string> stored_seen_;
  std::unordered_map<std::string, Day> first_;
};

// One import under way.
struct Merge {
  const CsvImport& files;
  Registry& known;
  const ImportContext& context;
  ImportResult& result;
  Overlay overlay;
  FirstDays first_days{files, known};
};

void merge_offices(Merge& merge);
void merge_staff(Merge& merge);
void merge_clients(Merge& merge);
void merge_checks(Merge& merge);
void merge_check_ins(Merge& merge);
void merge_monitorings(Merge& merge);
void merge_contacts(Merge& merge);
void merge_suspensions(Merge& merge);
void merge_absences(Merge& merge);
void merge_acknowledgements(Merge& merge);

inline constexpr const char* kVoided =
    "was recorded and voided; it is not recorded again (if it is right after all: omamorictl "
    "record)";
// Warnings about codes of staff that nobody has, once the staff file has been read.
void warn_of_office_staff(Merge& merge);

// Collects the columns in which two records differ, in words for --dry-run.
class Difference {
 public:
  // Codes, days, numbers, words: shown as "column old -> new".
  void shown(std::string_view column, const std::string& from, const std::string& to);
  // Names, addresses, free text: shown as "column changed" (P7).
  void hidden(std::string_view column, const std::string& from, const std::string& to);
  bool any() const { return !text_.empty(); }
  const std::string& text() const { return text_; }

 private:
  void add(std::string_view column, const std::string& what);
  std::string text_;
};

// Errors, warnings, counts and --dry-run lines of one file.
template <typename Row>
class FileReport {
 public:
  FileReport(CsvKind kind, const CsvRows<Row>& rows, ImportResult& result, bool describe)
      : kind_(kind), rows_(rows), result_(result), describe_(describe) {}

  void error(int line, std::string_view column, std::string message) {
    result_.errors.push_back({rows_.file, line, title(column), std::move(message)});
  }
  void warn(int line, std::string_view column, std::string message) {
    result_.warnings.push_back({rows_.file, line, title(column), std::move(message)});
  }
  // Names the code that differs from this one by zeros in front only, if there is one. One that is
  // new may be somebody known.
  void compare(int line, std::string_view column, const std::string& code, bool is_new,
               CutCodes& codes) {
    const std::string twin = codes.twin_of(code);
    codes.take(code);
    if (twin.empty()) return;
    if (is_new) ++result_.codes_cut;
    warn(
        line, column,
        code + " and " + twin +
            " differ by zeros in front only; if the spreadsheet has cut them, format the column as "
            "text (文字列) there and type them again");
  }
  void added() { ++counts().added; }
  void added(const std::string& key) {
    added();
    describe(key, "new");
  }
  void changed(const std::string& key, const std::string& what) {
    ++counts().changed;
    describe(key, what);
  }
  void unchanged() { ++counts().unchanged; }
  void skipped() { ++counts().skipped; }
  // A consequence that is not a row of the file.
  void describe(const std::string& key, const std::string& what) {
    if (!describe_) return;
    result_.rows.push_back(std::string(csv_word(kind_)) + " " + key + ": " + what);
  }

 private:
  ImportCounts& counts() { return result_.counts[static_cast<std::size_t>(kind_)]; }
  // The header as the file writes it; the English name where the file lacks the column.
  std::string title(std::string_view column) const {
    const auto columns = columns_of(kind_);
    for (std::size_t i = 0; i < columns.size() && i < rows_.titles.size(); ++i) {
      if (columns[i].name == column) return rows_.titles[i];
    }
    return std::string(column);
  }

  CsvKind kind_;
  const CsvRows<Row>& rows_;
  ImportResult& result_;
  bool describe_;
};

// The line each key was first seen on, to name both lines of a double.
class Seen {
 public:
  // The earlier line with that key, 0 if this is the first.
  int before(const std::string& key, int line) {
    const auto [at, is_new] = lines_.try_emplace(key, line);
    return is_new ? 0 : at->second;
  }

 private:
  std::unordered_map<std::string, int> lines_;
};

// What the store would hold of a value, as text for Difference; empty for nothing.
std::string text_of(const std::optional<Day>& day);
std::string text_of(const std::optional<int>& number);
std::string text_of(const std::vector<Month>& months);

}  // namespace omamori
