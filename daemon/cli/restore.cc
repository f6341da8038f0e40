#include "daemon/cli/restore.h"

#include <algorithm>

#include "config/config_file.h"
#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/backup/restore.h"
#include "daemon/cli/ask.h"
#include "daemon/cli/output.h"
#include "daemon/import/csv/date_text.h"
#include "daemon/model/time_zone.h"
#include "daemon/runtime/machine_clock.h"
#include "daemon/runtime/open_service.h"

namespace omamori {
namespace {

// A long list is for a program: --json has all of it.
constexpr std::size_t kMostLines = 200;

template <typename Rows, typename Line>
std::string lines(const Rows& rows, const Line& line) {
  std::string text;
  for (std::size_t i = 0; i < std::min(rows.size(), kMostLines); ++i) {
    text += "  " + line(rows[i]) + "\n";
  }
  if (rows.size() > kMostLines) {
    text += "  and " + std::to_string(rows.size() - kMostLines) + " more (--json has all)\n";
  }
  return text;
}

std::string missing_text(const Restoration& done, const Zone& zone) {
  const SinceCopy& since = done.since;
  std::string out;
  if (!since.done.empty()) {
    out += "To be recorded once more (" + std::to_string(since.done.size()) + "):\n" +
           lines(since.done, [&](const JournalRow& row) {
             const JournalEntry& entry = row.entry;
             return zone.local_text(entry.at) + " " + entry.actor + " " + entry.kind + " " +
                    entry.client + " " + entry.subject + " " + entry.detail;
           });
  }
  if (!since.told.empty()) {
    out += "May be told once more (" + std::to_string(since.told.size()) + "):\n" +
           lines(since.told, [&](const ToldSince& told) {
             return zone.local_text(told.at) + " " + told.staff + " " + told.obligation + " " +
                    told.stage;
           });
  }
  const std::string copied =
      done.copy.last_instant ? zone.local_text(*done.copy.last_instant) : "the beginning";
  if (!since.unread.empty() || !done.replaced) {
    out += "What was recorded after " + copied + " is missing, and may be more than is named here";
    if (!since.unread.empty()) out += ": " + since.unread;
    out += ".\n";
  } else if (since.done.empty() && since.told.empty()) {
    out += "Nothing was recorded or told after the copy was made.\n";
  }
  return out;
}

std::string text_of(const Restoration& done, const RestoreOrder& order, const Zone& zone) {
  const CopyFound& copy = done.copy;
  std::string out = order.file.string() + ": sound, " + std::to_string(copy.clients) +
                    " clients, last acted " +
                    (copy.last_instant ? zone.local_text(*copy.last_instant) : "never") + "\n" +
                    missing_text(done, zone);
  if (order.dry_run) return out + "Nothing was changed (--dry-run).\n";
  if (done.erased > 0) {
    out += std::to_string(done.erased) + " who had been erased since were erased again.\n";
  }
  if (!done.kept.empty()) out += "What was there is kept: " + done.kept.string() + "\n";
  return out + order.database.string() +
         " is restored. Start omamorid; nothing is sent until omamorictl restore --release\n";
}

json::object document_of(const Restoration& done, const RestoreOrder& order) {
  json::array records, told;
  for (const JournalRow& row : done.since.done) {
    const JournalEntry& entry = row.entry;
    records.push_back(json::object{{"at", json_of(entry.at)},
                                   {"actor", entry.actor},
                                   {"kind", entry.kind},
                                   {"client", text_or_null(entry.client)},
                                   {"subject", text_or_null(entry.subject)},
                                   {"detail", entry.detail}});
  }
  for (const ToldSince& one : done.since.told) {
    told.push_back(json::object{{"at", json_of(one.at)},
                                {"staff", one.staff},
                                {"obligation", one.obligation},
                                {"stage", one.stage}});
  }
  return {{"file", order.file.string()},
          {"last_acted_at", json_of(done.copy.last_instant)},
          {"restored", !order.dry_run},
          {"erased_again", done.erased},
          {"kept", text_or_null(done.kept.string())},
          {"missing", std::move(records)},
          {"may_be_told_again", std::move(told)},
          {"unread", text_or_null(done.since.unread)}};
}

// --clock is for databases of demonstrations, as everywhere.
Instant now_of(const CommandLine& line, const Zone& zone) {
  const auto told = read_instant(line.clock, zone);
  return told.value ? told.value->at : read_machine_clock().wall;
}

}  // namespace

int restore_command(CommandLine& line) {
  if (line.request.flag("release")) {
    line.request.command = "restore release";
    return ask_and_print(line);
  }
  const auto config = load_config(line.config_file);
  if (!config.value) {
    std::string text;
    for (const FileError& error : config.errors) text += to_string(error) + "\n";
    return no_answer(line, Exit::config, text);
  }
  RestoreOrder order;
  order.file = line.request.text("file");
  if (order.file.empty()) {
    return no_answer(line, Exit::usage, "restore FILE: omamorictl backup list names the copies\n");
  }
  const Zone zone(config.value->zone);
  order.database = config.value->database;
  order.actor = line.request.actor;
  order.now = now_of(line, zone);
  order.dry_run = line.request.flag("dry-run");
  order.another = line.request.flag("another");
  if (const std::string why = become_owner_of(order.database); !why.empty()) {
    return no_answer(line, Exit::unavailable, why + "\n");
  }
  const Restoration done = restore(order);
  if (!done.refused.empty()) {
    return no_answer(line, done.in_use ? Exit::unavailable : Exit::refused, done.refused + "\n");
  }
  if (line.request.json) return print(line, {Exit::ok, json_line(document_of(done, order)), ""});
  return print(line, {Exit::ok, text_of(done, order, zone), ""});
}

}  // namespace omamori
