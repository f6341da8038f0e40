// The files of an import, in whatever encoding: what is refused is refused with a place and without
// a word that people typed; what is taken is exported, and imported again changes nothing.
//
// An input is up to four files, with a byte 1E between them. Each begins with its kind, a digit,
// and with what somebody says of its encoding: u, s, or anything else for nothing.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <iconv.h>

#include "daemon/import/csv/encoding.h"
#include "daemon/import/csv/text.h"
#include "daemon/model/utf8.h"
#include "tests/fuzz/promise.h"
#include "tests/support/small_city.h"

namespace omamori {
namespace {

constexpr std::size_t kMostFiles = 4;
constexpr std::size_t kMostSaid = 1000;

const Zone& zone() {
  static const Zone tokyo("Asia/Tokyo");
  return tokyo;
}

struct File {
  CsvKind kind = CsvKind::offices;
  std::optional<Encoding> encoding;
  std::string_view bytes;
};

std::vector<File> files_of(std::string_view input) {
  std::vector<File> files;
  while (input.size() >= 2 && files.size() < kMostFiles) {
    const std::size_t end = std::min(input.find('\x1E'), input.size());
    const std::string_view one = input.substr(0, end);
    input.remove_prefix(std::min(end + 1, input.size()));
    if (one.size() < 2) continue;
    File file;
    file.kind = static_cast<CsvKind>(static_cast<unsigned char>(one[0] - '0') % kCsvKinds);
    if (one[1] == 'u') file.encoding = Encoding::utf8;
    if (one[1] == 's') file.encoding = Encoding::cp932;
    file.bytes = one.substr(2);
    files.push_back(file);
  }
  return files;
}

CsvImport read(const std::vector<File>& files, std::string_view mark = {}) {
  CsvImport import;
  for (const File& file : files) {
    const std::string bytes = std::string(mark) + std::string(file.bytes);
    read_csv(file.kind, std::string(csv_word(file.kind)) + ".csv", bytes, zone(), import,
             file.encoding);
  }
  return import;
}

ImportResult merge(const CsvImport& import, Registry& known) {
  static const Day today = *parse_day("2026-11-24");
  static const Instant now = *parse_instant("2026-11-24T09:00:00+09:00");
  return merge_import(import, known, ImportContext{today, now, zone(), 3, true});
}

// What a small city has before: an office, two of its staff, a client with a check.
void fill(MemoryRegistry& registry) {
  static const std::vector<ImportChanges> before = [] {
    std::vector<ImportChanges> changes;
    MemoryRegistry city;
    const std::string clients =
        kClientHead + "C-1,OF-1,SM-1,standby_short_stay,2026-04-01,2027-03-31,\n";
    const std::string checks = kCheckHead + "S-1,C-1,2026-04-01,30,7,,2026-03-20\n";
    const std::pair<CsvKind, std::string> files[] = {{CsvKind::offices, kOffices},
                                                     {CsvKind::staff, kStaff},
                                                     {CsvKind::clients, clients},
                                                     {CsvKind::safety_checks, checks}};
    for (const auto& [kind, text] : files) {
      changes.push_back(merge(read({File{kind, {}, text}}), city).changes);
      city.apply(changes.back());
    }
    return changes;
  }();
  for (const ImportChanges& changes : before) registry.apply(changes);
}

void check_said(const std::vector<CsvError>& said) {
  for (const CsvError& one : said) {
    promise_of_message(one.message, kMostSaid);
    promise(is_utf8(one.message), "what is said is text");
    promise(one.file.ends_with(".csv"), "a mistake names its file");
    promise(one.line >= 0, "a mistake is on a line");
    promise(text_problem(one.column).empty(), "a column is named on one line");
  }
}

// The mark of UTF-8 says nothing that is not known already.
void check_marked(const std::vector<File>& files, const CsvImport& import) {
  for (const File& file : files) {
    if (file.encoding || !is_utf8(file.bytes) || file.bytes.starts_with(kUtf8Mark)) return;
    const auto decoded = decode_text(file.bytes);
    if (!decoded.value || decoded.value->either) return;
  }
  const CsvImport marked = read(files, kUtf8Mark);
  promise(marked.errors == import.errors, "the mark of UTF-8 mends nothing");
  promise(marked.warnings == import.warnings, "the mark of UTF-8 is nothing to warn of");
}

void check_encodings(const File& file) {
  const auto decoded = decode_text(file.bytes, file.encoding);
  promise(decoded.value.has_value() == decoded.error.empty(), "bytes are text or they are not");
  if (!decoded.value) return promise_of_message(decoded.error, kMostSaid);
  if (decoded.value->encoding == Encoding::ascii) return;
  const std::string& text = decoded.value->text;
  promise(is_utf8(text), "what was decoded is UTF-8");
  promise(text.size() <= file.bytes.size() * 3, "text is at most three times its bytes");
  const std::string bytes = encode_cp932(text);
  const auto again = decode_text(bytes, Encoding::cp932);
  if (!again.value) return promise(again.error.starts_with("line "), "older spreadsheets read it");
  promise(encode_cp932(again.value->text) == bytes, "what they save is what they read");
}

using Exported = std::map<CsvKind, std::string>;

Exported export_all(City& city) {
  Exported files;
  for (std::size_t i = 0; i < kCsvKinds; ++i) {
    const auto kind = static_cast<CsvKind>(i);
    files[kind] = city.export_kind(kind);
  }
  return files;
}

CsvImport read_exported(const Exported& files) {
  std::vector<File> all;
  all.reserve(files.size());
  for (const auto& [kind, text] : files) all.push_back({kind, {}, text});
  return read(all);
}

bool is_nothing(const ImportChanges& changes) {
  return changes.offices.empty() && changes.staff.empty() && changes.clients.empty() &&
         changes.periods.empty() && changes.checks.empty() && changes.check_ins.empty() &&
         changes.monitorings.empty() && changes.repeated.empty() && changes.contacts.empty() &&
         changes.suspensions.empty() && changes.absences.empty() &&
         changes.acknowledgements.empty();
}

void check_export(City& city) {
  const Exported files = export_all(city);
  for (const auto& [kind, text] : files) promise(is_utf8(text), "an export is UTF-8");
  const CsvImport import = read_exported(files);
  const ImportResult again = merge(import, city.registry);
  promise(again.errors.empty(), "what was exported can be imported");
  promise(is_nothing(again.changes), "what was exported and is imported again changes nothing");
  City other;
  const ImportResult there = merge(import, other.registry);
  promise(there.errors.empty(), "what was exported can be imported elsewhere");
  other.registry.apply(there.changes);
  promise(export_all(other) == files, "what was exported and imported elsewhere is the same");
}

void check(std::string_view input) {
  // While somebody uses them, the tables of CP932 need not be loaded anew each time.
  static const iconv_t tables[] = {iconv_open("UTF-8", "CP932"), iconv_open("CP932", "UTF-8")};
  promise(tables[0] != nullptr && tables[1] != nullptr, "this machine knows CP932");
  const std::vector<File> files = files_of(input);
  if (files.empty()) return;
  for (const File& file : files) check_encodings(file);
  const CsvImport import = read(files);
  check_marked(files, import);
  City city;
  fill(city.registry);
  const ImportResult result = merge(import, city.registry);
  check_said(result.errors);
  check_said(result.warnings);
  for (const std::string& row : result.rows) promise_of_message(row, kMostSaid);
  if (!result.errors.empty()) return;
  city.registry.apply(result.changes);
  check_export(city);
}

}  // namespace
}  // namespace omamori

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  omamori::check(omamori::text_of(data, size));
  return 0;
}
