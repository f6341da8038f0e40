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
  bool exists(const std::string& code) {
    return find(code) != nullptr || all_mentioned_ || mentioned_.contains(code);
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
        checks([&known](const std::string& code) { return known.check(code); }) {}
  Layer<OfficeRecord> offices;
  Layer<StaffRecord> staff;
  Layer<ClientRecord> clients;
  Layer<CheckRecord> checks;
  // Not stored, hence without stored records: nothing to look up.
  std::unordered_set<std::string> new_clients;
  std::unordered_set<std::string> new_checks;
};

// One import under way.
struct Merge {
  const CsvImport& files;
  Registry& known;
  const ImportContext& context;
  ImportResult& result;
  Overlay overlay;
};

void merge_offices(Merge& merge);
void merge_staff(Merge& merge);
void merge_clients(Merge& merge);
void merge_checks(Merge& merge);
void merge_check_ins(Merge& merge);
void merge_monitorings(Merge& merge);
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
