#include "daemon/commands/registry.h"

#include <algorithm>
#include <string>

#include "daemon/commands/options.h"

namespace omamori {

// The functions of the rows. That of `x` is in x.cc; that of `x y` in x.cc or x_y.cc.
CommandFunction absence_command, ack_command, assign_command, calendar_command, check_command,
    clock_accept_command, needs_daemon, clock_show_command, diff_command, doctor_part_command,
    end_command, endpoint_enable_command, endpoint_list_command, explain_command, export_command,
    import_command, list_command, log_command, outbox_drop_command, outbox_list_command,
    outbox_retry_command, outbox_show_command, plan_command, preview_command,
    record_check_in_command, record_contact_command, record_monitoring_command,
    reload_without_daemon, report_checks_command, report_visits_command, resume_command,
    show_command, status_command, suspend_command, test_message_command, token_list_command,
    token_revoke_command, trouble_drop_command, trouble_list_command, void_command;

namespace {

using Kind = CommandOption::Kind;

constexpr CommandOption positional(std::string_view name, std::string_view help) {
  return {Kind::positional, name, help};
}
constexpr CommandOption value(std::string_view name, std::string_view help) {
  return {Kind::value, name, help};
}
constexpr CommandOption flag(std::string_view name, std::string_view help) {
  return {Kind::flag, name, help};
}

constexpr CommandOption kAt = value("at", "as of another day");
constexpr CommandOption kClient = positional("client", "client code");
constexpr CommandOption kLanguage = value("language", "ja or en");
constexpr CommandOption kNote = value("note", "free text, never sent");
constexpr CommandOption kOfClient = value("client", "only of this client");
constexpr CommandOption kOfOffice = value("office", "only of this office");
constexpr CommandOption kOfStaff = value("staff", "only of this case manager");
constexpr CommandOption kOnlyClient = value("client", "only this client");
constexpr CommandOption kReason = value("reason", "why (required)");
constexpr CommandOption kMessage = positional("id", "as the list prints it");

// What omamorictl does by itself before there is an owner of the database to ask.
Response by_omamorictl(const Request& request, Service& /*service*/) {
  return refused(request.command +
                 ": omamorictl does this itself; omamorid cannot be asked for it");
}

std::vector<CommandOption> report_options() {
  return {value("from", "first day"),
          value("until", "last day"),
          kOfOffice,
          kOfStaff,
          kOfClient,
          value("at", "as known on another day"),
          kLanguage,
          flag("csv", "for a spreadsheet")};
}

std::vector<CommandRow> state_rows() {
  return {
      {.name = "init",
       .summary = "configuration files and an empty database",
       .options = {flag("demo", "for a made-up clock; no way out but files")},
       .run = by_omamorictl},
      {.name = "check",
       .summary = "are configuration, policy and people sound?",
       .run = check_command,
       .reads_only = true},
      {.name = "doctor",
       .summary = "configuration, database, disk, clock, mail server with a login, endpoints, "
                  "people: what is wrong and what to do; exit 0 all well, 1 warnings, 2 errors",
       .options = {kLanguage},
       .run = by_omamorictl,
       .reads_only = true},
      {.name = "doctor part",
       .summary = "what only the owner of the database can see",
       .options = {value("part", "the answer before named it"), kLanguage,
                   flag("alone", "no daemon runs")},
       .run = doctor_part_command,
       .reads_only = true,
       .hidden = true},
      {.name = "status",
       .summary = "is everything told that should be? exit 0 sound, 1 degraded, 2 down",
       .run = status_command,
       .reads_only = true},
  };
}

std::vector<CommandRow> reading_rows() {
  return {
      {.name = "plan",
       .summary = "which months are asked for, and in what state they are",
       .options = {kOnlyClient, kAt, kLanguage,
                   flag("all", "every decision period, not only the present one"),
                   flag("gaps", "only periods with a gap that nothing confirms")},
       .run = plan_command,
       .reads_only = true},
      {.name = "show",
       .summary = "everything known of one client",
       .options = {kClient, kAt, kLanguage},
       .run = show_command,
       .reads_only = true},
      {.name = "calendar",
       .summary = "a client's year, a line a month and a mark a day",
       .options = {kClient, value("year", "fiscal year, from its April on (this one)"),
                   value("from", "twelve months from this month on, 2026-01"), kAt, kLanguage},
       .run = calendar_command,
       .reads_only = true},
      {.name = "explain",
       .summary = "why this interval, why these months, who was told what",
       .options = {kClient, kAt, kLanguage},
       .run = explain_command,
       .reads_only = true},
      // Which kind takes which of these: list.cc.
      {.name = "list",
       .summary = "offices staff clients …; due overdue checks workload visits",
       .options = {positional("kind", "what to list"), kOfClient, kAt, kLanguage, kOfOffice,
                   kOfStaff, value("from", "visits: first day"),
                   value("until", "due, visits: last day"),
                   value("months", "workload: how many months ahead (12)"),
                   flag("csv", "for a spreadsheet: due overdue checks workload visits")},
       .run = list_command,
       .reads_only = true},
      {.name = "export",
       .summary = "one of the six kinds as CSV, to standard output",
       .options = {positional("kind", "offices staff clients safety_checks check_ins monitorings")},
       .run = export_command,
       .reads_only = true},
      {.name = "log",
       .summary = "the journal",
       .options = {value("client", "only about this client"),
                   value("kind", "only rows of this kind"), value("since", "from this day on"),
                   value("limit", "at most so many rows"),
                   flag("verify", "check the chain of hashes"),
                   value("head", "SEQ:HASH printed earlier: also shows a truncation")},
       .run = log_command,
       .reads_only = true},
  };
}

std::vector<CommandRow> report_rows() {
  return {
      {.name = "report visits",
       .summary = "were people seen in time?",
       .options = report_options(),
       .run = report_visits_command,
       .reads_only = true},
      {.name = "report checks",
       .summary = "were the safety checks kept, and was it enough?",
       .options = report_options(),
       .run = report_checks_command,
       .reads_only = true},
  };
}

std::vector<CommandRow> file_rows() {
  return {
      {.name = "import",
       .summary = "CSV files in: a directory, or KIND FILE",
       .options = {flag("dry-run", "show what would change, change nothing"),
                   flag("yes",
                        "also when case manager, plan kind or period of many clients change"),
                   {Kind::import_files, "what", "DIR, or KIND FILE"}},
       .run = import_command,
       .changes_addresses = true},
      {.name = "diff",
       .summary = "whose months, obligations and messages a new policy.toml changes",
       .options = {value("until", "messages up to this day (two weeks)"),
                   kOnlyClient,
                   value("limit", "at most so many clients (100)"),
                   kLanguage,
                   {Kind::policy_file, "file", "the new policy.toml"}},
       .run = diff_command,
       .reads_only = true,
       .leaves_policy = true},
  };
}

std::vector<CommandRow> record_rows() {
  return {
      {.name = "record monitoring",
       .summary = "a monitoring visit",
       .options = {kClient, value("on", "day of the visit (today)"),
                   value("for-month", "the month it closes, by agreement with the city"),
                   value("by", "who went"), kNote},
       .run = record_monitoring_command},
      {.name = "record check-in",
       .summary = "a safety check was carried out",
       .options = {positional("check", "safety check code"),
                   positional("outcome", "ok, concern or unreachable"), value("at", "when (now)"),
                   value("by", "who looked"), kNote},
       .run = record_check_in_command},
      {.name = "record contact",
       .summary = "a contact after a lapse or a concern",
       .options = {kClient, value("on", "day (today)"), value("by", "who"), kNote},
       .run = record_contact_command},
      {.name = "void",
       .summary = "declare a record wrong; it stays, with the reason",
       .options = {positional("kind",
                              "monitoring check-in contact suspension acknowledgement absence"),
                   positional("id", "as list and show print it"), kReason},
       .run = void_command},
      {.name = "suspend",
       .summary = "hospital, long absence: nothing is told but to the supervisor",
       .options = {kClient, value("from", "first day (today)"), value("until", "last day (open)"),
                   kReason, value("by", "who decided")},
       .run = suspend_command},
      {.name = "resume",
       .summary = "the suspension is over",
       .options = {kClient, value("until", "last suspended day (yesterday)")},
       .run = resume_command},
      {.name = "assign",
       .summary = "give the client to a case manager",
       .options = {kClient, positional("staff", "staff code")},
       .run = assign_command},
      {.name = "end",
       .summary = "service ends",
       .options = {kClient, value("on", "last day (today)"), flag("undo", "it goes on after all")},
       .run = end_command},
      {.name = "absence",
       .summary = "somebody is away",
       .options = {positional("staff", "staff code"), value("from", "first day (today)"),
                   value("until", "last day (open)"),
                   value("delegate", "who is told instead (the supervisor)")},
       .run = absence_command},
  };
}

std::vector<CommandRow> telling_rows() {
  return {
      {.name = "preview",
       .summary = "who would be told what, and when",
       .options = {value("until", "last day (required)"),
                   value("staff", "only what this person is told"), kLanguage,
                   flag("all", "every line, however many"),
                   flag("if-silent", "as if nothing were recorded from now on")},
       .run = preview_command,
       .reads_only = true,
       .leaves_policy = true},
      {.name = "outbox list",
       .summary = "one line a message",
       .options = {value("state", "only in this state"), value("limit", "at most so many (50)")},
       .run = outbox_list_command,
       .reads_only = true},
      {.name = "outbox show",
       .summary = "one message, with its attempts",
       .options = {kMessage},
       .run = outbox_show_command,
       .reads_only = true},
      {.name = "outbox retry",
       .summary = "try it now",
       .options = {kMessage},
       .run = outbox_retry_command},
      {.name = "outbox drop",
       .summary = "never send it",
       .options = {kMessage, kReason},
       .run = outbox_drop_command},
      {.name = "test-message",
       .summary = "does a message reach this person?",
       .options = {value("to", "staff code (required)"),
                   value("channel", "email, webhook or file (the person's first)")},
       .run = test_message_command},
      {.name = "ack",
       .summary =
           "\"I am going there on that day\": pauses the reminders to the one who says it; of a"
           " concern or a lapse also \"I see to it\"",
       .options = {positional("obligation", "key, as show and explain print it"),
                   value("by", "staff code (required)"),
                   value("visit", "day of the visit; without it, \"I see to it\"")},
       .run = ack_command},
  };
}

// omamorid answers "reload" and "clock run-to" itself; the functions here are for where none runs.
std::vector<CommandRow> running_rows() {
  return {
      {.name = "endpoint list",
       .summary = "every endpoint and its state",
       .run = endpoint_list_command,
       .reads_only = true},
      {.name = "endpoint enable",
       .summary = "one that asked never to be called again",
       .options = {positional("name", "as in omamori.toml")},
       .run = endpoint_enable_command},
      {.name = "token list",
       .summary = "the links of messages that can still be used",
       .options = {value("staff", "only of this person"), kLanguage},
       .run = token_list_command,
       .reads_only = true},
      {.name = "token revoke",
       .summary = "end all links of a person; the next messages carry new ones",
       .options = {positional("staff", "staff code")},
       .run = token_revoke_command},
      {.name = "reload",
       .summary = "read policy.toml and omamori.toml again",
       .options = {kLanguage, flag("yes", "also when the plans of many clients change")},
       .run = reload_without_daemon},
      {.name = "clock show",
       .summary = "the clock, and whether it is held",
       .run = clock_show_command,
       .reads_only = true},
      {.name = "clock accept",
       .summary = "the clock is right: end the hold",
       .run = clock_accept_command},
      {.name = "clock run-to",
       .summary = "demo databases: let the clock run to there",
       .options = {positional("instant", "2026-11-24T08:30:00+09:00")},
       .run = needs_daemon},
      {.name = "trouble list",
       .summary = "one line a subject",
       .run = trouble_list_command,
       .reads_only = true},
      {.name = "trouble drop",
       .summary = "it is dealt with",
       .options = {positional("subject", "as the list prints it"), kReason},
       .run = trouble_drop_command},
  };
}

}  // namespace

const std::vector<CommandRow>& commands() {
  static const std::vector<CommandRow> all = [] {
    std::vector<CommandRow> rows;
    for (auto part : {state_rows, reading_rows, report_rows, file_rows, record_rows, telling_rows,
                      running_rows}) {
      for (CommandRow& row : part()) rows.push_back(std::move(row));
    }
    return rows;
  }();
  return all;
}

const std::vector<CommandGroup>& command_groups() {
  static const std::vector<CommandGroup> all{
      {"report", "how it went over a time (the last year)"},
      {"record", "write down what happened"},
      {"outbox", "messages: waiting, sent, refused"},
      {"endpoint", "webhooks"},
      {"clock", "what time the daemon goes by"},
      {"token", "the links of messages"},
      {"trouble", "what failed and is being said to the operator"}};
  return all;
}

const CommandRow* find_command(std::string_view name) {
  const auto found = std::find_if(commands().begin(), commands().end(),
                                  [&](const CommandRow& row) { return row.name == name; });
  return found == commands().end() ? nullptr : &*found;
}

Response run_command(const Request& request, Service& service) {
  if (const CommandRow* row = find_command(request.command)) return row->run(request, service);
  return {Exit::usage, "",
          "this version does not know the command \"" + request.command +
              "\": omamorictl and omamorid must be of the same version (restart omamorid after an "
              "upgrade)\n"};
}

}  // namespace omamori
