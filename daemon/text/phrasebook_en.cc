#include <algorithm>
#include <array>

#include "daemon/model/calendar.h"
#include "daemon/model/reminder.h"
#include "daemon/text/day_phrases.h"
#include "daemon/text/phrasebook.h"
#include "daemon/text/phrases_people.h"
#include "daemon/text/phrases_trouble.h"

namespace omamori {
namespace english {
namespace {

using std::chrono::year_month_day;

bool is_case_manager(const Line& line) { return line.reminder.as == Role::case_manager; }
bool is_core_center(const Line& line) { return line.reminder.as == Role::core_center; }

std::string action_for(const Line& line, const std::string& own) {
  if (is_case_manager(line)) return own;
  return is_core_center(line) ? "Ask the office who can act, and when."
                              : "Ask the case manager when they can act; if they cannot, find "
                                "somebody who can.";
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
          action_for(line, "Visit within that time and record the day."),
          {}};
}

Phrases streak(const Line& line, Day today) {
  std::string headline = unmet(line.about.months, today);
  if (line.also_open && line.also_due_by) {
    headline += "; " + month_name(*line.also_open, today) + " by " + date(*line.also_due_by, today);
  }
  return {headline,
          line.also_open ? window_text(line, today, "visit") : past_window(line, today),
          "Nobody is known to have visited. " + time_left(line, today),
          action_for(line,
                     "Visit as soon as you can and record the day. One visit ends this "
                     "reminder."),
          {}};
}

Phrases baseline(const Line& line, Day today) {
  const auto& months = line.about.months;
  const std::string which = months.empty() ? "" : " (" + month_name(months.front(), today) + ")";
  return {"No record of the last monitoring visit" + which,
          window_text(line, today, "visit"),
          "Nothing is recorded from before we began to watch. " + time_left(line, today),
          action_for(line, "Record the day this person was last seen, or visit."),
          {}};
}

Phrases lapse(const Line& line, Day today) {
  const auto& last = line.about.last_ok;
  const std::string seen =
      last ? "Last confirmed " + date(*last, today) + "." : std::string("Never confirmed so far.");
  return {
      "Safety check " + line.about.check + " has stopped, or its record has not arrived",
      window_text(line, today, "respond"),
      seen + " Until it is confirmed again, it makes no interval longer. " + time_left(line, today),
      action_for(line,
                 "Call or visit and record the day. If the check was carried out, have "
                 "its record sent."),
      {}};
}

Phrases concern(const Line& line, Day today) {
  return {"Safety check " + line.about.check + " recorded a concern",
          window_text(line, today, "respond"),
          "Somebody who looked in on " + date(line.about.opened, today) + " was worried. " +
              time_left(line, today),
          action_for(line, "Call or visit today and record the day."),
          {}};
}

Phrases renewal(const Line& line, Day today) {
  const std::string end = line.about.due_by ? date(*line.about.due_by, today) : "soon";
  return {"The decision period ends " + end,
          window_text(line, today, "renew"),
          time_left(line, today) + " No later period is known.",
          is_case_manager(line)
              ? "Talk with the client and family and hand in the renewal; then report the new "
                "certificate's period."
              : "Ask the case manager whether the renewal is under way.",
          {}};
}

Phrases expired(const Line& line, Day today) {
  const std::string end = line.about.due_by ? date(*line.about.due_by, today) : "lately";
  return {"The decision period ended " + end + " and nothing follows",
          window_text(line, today, "renew"),
          time_left(line, today) + " Without a period no monitoring months are known.",
          is_case_manager(line)
              ? "If it was renewed, report the new period; if service has ended, report the day."
              : "Ask the case manager whether it was renewed or has ended.",
          {}};
}

Phrases unassigned(const Line& line, Day today) {
  return {"No case manager",
          by_the_day(line, today, "assign"),
          "Until there is one, the supervisor is told about this client. " + time_left(line, today),
          "Name a case manager and have them registered.",
          {}};
}

Phrases suspension_standing(const Line& line, Day today) {
  return {"Still suspended",
          "suspended from " + date(line.about.window_from, today),
          "While it lasts, nothing else is said about this client.",
          "Find out whether it still lasts; if not, report the day it ended.",
          {}};
}

Phrases back(const Line& line, Day today) {
  return {"The suspension has ended",
          window_text(line, today, "visit"),
          "A visit or a safety check fell into it. " + time_left(line, today),
          action_for(line, "Visit and record the day."),
          {}};
}

Phrases check_in(const Line& line, Day today) {
  return {"Safety check " + line.about.check + " is expected today",
          window_text(line, today, "check"),
          "The agreed number of days has passed since the last one.",
          "Look in and report the result: all well, concern, or not reached.",
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
    case ObligationKind::check_in:
      return check_in(line, today);
    case ObligationKind::trouble:
      return trouble(line, today);
    case ObligationKind::weekly:
      return weekly(line, today);
  }
  return {};
}

std::string interval_note(const Obligation& about) {
  if (about.kind != ObligationKind::monitoring && about.kind != ObligationKind::streak) return "";
  const int k = about.interval_months;
  const std::string every = k == 1 ? "every month" : "every " + number(k) + " months";
  if (about.basis.refused) {
    return "A longer interval is set, but no safety check confirms it: " + every + ".";
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
  add(omamori::standing_in(line, Language::en));
  if (!line.instead_of.empty()) {
    add("You are told because " + line.instead_of + " cannot be reached. Please pass it on to " +
        line.instead_of + ".");
  }
  if (!line.not_reached.empty()) {
    add("Nothing about this has reached " + line.not_reached + " yet; please tell them.");
  }
  if (!line.handed_over_from.empty()) add("Handed over from " + line.handed_over_from + ".");
  if (line.withdrawn) return out;
  if (line.maybe_repeat) add("This may have reached you before.");
  if (line.reminder.stage == kNoAnswerStage) {
    add(line.answered_on ? "Nothing has been recorded since it was answered; please ask."
                         : "Nobody has answered, and nothing is recorded; please see to it.");
  }
  if (line.answered_on) {
    add("Seen to by " + line.answered_by + ", as they said on " + date(*line.answered_on, today));
  }
  if (line.visit_on) add("Visit announced for " + date(*line.visit_on, today));
  add(interval_note(line.about));
  if (line.told_before > 0) add("Reminder no. " + number(line.told_before + 1) + ".");
  if (is_core_center(line) && tone_of(line) <= Tone::overdue) {
    add("As nothing has moved, the core centre is told too.");
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

std::string pressing(const std::vector<Line>& lines) {
  const auto count = [&](Tone tone) {
    return static_cast<int>(std::count_if(lines.begin(), lines.end(),
                                          [&](const Line& l) { return tone_of(l) == tone; }));
  };
  std::string out;
  if (const int urgent = count(Tone::urgent)) out += number(urgent) + " urgent";
  if (const int overdue = count(Tone::overdue)) {
    out += (out.empty() ? "" : ", ") + (number(overdue) + " overdue");
  }
  return out.empty() ? "" : " (" + out + ")";
}

std::string subject_mark(MessageKind kind) {
  switch (kind) {
    case MessageKind::digest:
      return "[omamori] ";
    case MessageKind::urgent:
      return "[omamori: urgent] ";
    case MessageKind::trouble:
      return "[omamori: trouble] ";
    case MessageKind::weekly:
      return "[omamori: weekly] ";
    case MessageKind::test:
      return "[omamori: test] ";
  }
  return "";
}

// " by email", empty if it is not said.
std::string by(std::optional<Channel> channel) {
  if (!channel) return "";
  switch (*channel) {
    case Channel::email:
      return " by email";
    case Channel::webhook:
      return " by webhook";
    case Channel::file:
      return " as a file";
  }
  return "";
}

class English final : public Phrasebook {
 public:
  Phrases line(const Line& line, Day today) const override {
    Phrases phrases = of_kind(line, today);
    if (line.withdrawn) withdraw(phrases, line, today);
    phrases.notes = notes(line, today);
    return phrases;
  }

  std::string standing_in(const Line& line) const override {
    return omamori::standing_in(line, Language::en);
  }

  std::string_view group_title(Tone tone) const override {
    switch (tone) {
      case Tone::urgent:
        return "Please look into these at once";
      case Tone::overdue:
        return "Overdue";
      case Tone::ahead:
        return "To do by their day";
      case Tone::information:
        return "For your information";
      case Tone::withdrawn:
        return "Resolved";
    }
    return "";
  }

  std::string long_date(Day day) const override {
    constexpr std::array kWeekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                   "Thursday", "Friday", "Saturday"};
    const year_month_day ymd(day);
    return std::string(kWeekdays.at(std::chrono::weekday(day).c_encoding())) + ", " +
           number(static_cast<int>(static_cast<unsigned>(ymd.day()))) + " " + name_of(ymd.month()) +
           " " + number(static_cast<int>(ymd.year()));
  }

  std::string subject(const Digest& digest, const std::vector<Line>& lines,
                      Day today) const override {
    const std::string mark = subject_mark(digest.kind);
    if (digest.kind == MessageKind::test) return mark + "A test message to " + digest.to;
    if (lines.empty()) return mark + date(today, today) + ": nothing to tell";
    if (lines.size() > 1) {
      return mark + date(today, today) + ": " + number(static_cast<int>(lines.size())) + " items" +
             pressing(lines);
    }
    const std::string& client = lines.front().about.client;
    return mark + (client.empty() ? "" : client + ": ") + line(lines.front(), today).headline;
  }

  std::string part_of(const Digest& digest) const override {
    if (digest.parts < 2) return "";
    return "This comes in " + number(digest.parts) +
           " messages, most urgent first; this is number " + number(digest.part) + ". ";
  }

  std::string introduction(const Digest& digest) const override {
    if (digest.kind == MessageKind::test) {
      return "This is a test message of omamori. It has reached " + digest.to + by(digest.over) +
             ". Messages arrive as they should; there is nothing to do.";
    }
    return digest.lines.empty() ? "There is nothing to tell at present." : "";
  }

  std::string lateness(const Digest& digest) const override {
    if (digest.slots_late_days <= 0) return "";
    const Day today = digest.slot_day + std::chrono::days{digest.slots_late_days};
    return "This was to be sent on " + date(digest.slot_day, today) + "; it comes " +
           days(digest.slots_late_days) + " late.";
  }
};

}  // namespace
}  // namespace english

const Phrasebook& english_phrasebook() {
  static const english::English book;
  return book;
}

}  // namespace omamori
