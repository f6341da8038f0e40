#include "daemon/commands/registry.h"

#include <algorithm>
#include <string>

#include "daemon/commands/command_rows.h"
#include "daemon/commands/options.h"
#include "daemon/reminders/clock_hold.h"
#include "db/door_records.h"

namespace omamori {

// The functions of the rows. That of `x` is in x.cc; that of `x y` in x.cc or x_y.cc.
CommandFunction access_command, ack_command, calendar_command, check_command, check_key_command,
    clock_accept_command, needs_daemon, clock_show_command, diff_command, doctor_part_command,
    endpoint_enable_command, endpoint_list_command, explain_command, export_command, import_command,
    list_command, log_command, outbox_drop_command, outbox_list_command, outbox_retry_command,
    outbox_show_command, plan_command, preview_command, reload_without_daemon,
    report_checks_command, report_intervals_command, report_visits_command, show_command,
    status_command, template_command, test_message_command, token_list_command,
    token_revoke_command, trouble_drop_command, trouble_list_command;

namespace {

constexpr std::string_view kCsvKindsHelp =
    "offices staff clients safety_checks check_ins monitorings contacts suspensions absences "
    "acknowledgements";
constexpr CommandOption kAt = value("at", "as of another day");
constexpr CommandOption kLanguage = value("language", "ja or en");
constexpr CommandOption kOfClient = value("client", "only of this client");
constexpr CommandOption kOfOffice = value("office", "only of this office");
constexpr CommandOption kOfStaff = value("staff", "only of this case manager");
constexpr CommandOption kOnlyClient = value("client", "only this client");
constexpr CommandOption kMessage = positional("id", "as the list prints it");

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
       .does = CommandDoes::reads},
      {.name = "doctor",
       .summary = "configuration, database, disk, clock, mail server with a login, endpoints, "
                  "people: what is wrong and what to do; exit 0 all well, 1 warnings, 2 errors",
       .options = {kLanguage},
       .run = by_omamorictl,
       .does = CommandDoes::reads},
      {.name = "doctor part",
       .summary = "what only the owner of the database can see",
       .options = {value("part", "the answer before named it"), kLanguage,
                   flag("alone", "no daemon runs")},
       .run = doctor_part_command,
       .does = CommandDoes::reads,
       .hidden = true},
      {.name = "status",
       .summary = "is everything told that should be? exit 0 sound, 1 degraded, 2 down",
       .run = status_command,
       .does = CommandDoes::reads},
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
       .does = CommandDoes::reads},
      {.name = "show",
       .summary = "everything known of one client",
       .options = {kClient, kAt, kLanguage},
       .run = show_command,
       .does = CommandDoes::reads,
       .shows_people = true},
      {.name = "calendar",
       .summary = "a client's year, a line a month and a mark a day",
       .options = {kClient, value("year", "fiscal year, from its April on (this one)"),
                   value("from", "twelve months from this month on, 2026-01"), kAt, kLanguage},
       .run = calendar_command,
       .does = CommandDoes::reads,
       .shows_people = true},
      {.name = "explain",
       .summary = "why this interval, why these months, who was told what",
       .options = {kClient, kAt, kLanguage},
       .run = explain_command,
       .does = CommandDoes::reads,
       .shows_people = true},
      // Which kind takes which of these: list.cc.
      {.name = "list",
       .summary = "offices staff clients …; risk due overdue checks extended workload visits",
       .options = {positional("kind", "what to list"), kOfClient, kAt, kLanguage, kOfOffice,
                   kOfStaff, value("from", "visits: first day"),
                   value("until", "due, visits: last day"),
                   value("months", "workload: how many months ahead (12)"),
                   flag("csv",
                        "for a spreadsheet: risk due overdue checks extended workload visits")},
       .run = list_command,
       .does = CommandDoes::reads},
      {.name = "export",
       .summary = "one kind of records as CSV, to standard output",
       .options = {positional("kind", kCsvKindsHelp)},
       .run = export_command,
       .does = CommandDoes::reads,
       .shows_people = true},
      {.name = "access",
       .summary = "who looked at whom, and by which door: the last year",
       .options = {kOfClient, value("since", "from this day on")},
       .run = access_command},
      {.name = "log",
       .summary = "the journal",
       .options = {value("client", "only about this client"),
                   value("kind", "only rows of this kind"), value("since", "from this day on"),
                   value("limit", "at most so many rows"),
                   flag("verify", "check the chain of hashes"),
                   value("head", "SEQ:HASH printed earlier: also shows a truncation")},
       .run = log_command,
       .does = CommandDoes::reads},
  };
}

std::vector<CommandRow> report_rows() {
  return {
      {.name = "report visits",
       .summary = "were people seen in time, and within 15 days of being told?",
       .options = report_options(),
       .run = report_visits_command,
       .does = CommandDoes::reads},
      {.name = "report checks",
       .summary = "were the safety checks kept, and was it enough?",
       .options = report_options(),
       .run = report_checks_command,
       .does = CommandDoes::reads},
      {.name = "report intervals",
       .summary = "how many people are monitored how often, as the national survey asks",
       .options = {value("on", "on this day (today)"), kOfOffice, kOfStaff, kLanguage,
                   flag("csv", "for a spreadsheet")},
       .run = report_intervals_command,
       .does = CommandDoes::reads},
  };
}

std::vector<CommandRow> file_rows() {
  return {
      {.name = "template",
       .summary =
           "a CSV file to fill in, to standard output: Japanese headers, a row that explains",
       .options = {positional("kind", kCsvKindsHelp)},
       .run = template_command,
       .does = CommandDoes::reads},
      {.name = "import",
       .summary = "CSV files in: a directory, or KIND FILE",
       .options = {flag("dry-run", "show what would change, change nothing"),
                   flag("yes",
                        "also when case manager, plan kind or period of many clients change"),
                   value("encoding", "utf-8 or cp932, where the file's own bytes leave it open"),
                   flag("ignore-others", "DIR: also when other files are in it"),
                   {CommandOption::Kind::import_files, "what", "DIR, or KIND FILE"}},
       .run = import_command,
       .changes_addresses = true,
       .counts_from_today = true},
      {.name = "diff",
       .summary = "whose months, obligations and messages a new policy.toml changes",
       .options = {value("until", "messages up to this day (two weeks)"),
                   kOnlyClient,
                   value("limit", "at most so many clients (100)"),
                   kLanguage,
                   {CommandOption::Kind::policy_file, "file", "the new policy.toml"}},
       .run = diff_command,
       .does = CommandDoes::reads,
       .leaves_policy = true},
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
       .does = CommandDoes::reads,
       .leaves_policy = true},
      {.name = "outbox list",
       .summary = "one line a message",
       .options = {value("state", "only in this state"), value("limit", "at most so many (50)")},
       .run = outbox_list_command,
       .does = CommandDoes::reads},
      {.name = "outbox show",
       .summary = "one message, with its attempts",
       .options = {kMessage},
       .run = outbox_show_command,
       .does = CommandDoes::reads},
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
       .run = ack_command,
       .does = CommandDoes::records,
       .counts_from_today = true},
  };
}

// omamorid answers "reload" and "clock run-to" itself; the functions here are for where none runs.
std::vector<CommandRow> running_rows() {
  return {
      {.name = "endpoint list",
       .summary = "every endpoint and its state",
       .run = endpoint_list_command,
       .does = CommandDoes::reads},
      {.name = "endpoint enable",
       .summary = "one that asked never to be called again",
       .options = {positional("name", "as in omamori.toml")},
       .run = endpoint_enable_command},
      {.name = "token list",
       .summary = "the links of messages that can still be used",
       .options = {value("staff", "only of this person"), kLanguage},
       .run = token_list_command,
       .does = CommandDoes::reads},
      {.name = "token revoke",
       .summary = "end all links of a person; the next messages carry new ones",
       .options = {positional("staff", "staff code")},
       .run = token_revoke_command},
      {.name = "receive-mail",
       .summary = "a mail on standard input, from a mail server: a reply is recorded. 75: not now",
       .run = needs_daemon,
       .does = CommandDoes::hands_in_mail},
      {.name = "check-key",
       .summary = "the address at which a sensor or a script says how a safety check went",
       .options = {positional("check", "safety check code"),
                   flag("new", "another one; the one before is dead")},
       .run = check_key_command},
      {.name = "reload",
       .summary = "read policy.toml and omamori.toml again",
       .options = {kLanguage, flag("yes", "also when the plans of many clients change")},
       .run = reload_without_daemon},
      {.name = "clock show",
       .summary = "the clock, and whether it is held",
       .run = clock_show_command,
       .does = CommandDoes::reads},
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
       .does = CommandDoes::reads},
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
                      running_rows, backup_rows, retention_rows}) {
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

Response by_omamorictl(const Request& request, Service& /*service*/) {
  return refused(request.command +
                 ": omamorictl does this itself; omamorid cannot be asked for it");
}

const CommandRow* find_command(std::string_view name) {
  const auto found = std::find_if(commands().begin(), commands().end(),
                                  [&](const CommandRow& row) { return row.name == name; });
  return found == commands().end() ? nullptr : &*found;
}

std::string not_allowed(const Request& request, const ControlLists& lists) {
  if (!request.peer || !are_set(lists)) return "";
  const CommandRow* row = find_command(request.command);
  return may_not(named(*request.peer), lists, row ? row->does : CommandDoes::operates,
                 request.command);
}

namespace {

// A disk that takes no record keeps nobody from being looked after: it is said, and shown all the
// same.
void note_look(const Request& request, Service& service, Response& response) {
  const std::string kind = request.text("kind");
  try {
    service.store().doors().access().note(
        {service.today(), service.now(), request.actor, request.text("client"),
         request.command + (kind.empty() ? "" : " " + kind), request.peer ? "control" : "alone"});
  } catch (const SqliteError& error) {
    response.err += std::string("not in the access log: ") + error.what() + "\n";
  }
}

}  // namespace

namespace {

Response not_today(const ClockSuspicion& hold) {
  return refused("nothing was taken: it would count from today, and the clock is not believed (" +
                 hold.why + "). omamorictl clock show says more; give it again afterwards");
}

}  // namespace

Response run_command(const Request& request, Service& service) {
  if (const CommandRow* row = find_command(request.command)) {
    if (row->counts_from_today && !request.flag("dry-run")) {
      if (const auto hold = kept_clock_hold(service.store())) return not_today(*hold);
    }
    Response response = row->run(request, service);
    if (row->shows_people && response.exit == Exit::ok) note_look(request, service, response);
    return response;
  }
  return {Exit::usage, "",
          "this version does not know the command \"" + request.command +
              "\": omamorictl and omamorid must be of the same version (restart omamorid after an "
              "upgrade)\n"};
}

}  // namespace omamori
