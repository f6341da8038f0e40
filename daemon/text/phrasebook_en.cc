#include "daemon/model/calendar.h"
#include "daemon/model/reminder.h"
#include "daemon/text/day_phrases.h"
#include "daemon/text/phrasebook.h"
#include "daemon/text/phrases_people.h"
#include "daemon/text/phrases_receipt.h"
#include "daemon/text/phrases_trouble.h"

namespace omamori {
namespace english {
namespace {

bool is_case_manager(const Line& line) { return line.reminder.as == Role::case_manager; }
bool is_core_center(const Line& line) { return line.reminder.as == Role::core_center; }
bool is_from_outside(const Line& line) {
  return is_core_center(line) || line.reminder.as == Role::coordinator;
}
// Of a self plan that is the supervisor: there is nobody else to ask.
bool acts_themselves(const Line& line) { return is_case_manager(line) || line.self_plan; }

std::string who(const Line& line, const std::string& code) {
  return called(line.staff_names, code);
}

std::string action_for(const Line& line, const std::string& own) {
  if (acts_themselves(line)) return own;
  return is_from_outside(line) ? "Ask the office who will act, and on which day."
                               : "Ask the case manager on which day they will act; if they cannot, "
                                 "name somebody who can.";
}

// Where there is a link the day is recorded there; else somebody records it who has to hear of it.
std::string report(const Line& line, const std::string& day) {
  return line.act.empty() ? "Report " + day + "." : "Record " + day + " by the link below.";
}

Phrases monitoring(const Line& line, Day today) {
  const Obligation& about = line.about;
  const Month month = about.months.empty() ? month_of(about.window_from) : about.months.front();
  std::string why = time_left(line, today);
  if (about.window_from > today) {
    why = "The time to visit begins " + date(about.window_from, today) + ". " + why;
  }
  return {"Monitoring visit for " + month_name(month, today),
          window_text(line, today, "visit"),
          why,
          action_for(line, "Visit within that time. " + report(line, "the day")),
          {}};
}

Phrases streak(const Line& line, Day today) {
  std::string headline = unmet(line.about.months, today);
  if (line.also_open && line.also_due_by) {
    const bool today_too = *line.also_due_by == today;
    headline += "; " + month_name(*line.also_open, today) + " by " +
                (today_too ? "today" : date(*line.also_due_by, today));
  }
  return {headline,
          line.also_open ? window_text(line, today, "visit") : past_window(line, today),
          "Nobody is known to have visited. " + time_left(line, today),
          action_for(line, "Visit as soon as you can. " + report(line, "the day") +
                               " The reminder ends once a visit is recorded."),
          {}};
}

std::string report_by(const Line& line, Day today) {
  const std::string due = line.about.due_by ? date(*line.about.due_by, today) : "";
  if (line.days_late > 0) return "report the last visit (was due " + due + ")";
  return due.empty() ? "report the last visit" : "report the last visit by " + due;
}

Phrases baseline(const Line& line, Day today) {
  const auto& months = line.about.months;
  const std::string which = months.empty() ? "" : " (" + month_name(months.front(), today) + ")";
  return {"No record of the last monitoring visit" + which,
          report_by(line, today),
          "Nothing is recorded from before we began to watch. " + time_left(line, today),
          action_for(line, report(line, "the day on which this person was last seen") +
                               " If nobody has seen them, please visit."),
          {}};
}

// What it means for the visits, where they hang on it.
std::string interval_meanwhile(const Line& line) {
  if (!line.lengthens) return "";
  return std::string(" Until it is confirmed, visits are at the standard interval") +
         (line.about.last_ok ? " again." : ".");
}

Phrases lapse(const Line& line, Day today) {
  const auto& last = line.about.last_ok;
  const std::string seen =
      last ? "Last confirmed " + date(*last, today) + "." : std::string("Never confirmed so far.");
  return {"Safety check " + line.about.check + " has stopped, or its record has not arrived",
          by_the_day(line, today, "respond"),
          seen + interval_meanwhile(line) + " " + time_left(line, today),
          action_for(line, "Call or visit. " + report(line, "the day") +
                               " If the check was carried out, ask " +
                               (line.provider.empty() ? "its provider" : who(line, line.provider)) +
                               " for the record."),
          {}};
}

std::string at_once(const Line& line, Day today) {
  const std::string due = line.about.due_by ? date(*line.about.due_by, today) : "";
  if (line.days_late > 0) return "make contact and respond today (was due " + due + ")";
  const bool last_day = due.empty() || *line.about.due_by == today;
  return last_day ? "make contact and respond today" : "make contact today, respond by " + due;
}

// The first word says what was recorded; later ones for how long nothing has come of it.
Phrases concern(const Line& line, Day today) {
  const int day = day_of_concern(line, today);
  const bool first = day < 2 || line.reminder.stage == kOpenedStage;
  const std::string which = "afety check " + line.about.check;
  const std::string by =
      line.provider.empty() ? "Somebody who looked in" : who(line, line.provider);
  return {first ? "S" + which + " recorded a concern"
                : "Concern, day " + number(day) + ": nothing is recorded of it (s" + which + ")",
          at_once(line, today),
          by + " recorded a concern on " + date(line.about.opened, today) + " (s" + which + "). " +
              (day < 2 ? "" : "This is day " + number(day) + ". ") + time_left(line, today),
          action_for(line, "Call or visit. " + report(line, "the day")),
          {}};
}

Phrases renewal(const Line& line, Day today) {
  const std::string end = line.about.due_by ? date(*line.about.due_by, today) : "soon";
  return {"The decision period ends " + end,
          by_the_day(line, today, "renew"),
          time_left(line, today) + " No later period is known.",
          line.self_plan ? "Ask the client and family about the renewal; then have the new "
                           "certificate's period registered."
          : is_case_manager(line)
              ? "Talk with the client and family and hand in the renewal; then report the new "
                "certificate's period."
              : "Ask the case manager whether the renewal is under way.",
          {}};
}

Phrases expired(const Line& line, Day today) {
  const std::string end = line.about.due_by ? date(*line.about.due_by, today) : "lately";
  return {"The decision period ended " + end + " and nothing follows",
          by_the_day(line, today, "renew"),
          time_left(line, today) + " Without a period no monitoring months are known.",
          acts_themselves(line)
              ? "If it was renewed, report the new period; if service has ended, report the day."
              : "Ask the case manager whether it was renewed or has ended.",
          {}};
}

Phrases unassigned(const Line& line, Day today) {
  const std::string& reader = line.reminder.staff;
  return {"No case manager",
          by_the_day(line, today, "assign"),
          "Until there is one, " + (reader.empty() ? "the operator" : who(line, reader)) +
              " is told about this client. " + time_left(line, today),
          "Name a case manager and have the operator register them.",
          {}};
}

Phrases suspension_standing(const Line& line, Day today) {
  return {"Still suspended",
          "suspended from " + date(line.about.window_from, today),
          "While it lasts, visits and safety checks of this client are not spoken of.",
          "Find out whether it still lasts; if not, report the day it ended.",
          {}};
}

Phrases back(const Line& line, Day today) {
  return {"The suspension has ended",
          by_the_day(line, today, "visit"),
          "A visit or a safety check was missed during it. " + time_left(line, today),
          action_for(line, "Visit. " + report(line, "the day")),
          {}};
}

Phrases check_in(const Line& line, Day today) {
  return {"Safety check " + line.about.check + " is due",
          window_text(line, today, "check"),
          "The agreed time for it has come.",
          line.on_page ? "Look in and record the result on the page below."
                       : "Look in and report the result: all well, concern, or not reached.",
          {}};
}

Phrases trouble(const Line& line, Day today) {
  TroubleWords words = trouble_words(trouble_subject(line.about), line.reminder.as, Language::en);
  return {std::move(words.headline),
          "since " + date(line.about.opened, today),
          std::move(words.why),
          std::move(words.action),
          {}};
}

Phrases weekly(const Line& line, Day today) {
  return {"Overview of the week",
          window_text(line, today, "the week"),
          "Sent once a week, also when there is nothing to do.",
          "Look at what is overdue and near its end.",
          {}};
}

Phrases of_kind(const Line& line, Day today) {
  switch (line.about.kind) {
    case ObligationKind::monitoring:
      return monitoring(line, today);
    case ObligationKind::streak:
      return streak(line, today);
    case ObligationKind::baseline:
      return baseline(line, today);
    case ObligationKind::lapse:
      return lapse(line, today);
    case ObligationKind::concern:
      return concern(line, today);
    case ObligationKind::renewal:
      return renewal(line, today);
    case ObligationKind::expired:
      return expired(line, today);
    case ObligationKind::unassigned:
      return unassigned(line, today);
    case ObligationKind::suspension_standing:
      return suspension_standing(line, today);
    case ObligationKind::return_:
      return back(line, today);
    case ObligationKind::end_report:
      return end_report_phrases(line, today, Language::en);
    case ObligationKind::check_in:
      return check_in(line, today);
    case ObligationKind::trouble:
      return trouble(line, today);
    case ObligationKind::weekly:
      return weekly(line, today);
    case ObligationKind::receipt:
      return receipt_phrases(line, today, Language::en);
  }
  return {};
}

std::string interval_note(const Obligation& about) {
  if (about.kind != ObligationKind::monitoring && about.kind != ObligationKind::streak) return "";
  const int k = about.interval_months;
  const std::string every = k == 1 ? "every month" : "every " + number(k) + " months";
  if (about.basis.refused) {
    return "A longer interval is set, but no safety check is kept up: " + every + ".";
  }
  if (about.basis.basis == Basis::safety_check) {
    // The check of a month that is past may have lapsed since.
    const bool past = about.kind == ObligationKind::streak;
    return "Safety check " + about.waiving_check +
           (past ? " was kept up when it was due: " : " is kept up: ") + every + ".";
  }
  if (about.basis.basis == Basis::initial) return "The decision is recent: every month.";
  return "";
}

std::vector<std::string> notes(const Line& line, Day today) {
  std::vector<std::string> out;
  const auto add = [&](std::string note) {
    if (!note.empty()) out.push_back(std::move(note));
  };
  add(in_charge(line, Language::en));
  if (line.self_plan) add("A self plan: there is no case manager.");
  add(omamori::standing_in(line, Language::en));
  if (!line.instead_of.empty()) {
    const std::string meant = who(line, line.instead_of);
    add("You are told because " + meant + " cannot be reached. Please pass it on to " + meant +
        ".");
  }
  if (!line.not_reached.empty()) {
    add("Nothing about this has reached " + who(line, line.not_reached) +
        " yet; please tell them.");
  }
  if (!line.handed_over_from.empty())
    add("Handed over from " + who(line, line.handed_over_from) + ".");
  if (line.withdrawn) return out;
  if (!line.provider_ref.empty()) add("Your own reference: " + line.provider_ref);
  if (line.maybe_repeat) add("This may have reached you before.");
  if (line.reminder.stage == kNoAnswerStage) {
    add(line.answered_on ? "Nothing has been recorded since it was answered; please ask."
                         : "Nobody has answered, and nothing is recorded; please see to it.");
  }
  if (line.answered_on) {
    add("Seen to by " + who(line, line.answered_by) + ", as they said on " +
        date(*line.answered_on, today));
  }
  add(whom_to_call(line, Language::en));
  if (line.decision_end) {
    add("The decision period " + std::string(*line.decision_end < today ? "ended " : "ends ") +
        date(*line.decision_end, today) + ".");
  }
  if (line.visit_on) add("Visit announced for " + date(*line.visit_on, today));
  add(interval_note(line.about));
  if (line.told_before > 0) add("Reminder no. " + number(line.told_before + 1) + ".");
  if (is_core_center(line) && nothing_has_moved(line, today)) {
    add("As nothing is recorded of it, the core centre is told too.");
  }
  return out;
}

// There is nothing to do in the window any more; its day says which message is meant.
void withdraw(Phrases& phrases, const Line& line, Day today) {
  phrases.window = "was told of " + date(line.about.opened, today);
  const bool not_agreed = line.withdrawn_because == kNotAgreedAnyMore;
  phrases.headline = line.about.kind == ObligationKind::lapse && !not_agreed
                         ? "Resolved: safety check " + line.about.check + " had not stopped"
                         : "Resolved: what was said of safety check " + line.about.check;
  if (not_agreed) {
    phrases.why = "The safety check is not agreed any more.";
  } else if (line.withdrawn_because == kCheckInVoided) {
    phrases.why = "The check-in behind the earlier message was declared wrong.";
  } else {
    phrases.why = "A record arrived after the earlier message.";
  }
  phrases.action = "Nothing to do about this.";
}

class English final : public Phrasebook {
 public:
  Phrases line(const Line& line, Day today) const override {
    Phrases phrases = of_kind(line, today);
    if (line.withdrawn && !line.receipt) withdraw(phrases, line, today);
    phrases.notes = notes(line, today);
    return phrases;
  }

  std::string standing_in(const Line& line) const override {
    return omamori::standing_in(line, Language::en);
  }
};

}  // namespace
}  // namespace english

const Phrasebook& english_phrasebook() {
  static const english::English book;
  return book;
}

}  // namespace omamori
