// The commands with which somebody writes down what happened.
#include "daemon/commands/command_rows.h"

namespace omamori {

// That of `x` is in x.cc; that of `x y` in x.cc.
CommandFunction absence_command, assign_command, end_command, record_check_in_command,
    record_contact_command, record_monitoring_command, resume_command, suspend_command,
    void_command;

std::vector<CommandRow> record_rows() {
  return {
      {.name = "record monitoring",
       .summary = "a monitoring visit",
       .options = {kClient, value("on", "day of the visit (today)"),
                   value("for-month", "the month it closes, by agreement with the city"),
                   value("by", "who went"), kNote},
       .run = record_monitoring_command,
       .does = CommandDoes::records},
      {.name = "record check-in",
       .summary = "a safety check was carried out",
       .options = {positional("check", "safety check code"),
                   positional("outcome", "ok, concern or unreachable"), value("at", "when (now)"),
                   value("by", "who looked"), kNote},
       .run = record_check_in_command,
       .does = CommandDoes::records},
      {.name = "record contact",
       .summary = "a contact after a lapse or a concern",
       .options = {kClient, value("on", "day (today)"), value("by", "who"), kNote},
       .run = record_contact_command,
       .does = CommandDoes::records},
      {.name = "void",
       .summary = "declare a record wrong; it stays, with the reason",
       .options = {positional("kind",
                              "monitoring check-in contact suspension acknowledgement absence"),
                   positional("id", "as list and show print it"), kReason},
       .run = void_command,
       .does = CommandDoes::records},
      {.name = "suspend",
       .summary = "hospital, long absence: nothing is told but to the supervisor",
       .options = {kClient, value("from", "first day (today)"), value("until", "last day (open)"),
                   kReason, value("by", "who decided")},
       .run = suspend_command,
       .does = CommandDoes::records},
      {.name = "resume",
       .summary = "the suspension is over",
       .options = {kClient, value("until", "last suspended day (yesterday)")},
       .run = resume_command,
       .does = CommandDoes::records},
      {.name = "assign",
       .summary = "give the client to a case manager",
       .options = {kClient, positional("staff", "staff code")},
       .run = assign_command,
       .counts_from_today = true},
      {.name = "end",
       .summary = "service ends",
       .options = {kClient, value("on", "last day (today)"), flag("undo", "it goes on after all")},
       .run = end_command,
       .does = CommandDoes::records},
      {.name = "absence",
       .summary = "somebody is away",
       .options = {positional("staff", "staff code"), value("from", "first day (today)"),
                   value("until", "last day (open)"),
                   value("delegate", "who is told instead (the supervisor)")},
       .run = absence_command,
       .does = CommandDoes::records},
  };
}

}  // namespace omamori
