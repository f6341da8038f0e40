#include "daemon/reminders/digest_builder.h"

#include <algorithm>
#include <map>

#include "daemon/doors/act_links.h"
#include "daemon/doors/acts.h"
#include "daemon/reminders/receipts.h"
#include "daemon/reminders/shown_names.h"
#include "daemon/reminders/weekly_reader.h"
#include "daemon/reminders/whom_to_call.h"
#include "daemon/rules/acknowledgements.h"
#include "daemon/rules/month_states.h"
#include "daemon/rules/reminder_times.h"
#include "daemon/text/phrasebook.h"

namespace omamori {
namespace {

using Items = std::vector<StoredItem>;

class Builder {
 public:
  Builder(Service& service, const Directory& directory)
      : service_(service),
        store_(service.store()),
        directory_(directory),
        today_(service.today()) {}

  std::vector<Line> lines(const Items& items) {
    // What was said of it on earlier days stands in the last line.
    std::map<std::string, const StoredItem*> latest;  // by obligation
    for (const StoredItem& item : items) {
      const StoredItem*& known = latest[item.reminder.obligation];
      if (!known || known->reminder.days < item.reminder.days) known = &item;
    }
    std::vector<Line> found;
    found.reserve(latest.size());
    for (const auto& [key, item] : latest) {
      if (auto line = line_of(*item)) found.push_back(std::move(*line));
    }
    fold_open_months(found);
    return most_pressing_first(std::move(found), today_);
  }

 private:
  std::optional<Line> line_of(const StoredItem& item) {
    auto stored = store_.obligation(item.reminder.obligation);
    if (!stored) return {};
    Line line;
    line.about = std::move(stored->obligation);
    line.reminder = item.reminder;
    line.maybe_repeat = item.maybe_told;
    line.instead_of = item.reminder.instead_of;
    if (line.about.kind == ObligationKind::receipt) return receipt_line(std::move(line));
    // Of a trouble that is told daily there may be hundreds.
    const bool of_a_client = !item.client.empty();
    const auto items = of_a_client ? store_.items_of_obligation(line.about.key) : Items();
    line.handed_over_from = manager_before(item, items);
    if (is_withdrawal(item.reminder.days)) {
      line.withdrawn = true;
      line.withdrawn_because = stored->reason;
      line.handed_over_from.clear();
    }
    if (line.about.kind == ObligationKind::trouble) {
      if (const auto trouble = store_.trouble_of(line.about.key)) line.detail = trouble->detail;
    }
    line.not_reached = not_reached(line, item, items);
    add_provider(line);
    if (line.about.kind == ObligationKind::lapse) line.lengthens = lengthens(line.about.client);
    if (service_.has_links() && !line.withdrawn && is_answered_by_link(line.about.kind)) {
      line.act = act_placeholder(line.about.key);
    }
    if (asks_its_provider(line)) add_provider_ref(line);
    add_client(line);
    if (line.about.due_by && *line.about.due_by < today_) {
      line.days_late = static_cast<int>((today_ - *line.about.due_by).count());
    }
    add_answers(line);
    line.told_before = store_.times_told(line.about.key, item.reminder.staff, item.reminder.stage);
    if (line.about.kind == ObligationKind::streak) add_open_month(line);
    if (line.about.kind == ObligationKind::suspension_standing) add_decision_end(line);
    return line;
  }

  // It is kept without its client, whose plan knows nothing of it.
  std::optional<Line> receipt_line(Line line) {
    line.receipt = receipt_of(service_, line.about, line.reminder.staff);
    if (!line.receipt) return {};
    line.withdrawn = is_withdrawal(line.reminder.days);
    line.about.client = line.receipt->client;
    if (service_.config().show_names) line.client_name = name_if_readable(line.about.client);
    return line;
  }

  std::string name_if_readable(const std::string& client) {
    try {
      const auto known = store_.client(client);
      return known ? known->name : std::string();
    } catch (const BadRow&) {
      return {};
    }
  }

  // What is shown beside a line is left out when its row cannot be read: the line is told anyhow.
  void add_client(Line& line) {
    try {
      const auto client = store_.client(line.about.client);
      if (!client) return;
      line.case_manager = client->case_manager;
      add_who_acts(line, *client);
      if (needs_a_word(line.about) && !line.withdrawn) {
        line.to_call = whom_to_call(directory_, *client, line.reminder.staff, today_);
      }
      if (service_.config().show_names) line.client_name = client->name;
    } catch (const BadRow&) {
      return;
    }
  }

  // Who carries the check out, by code; what else an office wrote there is free text (P7).
  void add_provider(Line& line) {
    const ObligationKind kind = line.about.kind;
    if (kind != ObligationKind::concern && kind != ObligationKind::lapse) return;
    try {
      const auto check = store_.check(line.about.check);
      if (check && directory_.staff(check->terms.provider)) line.provider = check->terms.provider;
    } catch (const BadRow&) {
      return;
    }
  }

  void add_provider_ref(Line& line) {
    try {
      const auto check = store_.check(line.about.check);
      const bool has_one =
          check && check->terms.provider == line.reminder.staff && !check->provider_ref.empty();
      if (has_one) line.provider_ref = ref_placeholder(line.about.check);
    } catch (const BadRow&) {
      return;
    }
  }

  void add_who_acts(Line& line, const ClientRecord& client) const {
    const auto who = [&](Role role) {
      return acting(directory_, client.office, client.case_manager, role, today_);
    };
    Acting manager = who(Role::case_manager);
    if (manager.because != Because::of_record) line.acts_now = std::move(manager);
    if (line.withdrawn || !line.instead_of.empty()) return;  // it came to them for another reason
    Acting reader = is_for_the_supervisor(line.about.kind)
                        ? supervising(directory_, client.office, client.case_manager, today_)
                    : line.reminder.as == Role::coordinator ? coordinator_as(line, client)
                                                            : who(line.reminder.as);
    const bool in_a_place = reader.because != Because::of_record;
    if (!in_a_place || reader.staff != line.reminder.staff) return;
    const Staff* named = directory_.staff(reader.of_record);
    line.of_city = named && is_of_city(*named);
    line.stands_in = std::move(reader);
  }

  // Of several coordinators the reader, or whoever the reader stands in for.
  Acting coordinator_as(const Line& line, const ClientRecord& client) const {
    for (Acting& one : coordinators(directory_, client.office, client.case_manager, today_)) {
      if (one.staff == line.reminder.staff) return std::move(one);
    }
    return {};
  }

  // Whom of an urgent thing somebody else was told instead, and nobody has told since.
  static std::string not_reached(const Line& line, const StoredItem& told, const Items& items) {
    const ObligationKind kind = line.about.kind;
    if (kind != ObligationKind::lapse && kind != ObligationKind::concern) return {};
    if (line.withdrawn || !told.reminder.instead_of.empty()) return {};
    const auto substitute = std::find_if(items.rbegin(), items.rend(), [](const StoredItem& i) {
      return !i.reminder.instead_of.empty() && i.state == ItemState::told;
    });
    if (substitute == items.rend()) return {};
    const std::string& meant = substitute->reminder.instead_of;
    const bool heard = std::any_of(items.begin(), items.end(), [&](const StoredItem& i) {
      return i.reminder.staff == meant && i.state == ItemState::told &&
             i.reminder.days + 1 >= substitute->reminder.days;
    });
    const bool is_asked = std::any_of(items.begin(), items.end(), [&](const StoredItem& i) {
      return i.reminder.staff == meant && i.state == ItemState::owed;
    });
    return heard || !is_asked || meant == told.reminder.staff ? std::string() : meant;
  }

  // Null: there is none, or it cannot be read. Of one client several lines may ask.
  const ClientFacts* facts_if_readable(const std::string& client) {
    const auto [known, fresh] = facts_.try_emplace(client);
    if (fresh) {
      try {
        known->second = store_.facts(client);
      } catch (const BadRow&) {
        return nullptr;
      }
    }
    return known->second ? &*known->second : nullptr;
  }

  // Does a kept check make this client's visits rarer? Not where the months are fixed, there are
  // none, or they are closer than standard anyhow (R4, R6).
  bool lengthens(const std::string& client) {
    const ClientFacts* facts = facts_if_readable(client);
    const PeriodVersion* version = facts ? period_for(*facts, today_) : nullptr;
    if (!version) return false;
    const Period& period = version->period;
    const int standard = service_.policy().terms.standard_interval_months;
    return period.plan_kind == PlanKind::standby_short_stay && period.monitoring_months.empty() &&
           period.interval_months.value_or(standard) >= standard;
  }

  // 引き継ぎ: the case manager who was told of it, or owed it, before this one; "" once this one
  // has been told.
  std::string manager_before(const StoredItem& item, const Items& items) {
    if (item.reminder.as != Role::case_manager || !item.reminder.instead_of.empty()) return {};
    std::string before;
    for (const StoredItem& other : items) {
      if (other.reminder.staff == item.reminder.staff) {
        const bool again = item.reminder.stage == kHandedBackStage;
        if (other.state == ItemState::told && !again) return {};
      } else if (other.reminder.as == Role::case_manager) {
        before = other.reminder.staff;
      }
    }
    if (before.empty()) return {};
    const ClientFacts* facts = facts_if_readable(item.client);
    if (!facts || facts->versions.back().case_manager != item.reminder.staff) return {};
    const auto was_theirs = [&](const ClientVersion& v) { return v.case_manager == before; };
    return std::any_of(facts->versions.begin(), facts->versions.end(), was_theirs) ? before
                                                                                   : std::string();
  }

  void add_answers(Line& line) {
    const ClientFacts* facts = facts_if_readable(line.about.client);
    if (!facts) return;
    line.self_plan = looks_after_itself(*facts, today_);
    if (line.self_plan) line.acts_now.reset();
    const auto visit = announced_visit(*facts, line.about, today_);
    if (visit) line.visit_on = visit->on;
    if (auto word = latest_word(*facts, line.about, today_)) {
      line.answered_by = std::move(word->staff);
      line.answered_on = word->on;
    }
  }

  // 「4月・5月 未実施、6月は6/30まで」
  void add_open_month(Line& line) {
    for (const Obligation& o : store_.live_obligations(line.about.client)) {
      if (o.kind != ObligationKind::monitoring || o.window_from > today_) continue;
      line.also_open = o.months.front();
      line.also_due_by = o.due_by;
      return;
    }
  }

  // A suspension does not keep a decision from ending.
  void add_decision_end(Line& line) {
    for (const Obligation& o : store_.live_obligations(line.about.client)) {
      const bool ends = o.kind == ObligationKind::renewal || o.kind == ObligationKind::expired;
      if (ends) line.decision_end = o.due_by;
    }
  }

  // The open month is told with its streak, not on a line of its own.
  static void fold_open_months(std::vector<Line>& lines) {
    const auto told_with_streak = [&](const Line& line) {
      return line.about.kind == ObligationKind::monitoring &&
             std::any_of(lines.begin(), lines.end(), [&](const Line& streak) {
               return streak.about.kind == ObligationKind::streak &&
                      streak.about.client == line.about.client && streak.also_open &&
                      *streak.also_open == line.about.months.front();
             });
    };
    std::vector<Line> kept;
    for (const Line& line : lines) {
      if (!told_with_streak(line)) kept.push_back(line);
    }
    lines = std::move(kept);
  }

  Service& service_;
  Store& store_;
  const Directory& directory_;
  Day today_;
  std::map<std::string, std::optional<ClientFacts>> facts_;  // by client
};

// When it should have been told. What a suspension or an acknowledgement held back is not late for
// that: it counts from when it became owed.
Instant meant_for(const StoredItem& item) {
  const bool held_back = !item.reason.empty();
  return held_back ? std::max(item.reminder.slot, item.first_owed_at.value_or(item.reminder.slot))
                   : item.reminder.slot;
}

// The two likeliest answers to the first line that has any: an example is no list.
std::vector<DoorActKind> replies_to(const std::vector<Line>& lines) {
  constexpr std::size_t kMost = 2;
  for (const Line& line : lines) {
    std::vector<DoorActKind> acts;
    if (!line.withdrawn) acts = acts_for(line.about.kind);
    std::erase(acts, DoorActKind::not_mine);
    if (acts.empty()) continue;
    acts.resize(std::min(acts.size(), kMost));
    return acts;
  }
  return {};
}

}  // namespace

Digest build_digest(Service& service, const Directory& directory, const Items& items,
                    MessageKind kind, const Staff& to) {
  Digest digest;
  digest.kind = kind;
  digest.to = to.code;
  // The oldest says how late the message is: a fresh line must not hide a delay (P6).
  digest.slot = items.empty() ? service.now() : meant_for(items.front());
  for (const StoredItem& item : items) digest.slot = std::min(digest.slot, meant_for(item));
  digest.slot_day = service.zone().day_of(digest.slot);
  const auto late = (service.today() - digest.slot_day).count();
  digest.slots_late_days = static_cast<int>(std::max<std::int64_t>(0, late));
  digest.language = to.language.value_or(service.policy().language);
  digest.contact = service.policy().contact;
  digest.lines = Builder(service, directory).lines(items);
  const bool asks = std::any_of(digest.lines.begin(), digest.lines.end(), asks_its_provider);
  if (asks && service.has_links()) {
    digest.attendance = attendance_placeholder(to.code);
    for (Line& line : digest.lines) line.on_page = asks_its_provider(line);
  }
  if (kind == MessageKind::weekly && !digest.lines.empty()) {
    digest.weekly = weekly_report(service, digest.lines.front().about, to.code);
  }
  if (service.reads_replies()) digest.replies = replies_to(digest.lines);
  add_names(digest, service);
  return digest;
}

}  // namespace omamori
