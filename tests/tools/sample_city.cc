#include "tests/tools/sample_city.h"

#include <algorithm>
#include <array>

#include "daemon/import/csv/writer.h"
#include "daemon/model/calendar.h"
#include "tests/tools/sample_stories.h"

namespace omamori {
namespace {

using std::chrono::days;
using std::chrono::months;

constexpr int kFewestOffices = 6;
constexpr int kClientsPerOffice = 500;
constexpr int kClientsPerCaseManager = 40;

// SplitMix64: the standard distributions give other numbers on other machines.
class Dice {
 public:
  Dice(std::uint64_t seed, std::uint64_t stream) : state_(seed * 0x9E3779B97F4A7C15U + stream) {}
  // 0 to n-1.
  int below(int n) { return static_cast<int>(next() % static_cast<std::uint64_t>(n)); }
  int between(int least, int most) { return least + below(most - least + 1); }
  template <typename T, std::size_t N>
  const T& one_of(const std::array<T, N>& choices) {
    return choices[static_cast<std::size_t>(below(static_cast<int>(N)))];
  }

 private:
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  std::uint64_t state_;
};

constexpr std::array<std::string_view, 10> kFamilyNames{"見本", "例山", "仮田", "試川", "雛形",
                                                        "架空", "作例", "練習", "写本", "仮名沢"};
constexpr std::array<std::string_view, 12> kGivenNames{"花子", "太郎", "さくら", "健一",
                                                       "美和", "次郎", "あおい", "誠",
                                                       "洋子", "大輔", "ひかり", "正"};
constexpr std::array<std::string_view, 6> kOfficeNames{"けやき",   "さくら", "もみじ",
                                                       "いちょう", "つばき", "あじさい"};
constexpr std::array<std::string_view, 6> kDomains{"keyaki.example",  "sakura.example",
                                                   "momiji.example",  "icho.example",
                                                   "tsubaki.example", "ajisai.example"};
constexpr std::array<std::string_view, 4> kMethods{"電話", "来所の確認", "訪問", "センサー"};

std::string made_up_name(Dice& dice) {
  return std::string(dice.one_of(kFamilyNames)) + " " + std::string(dice.one_of(kGivenNames));
}

std::string code(std::string_view prefix, int number, std::size_t width) {
  std::string digits = std::to_string(number);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return std::string(prefix) + "-" + digits;
}

Day a_year_later(Day day) {
  const std::chrono::year_month_day ymd{day};
  const Month month = ymd.year() / ymd.month() + std::chrono::years{1};
  return std::min(Day{std::chrono::local_days{month / ymd.day()}}, last_day(month));
}
Day a_year_before(Day day) {
  const std::chrono::year_month_day ymd{day};
  const Month month = ymd.year() / ymd.month() - std::chrono::years{1};
  return std::min(Day{std::chrono::local_days{month / ymd.day()}}, last_day(month));
}

bool is_weekend(Day day) {
  const std::chrono::weekday weekday{day};
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

// Builds the city person by person. Each client has dice of its own, so that a larger city begins
// with the same clients.
class Builder {
 public:
  Builder(const SampleOptions& options, const Zone& zone)
      : options_(options),
        zone_(zone),
        width_(std::max<std::size_t>(4, std::to_string(options.clients).size())),
        offices_(std::max(kFewestOffices, options.clients / kClientsPerOffice)),
        case_managers_per_office_(
            std::max(2, options.clients / offices_ / kClientsPerCaseManager)) {}

  SampleCity build() {
    add_city_staff();
    for (int office = 1; office <= offices_; ++office) add_office(office);
    for (int number = 1; number <= options_.clients; ++number) add_client(number);
    return std::move(city_);
  }

 private:
  void add_staff(std::string staff_code, Role role, std::string office, std::string_view domain) {
    Dice dice(options_.seed, 1'000'000'000U + city_.staff.size());
    StaffRecord staff;
    staff.email = staff_code + "@" + std::string(domain);
    std::transform(staff.email.begin(), staff.email.end(), staff.email.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    staff.code = std::move(staff_code);
    staff.name = made_up_name(dice);
    staff.role = role;
    staff.office = std::move(office);
    staff.channels = options_.channels;
    city_.staff.push_back(std::move(staff));
  }

  void add_city_staff() {
    add_staff("SV-CITY", Role::supervisor, "", "city.example");
    add_staff("KC-1", Role::core_center, "", "core.example");
    add_staff("OP-1", Role::operator_, "", "city.example");
    city_.staff.back().language = Language::en;
    add_staff("PR-1", Role::provider, "", "center.example");
    add_staff("PR-2", Role::provider, "", "minsei.example");
  }

  // The last of the first six has no supervisor of its own: the office of one.
  void add_office(int number) {
    const auto kind = static_cast<std::size_t>(number - 1) % kOfficeNames.size();
    const std::string office = "OF-" + std::to_string(number);
    const bool alone = number == kFewestOffices;
    const std::string supervisor = alone ? "" : "SV-" + std::to_string(number);
    const std::string again = number > kFewestOffices ? std::to_string(number) : "";
    city_.offices.push_back({office,
                             "見本相談支援センター" + std::string(kOfficeNames[kind]) + again,
                             supervisor, "KC-1", 0});
    if (!alone) add_staff(supervisor, Role::supervisor, office, kDomains[kind]);
    for (int i = 1; i <= case_managers_per_office_; ++i) {
      add_staff(case_manager(number, i), Role::case_manager, office, kDomains[kind]);
    }
    // Somebody who is leaving in three weeks and whose clients will need another.
    if (number == 2) city_.staff.back().until = options_.day + days{21};
  }

  static std::string case_manager(int office, int i) {
    return "SM-" + std::to_string(office * 100 + i);
  }

  void add_client(int number) {
    Dice dice(options_.seed, static_cast<std::uint64_t>(number));
    const Story& story = kStories[static_cast<std::size_t>(number - 1) % kStories.size()];
    // Shifted by one each time the stories begin again, so that every office has all of them.
    const int round = (number - 1) / static_cast<int>(kStories.size());
    const int office = 1 + (number - 1 + round) % offices_;
    ClientRecord client;
    client.code = code("C", number, width_);
    client.name = made_up_name(dice);
    client.certificate_no = code("99", number, 8).erase(2, 1);
    client.office = "OF-" + std::to_string(office);
    const int manager = 1 + (number - 1) / offices_ % case_managers_per_office_;
    if (!story.unassigned) client.case_manager = case_manager(office, manager);
    const std::vector<Period> periods = periods_of(story, dice);
    client.watched_from = story.watched_from_start ? periods.front().start : options_.day;
    for (const Period& period : periods) {
      city_.periods.push_back({client.code, period, false, 0});
      if (story.plan != PlanKind::self_plan) add_visits(client, period, story, dice);
    }
    if (story.check != CheckStory::none) add_check(client, number, periods, story, dice);
    city_.clients.push_back(std::move(client));
  }

  Period period(const Story& story, Day start, Day end) const {
    Period out{start, end, story.plan, story.decision, {}, {}};
    if (story.interval_months > 0) out.interval_months = story.interval_months;
    if (story.explicit_months) {
      for (Month month = month_of(start); month < month_of(end); month += months{4}) {
        out.monitoring_months.push_back(month);
      }
      out.monitoring_months.push_back(month_of(end));  // always one (R1), on every certificate
    }
    return out;
  }

  Period year_from(const Story& story, Day start) const {
    return period(story, start, a_year_later(start) - days{1});
  }
  Period year_until(const Story& story, Day end) const {
    return period(story, a_year_before(end + days{1}), end);
  }

  std::vector<Period> periods_of(const Story& story, Dice& dice) const {
    const Day day = options_.day;
    const Day first = first_day(month_of(day) - months{dice.between(4, 10)});
    switch (story.shape) {
      case PeriodShape::running:
        return {year_from(story, first)};
      case PeriodShape::mid_month:
        return {year_from(story, first + days{15})};
      case PeriodShape::with_history:
        return {year_until(story, first - days{1}), year_from(story, first)};
      case PeriodShape::just_begun:
        return {year_from(story, first_day(month_of(day)))};
      case PeriodShape::ends_soon:
        return {year_until(story, day + days{25})};
      case PeriodShape::ends_now:
        return {year_until(story, day + days{5})};
      case PeriodShape::renewed_early:
        return {year_until(story, day + days{14}), year_from(story, day + days{15})};
      case PeriodShape::expired:
        return {year_until(story, day - days{10})};
      case PeriodShape::gap:
        return {year_until(story, day - days{40}), year_from(story, day - days{20})};
      case PeriodShape::changed: {
        const Day change = first_day(month_of(day) - months{2});
        Period before = year_from(story, first_day(month_of(day) - months{8}));
        Period after = year_from(story, change);
        before.end = change - days{1};
        after.decision_kind = DecisionKind::changed;
        return {before, after};
      }
    }
    return {};
  }

  // The months in which this client was to be seen, ascending: R1–R4 as far as a story needs them.
  static std::vector<Month> visit_months(const Period& period, const Story& story) {
    if (!period.monitoring_months.empty()) return period.monitoring_months;
    const bool confirmed = story.check == CheckStory::ok || story.check == CheckStory::due;
    const bool standby = period.plan_kind == PlanKind::standby_short_stay;
    const int k = standby ? (confirmed ? 6 : 3) : period.interval_months.value_or(3);
    std::vector<Month> out;
    const Month start = month_of(period.start);
    for (Month month = month_of(period.end); month > start; month -= months{k}) {
      out.push_back(month);
    }
    if (period.decision_kind != DecisionKind::renewal) {
      for (int i = 0; i < 3; ++i) out.push_back(start + months{i});
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  void add_visits(const ClientRecord& client, const Period& period, const Story& story,
                  Dice& dice) {
    if (story.visits == VisitStory::never) return;
    std::vector<Month> past = visit_months(period, story);
    std::erase_if(past, [&](Month month) { return month > month_of(options_.day); });
    // A month that has only begun is not missed yet.
    const bool open = !past.empty() && past.back() == month_of(options_.day);
    const std::size_t over = past.size() - (open ? 1 : 0);
    const std::size_t missed = story.visits == VisitStory::last_missed  ? 1
                               : story.visits == VisitStory::two_missed ? 2
                                                                        : 0;
    for (std::size_t i = 0; i < past.size(); ++i) {
      const bool is_missed = i < over && i + missed >= over;
      const bool is_late = story.visits == VisitStory::late && i + 1 == over;
      if (!is_missed) add_visit(client, period, past[i], is_late, dice);
    }
  }

  void add_visit(const ClientRecord& client, const Period& period, Month month, bool late,
                 Dice& dice) {
    Day on = late ? last_day(month) + days{dice.between(3, 20)}
                  : first_day(month) + days{dice.between(4, 24)};
    while (is_weekend(on)) on -= days{1};
    if (on < period.start || on >= options_.day) return;
    city_.monitorings.push_back({0, client.code, on, {}, client.case_manager, "", false, 0});
    if (late) city_.monitorings.back().note = "本人の都合で延期（見本）";
  }

  void add_check(const ClientRecord& client, int number, const std::vector<Period>& periods,
                 const Story& story, Dice& dice) {
    const Day day = options_.day;
    CheckRecord check;
    check.code = code("S", number, width_);
    check.client = client.code;
    check.method = dice.one_of(kMethods);
    check.agreed_by = "見本市障害福祉課";
    CheckTerms& terms = check.terms;
    terms.provider = dice.below(3) == 0 ? "PR-2" : "PR-1";
    terms.from = std::max(periods.front().start, a_year_before(day));
    terms.every_days = dice.below(8) == 0 ? 14 : 30;
    terms.grace_days = 7;
    if (dice.below(4) == 0) terms.extends_to = 6;
    terms.agreed_on = terms.from - days{10};
    if (story.check == CheckStory::awaiting_first) terms.from = day - days{3};
    if (story.check == CheckStory::not_agreed) terms.agreed_on.reset();
    if (story.check == CheckStory::ended) terms.until = day - days{20};
    check.watched_from = story.watched_from_start ? terms.from : day;
    add_check_ins(check, story.check, dice);
    city_.checks.push_back(std::move(check));
  }

  // How many days ago somebody looked in last.
  static int last_look(const CheckTerms& terms, CheckStory story, Dice& dice) {
    switch (story) {
      case CheckStory::due:
        return terms.every_days + 2;
      case CheckStory::lapsed:
      case CheckStory::unreachable:
        return terms.every_days + terms.grace_days + dice.between(2, 9);
      case CheckStory::ended:
        return 21;
      case CheckStory::concern:
        return 1;
      default:
        return dice.between(1, terms.every_days - 1);
    }
  }

  void add_check_ins(const CheckRecord& check, CheckStory story, Dice& dice) {
    if (story == CheckStory::awaiting_first) return;
    const Day last = options_.day - days{last_look(check.terms, story, dice)};
    std::vector<Day> looked;
    for (Day on = last; on >= check.terms.from; on -= days{check.terms.every_days}) {
      looked.push_back(on);
    }
    for (auto on = looked.rbegin(); on != looked.rend(); ++on) {
      const bool wrong = story == CheckStory::concern && *on == last;
      add_check_in(check, *on, wrong ? Outcome::concern : Outcome::ok, dice);
    }
    if (story != CheckStory::unreachable) return;
    for (const int ago : {5, 3, 1}) {
      add_check_in(check, options_.day - days{ago}, Outcome::unreachable, dice);
    }
  }

  void add_check_in(const CheckRecord& check, Day on, Outcome outcome, Dice& dice) {
    const TimeOfDay time{std::chrono::hours{dice.between(9, 16)} +
                         std::chrono::minutes{15 * dice.below(4)}};
    CheckInRecord record{
        0, check.code, zone_.at(on, time), on, outcome, check.terms.provider, "", false, 0};
    if (outcome == Outcome::concern) record.note = "食事がとれていない様子（見本）";
    city_.check_ins.push_back(std::move(record));
  }

  const SampleOptions& options_;
  const Zone& zone_;
  std::size_t width_;
  int offices_;
  int case_managers_per_office_;
  SampleCity city_;
};

}  // namespace

SampleCity sample_city(const SampleOptions& options, const Zone& zone) {
  return Builder(options, zone).build();
}

std::string sample_csv(const SampleCity& city, CsvKind kind, const Zone& zone) {
  std::string out = csv_header(kind);
  switch (kind) {
    case CsvKind::offices:
      for (const auto& office : city.offices) append_csv(out, office);
      break;
    case CsvKind::staff:
      for (const auto& staff : city.staff) append_csv(out, staff);
      break;
    case CsvKind::clients: {
      auto period = city.periods.begin();
      for (const auto& client : city.clients) {
        for (; period != city.periods.end() && period->client == client.code; ++period) {
          append_csv(out, client, *period);
        }
      }
      break;
    }
    case CsvKind::safety_checks:
      for (const auto& check : city.checks) append_csv(out, check);
      break;
    case CsvKind::check_ins:
      for (const auto& check_in : city.check_ins) append_csv(out, check_in, zone);
      break;
    case CsvKind::monitorings:
      for (const auto& monitoring : city.monitorings) append_csv(out, monitoring);
      break;
    case CsvKind::contacts:
    case CsvKind::suspensions:
    case CsvKind::absences:
    case CsvKind::acknowledgements:
      break;  // nobody in it has reported any
  }
  return out;
}

}  // namespace omamori
