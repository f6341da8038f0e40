#include <charconv>

#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/answer/text_table.h"
#include "daemon/commands/options.h"
#include "daemon/model/calendar.h"

namespace omamori {
namespace {

constexpr std::int64_t kDefaultRows = 100;

std::optional<std::int64_t> number_in(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return {};
  return value;
}

// "SEQ:HASH" as printed by status and log --verify.
std::optional<JournalHead> head_in(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) return {};
  const auto seq = number_in(text.substr(0, colon));
  const std::string hash = text.substr(colon + 1);
  if (!seq || hash.size() != 64) return {};
  return JournalHead{*seq, hash};
}

Response verify(const Request& request, Service& service) {
  std::optional<JournalHead> printed;
  if (const std::string text = request.text("head"); !text.empty()) {
    printed = head_in(text);
    if (!printed) {
      return wrong_usage("--head " + text + ": not a printed head; it looks like 128:<64 digits>");
    }
  }
  const JournalVerdict verdict = service.store().journal().verify(printed);
  const std::string head = std::to_string(verdict.head.seq) + ":" + verdict.head.hash;
  Response response;
  if (!verdict.ok) {
    response.exit = Exit::refused;
    response.err = "journal broken at row " + std::to_string(verdict.bad_seq) + ": " + verdict.why +
                   "\nsound up to " + head + "\n";
  }
  if (request.json) {
    response.out = json_line(
        json::object{{"ok", verdict.ok},
                     {"head", head},
                     {"bad_seq", verdict.ok ? json::value() : json::value(verdict.bad_seq)},
                     {"why", text_or_null(verdict.why)}});
  } else if (verdict.ok) {
    response.out = "ok " + head + "\n";
  }
  return response;
}

// Nothing and an error in `why` if an option is wrong.
std::optional<JournalFilter> filter_of(const Request& request, Service& service, std::string& why) {
  JournalFilter filter;
  filter.client = request.text("client");
  filter.kind = request.text("kind");
  filter.last = kDefaultRows;
  if (const std::string limit = request.text("limit"); !limit.empty()) {
    const auto rows = number_in(limit);
    if (!rows) {
      why = "--limit " + limit + ": not a number of rows; 0 shows all";
      return {};
    }
    filter.last = *rows;
  }
  if (!request.text("since").empty()) {
    const auto since = day_option(request, "since", service.today(), why);
    if (!since) return {};
    filter.since = service.zone().start_of(*since);
  }
  return filter;
}

json::object row_json(const JournalRow& row) {
  const JournalEntry& entry = row.entry;
  boost::system::error_code unreadable;
  json::value detail = json::parse(entry.detail, unreadable);
  if (unreadable) detail = json::value(entry.detail);
  return {{"seq", row.seq},
          {"at", json_of(entry.at)},
          {"actor", entry.actor},
          {"kind", entry.kind},
          {"client", text_or_null(entry.client)},
          {"subject", text_or_null(entry.subject)},
          {"detail", std::move(detail)},
          {"hash", row.hash}};
}

}  // namespace

Response log_command(const Request& request, Service& service) {
  // A head is given to have it compared; who forgets --verify must not believe that it was.
  if (request.flag("verify") || !request.text("head").empty()) return verify(request, service);
  std::string why;
  const auto filter = filter_of(request, service, why);
  if (!filter) return wrong_usage(why);
  Response response;
  std::int64_t rows = 0;
  if (request.json) {
    JsonArray array(response.out);
    service.store().journal().read(*filter, [&](const JournalRow& row) {
      array.add(row_json(row));
      ++rows;
    });
    array.finish();
    response.out += '\n';
  } else {
    TextTable table({">row", "at", "who", "what", "client", "about", "detail"});
    service.store().journal().read(*filter, [&](const JournalRow& row) {
      const JournalEntry& e = row.entry;
      table.add({std::to_string(row.seq), service.zone().local_text(e.at), e.actor, e.kind,
                 e.client, e.subject, e.detail == "{}" ? "" : e.detail});
      ++rows;
    });
    response.out = table.text();
  }
  if (filter->last > 0 && rows == filter->last) {
    response.err = "the last " + std::to_string(rows) + " rows; --limit 0 shows all\n";
  }
  if (rows > 0) return response;
  if (!filter->client.empty() && !service.store().client(filter->client)) {
    return no_such_client(filter->client);
  }
  response.err = "no row of the journal is so\n";
  return response;
}

}  // namespace omamori
