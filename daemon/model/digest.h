// What one person is told at one slot, before it has words (daemon/text/message_text.h).
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/model/acting_person.h"
#include "daemon/model/door_act_kind.h"
#include "daemon/model/facts.h"
#include "daemon/model/obligation.h"
#include "daemon/model/receipt.h"
#include "daemon/model/reminder.h"

namespace omamori {

// Names of staff by code: nothing where privacy.show_names does not allow names (P7).
using StaffNames = std::shared_ptr<const std::map<std::string, std::string>>;
// "CM-1", or the code with the name behind it.
std::string called(const StaffNames& names, const std::string& code);

// Somebody who can be called about an urgent thing.
struct ToCall {
  Role as = Role::case_manager;
  std::string staff;
  std::string phone;  // empty: none known
  bool away = false;
  bool operator==(const ToCall&) const = default;
};

// A line of a message: everything that words may use. Holds codes; `client_name` and `staff_names`
// are set only where privacy.show_names allows it (P7).
struct Line {
  Obligation about;
  Reminder reminder;
  std::string client_name;
  std::string case_manager;         // code of the record; shown to supervisors
  std::optional<Acting> acts_now;   // who acts as case manager, where it is not that person
  std::optional<Acting> stands_in;  // why the reader hears it in somebody's place
  int days_late = 0;                // since due-by, 0 if not past
  int told_before = 0;              // times this person was told of this stage already
  std::optional<Day> visit_on;      // 訪問予定日 somebody announced
  std::string answered_by;          // code of who said last that they see to it…
  std::optional<Day> answered_on;   // …and when
  std::optional<Month> also_open;   // streak: the month that is open now, with its own due-by
  std::optional<Day> also_due_by;
  bool maybe_repeat = false;      // an earlier message with it may have arrived: nobody knows (P3)
  bool withdrawn = false;         // 解消: what was told before no longer holds
  std::string instead_of;         // code of the person who could not be reached: a fallback
  std::string not_reached;        // urgent kinds: code of whom no message about it has reached
  std::string handed_over_from;   // code of the case manager before (引き継ぎ)
  std::string withdrawn_because;  // of a withdrawn line: the reason of ending_of()
  std::string act;                // stands for the link by which it is answered; "" = none
  std::string provider;           // concern, lapse: staff code of who carries the check out, if any
  bool lengthens = true;          // lapse: while the check is kept, visits are further apart
  bool on_page = false;           // check_in: its provider answers on the page of attendance
  bool of_city = false;           // stands_in: the record names a supervisor of the city
  std::string provider_ref;       // check_in: stands for what its provider calls the person
  std::optional<Receipt> receipt;   // of a receipt: what was recorded
  std::optional<Day> decision_end;  // suspension_standing: the decision that ends, or has ended
  bool self_plan = false;           // without a case manager, by law
  std::vector<ToCall> to_call;      // concern, lapse: whom to call, in this order
  StaffNames staff_names = nullptr;
  std::string detail;  // trouble: codes and technical words, one or more lines
};
// Is the reader the provider who is asked for a check, and nobody in their place?
inline bool asks_its_provider(const Line& line) {
  return line.about.kind == ObligationKind::check_in && line.instead_of.empty() &&
         line.reminder.staff == line.about.provider;
}

enum class MessageKind { digest, urgent, trouble, weekly, test, answer };
std::string_view to_word(MessageKind kind);

struct WeeklyReport;  // daemon/reports/weekly_figures.h

// What one person is to be told at one slot, before it has words.
struct Digest {
  MessageKind kind = MessageKind::digest;
  std::string to;  // staff code
  Day slot_day{};
  Instant slot{};
  int slots_late_days = 0;  // the slot came this many days ago (catch-up); 0 = now
  Language language = Language::ja;
  std::string contact;          // policy: whom to tell if it is done already
  std::optional<Channel> over;  // test: the channel that is tried
  int part = 1;                 // of `parts` messages that carry what is owed at this slot
  int parts = 1;
  std::string attendance;  // stands for the link to the page of all whom a provider confirms
  // What can be replied by mail, the likeliest first; empty: nothing, or replies are not read.
  std::vector<DoorActKind> replies;
  StaffNames staff_names = nullptr;
  std::vector<Line> lines;                               // most urgent first
  std::shared_ptr<const WeeklyReport> weekly = nullptr;  // of a weekly message: its figures
};

// The day it is written for: the slot's, or later after a downtime.
inline Day today_of(const Digest& digest) {
  return digest.slot_day + std::chrono::days{digest.slots_late_days};
}

}  // namespace omamori
