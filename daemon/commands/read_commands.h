// The commands that only look. Each is a thin function: read from the store, judge by the pure
// functions, render as text or as JSON. None writes anything. add_read_commands() of
// daemon/commands/all.h registers them.
//
// Names of clients appear in show, list, export and explain only, which answer the person at this
// machine; in no log, message or status (P7).
#pragma once

#include <optional>
#include <string>

#include "daemon/commands/command.h"

namespace omamori {

// Options of each in the comment; a day is ISO. All take `language` (ja, en; default: the policy's)
// where people read sentences.
Response plan_command(const Request& request, Service& service);      // client, at, all, gaps
Response show_command(const Request& request, Service& service);      // client, at
Response explain_command(const Request& request, Service& service);   // client, at
Response calendar_command(const Request& request, Service& service);  // client, year, from, at
Response list_command(const Request& request, Service& service);      // kind, client, at
Response export_command(const Request& request, Service& service);    // kind
Response log_command(const Request& request, Service& service);       // client, kind, since, limit,
                                                                      // verify, head
Response status_command(const Request& request, Service& service);
Response check_command(const Request& request, Service& service);
Response preview_command(const Request& request, Service& service);  // until, if-silent
Response diff_command(const Request& request, Service& service);     // a file; until, client, limit
Response outbox_list_command(const Request& request, Service& service);  // state, limit
Response outbox_show_command(const Request& request, Service& service);  // id

// The command line is wrong: exit 2.
Response wrong_usage(const std::string& why);
Response no_such_client(const std::string& code);
// `--language`, else the policy's; nothing and an error in `why` for a word that is none.
std::optional<Language> language_option(const Request& request, const Service& service,
                                        std::string& why);

}  // namespace omamori
