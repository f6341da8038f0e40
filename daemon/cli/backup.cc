#include "daemon/cli/backup.h"

#include <atomic>
#include <variant>

#include "config/config_file.h"
#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/answer/text_table.h"
#include "daemon/backup/copy_names.h"
#include "daemon/cli/output.h"
#include "db/copy_check.h"
#include "db/known_file.h"

namespace omamori {
namespace {

Response refusal(const std::string& why) { return {Exit::refused, "", why + "\n"}; }

Response without_config(const std::vector<FileError>& errors) {
  std::string text;
  for (const FileError& error : errors) text += to_string(error) + "\n";
  return {Exit::config, "", text};
}

constexpr const char* kNoDirectory = "omamori.toml has no [backup] directory";

Response listed(const Request& request, const Config& config) {
  if (config.backup.directory.empty()) return refusal(kNoDirectory);
  const auto copies = copies_in(config.backup.directory);
  const Zone zone(config.zone);
  if (request.json) {
    json::array rows;
    for (const KeptCopy& copy : copies) {
      rows.push_back(json::object{
          {"file", copy.path.string()}, {"at", json_of(copy.at)}, {"bytes", copy.bytes}});
    }
    return {Exit::ok, json_line(rows), ""};
  }
  TextTable table({"made", "bytes", "file"});
  for (const KeptCopy& copy : copies) {
    table.add({zone.local_text(copy.at), std::to_string(copy.bytes), copy.path.string()});
  }
  if (table.empty()) {
    return {Exit::ok, "No copy in " + config.backup.directory.string() + ".\n", ""};
  }
  return {Exit::ok, table.text(), ""};
}

// Against what is known of the database in use; "" = it is of that one, or nothing is known.
std::string of_another(const CopyFound& found, const Config& config) {
  const auto read = KnownFile(config.database).read();
  const auto* known = std::get_if<KnownDatabase>(&read);
  if (!known || known->identity == found.identity) return "";
  return "it is sound, but a copy of another database than " + config.database.string();
}

Response verified(const Request& request, const Config& config) {
  std::filesystem::path file = request.text("file");
  if (file.empty()) {
    if (config.backup.directory.empty()) return refusal(kNoDirectory);
    const auto copies = copies_in(config.backup.directory);
    if (copies.empty()) return refusal("no copy in " + config.backup.directory.string());
    file = copies.front().path;
  }
  const std::atomic<bool> stop{false};
  const CopyFound found = check_copy(file, stop);
  std::string wrong = found.wrong;
  if (wrong.empty()) wrong = of_another(found, config);
  if (!wrong.empty()) return refusal(file.string() + ": " + wrong);
  const std::string head = std::to_string(found.head.seq) + ":" + found.head.hash;
  if (request.json) {
    return {Exit::ok,
            json_line(json::object{{"file", file.string()},
                                   {"schema", found.schema},
                                   {"clients", found.clients},
                                   {"last_acted_at", json_of(found.last_instant)},
                                   {"journal_head", head}}),
            ""};
  }
  const std::string until =
      found.last_instant ? Zone(config.zone).local_text(*found.last_instant) : "never";
  return {Exit::ok,
          file.string() + ": sound, schema " + std::to_string(found.schema) + ", " +
              std::to_string(found.clients) + " clients, last acted " + until + ", journal head " +
              head + "\n",
          ""};
}

template <typename Look>
int looked(const CommandLine& line, const Look& look) {
  const auto config = load_config(line.config_file);
  if (!config.value) return print(line, without_config(config.errors));
  return print(line, look(line.request, *config.value));
}

}  // namespace

int backup_list(const CommandLine& line) { return looked(line, listed); }

int backup_verify(const CommandLine& line) { return looked(line, verified); }

}  // namespace omamori
