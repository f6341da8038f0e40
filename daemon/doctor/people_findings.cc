#include "daemon/doctor/people_findings.h"

#include <algorithm>
#include <optional>

#include "daemon/answer/codes.h"
#include "daemon/doctor/reachable.h"
#include "daemon/reminders/contact_channels.h"
#include "daemon/rules/recipients.h"

namespace omamori {
namespace {

constexpr std::size_t kNamedOneByOne = 3;

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

class PeopleLook {
 public:
  PeopleLook(const PeopleFacts& facts, const Config& config, Day today, const Tongue& tongue)
      : facts_(facts),
        config_(config),
        today_(today),
        say_(tongue),
        directory_(facts.stored.offices, facts.stored.staff, facts.stored.absences) {}

  Findings look() {
    look_at_each();
    look_at_operator();
    for (const Office& office : facts_.stored.offices) look_at(office);
    look_at_addresses();
    look_at_absences();
    look_at_clients();
    if (found_.empty()) {
      found_.push_back({Severity::ok, "people",
                        say_("届かない人はいない（", "everybody can be told (") +
                            std::to_string(reachable_) + say_("人）", " people)"),
                        ""});
    }
    return std::move(found_);
  }

 private:
  void warn(const std::string& where, const std::string& what, const std::string& to_do) {
    found_.push_back({Severity::warning, where, what, to_do});
  }
  std::string correct_staff() const {
    return say_("staff の CSV を直して import する", "correct the staff file and import it");
  }
  bool is_active(const std::string& code) const { return directory_.active(code, today_); }

  // Why nobody reaches the person today though the files say so; empty if somebody may.
  std::string why_refused(const Staff& person) const {
    const auto spent = facts_.spent.find(person.code);
    std::string none;
    std::string why;
    for (const Way& way : ways_of(person, config_, none)) {
      const bool disabled =
          way.channel == Channel::webhook &&
          std::find(facts_.disabled_endpoints.begin(), facts_.disabled_endpoints.end(),
                    way.address) != facts_.disabled_endpoints.end();
      const bool refused = spent != facts_.spent.end() &&
                           std::find(spent->second.begin(), spent->second.end(),
                                     std::pair(way.channel, way.address)) != spent->second.end();
      if (!disabled && !refused) return "";
      why += (why.empty() ? "" : say_("、", "; ")) +
             (disabled ? say_("宛先 ", "the endpoint ") + way.address +
                             say_(" は止められている", " is disabled")
              : way.channel == Channel::email
                  ? say_("最近メールが断られた", "email was refused lately")
                  : say_("最近断られた", "it was refused lately"));
    }
    return why;
  }

  // A few are named one by one. Where one reason keeps many from being told, it is the news.
  using ByReason = std::map<std::string, std::vector<const Staff*>>;
  void warn_of(const ByReason& people, const std::string& to_do) {
    for (const auto& [why, concerned] : people) {
      if (concerned.size() > kNamedOneByOne) {
        std::vector<std::string> codes;
        for (const Staff* person : concerned) codes.push_back(person->code);
        warn("staff", why + say_("。届かない人: ", ": these cannot be told: ") + some_of(codes),
             to_do);
        continue;
      }
      for (const Staff* person : concerned) {
        warn("staff:" + person->code,
             person->code + say_("（", " (") + say_.word(person->role, is_of_city(*person)) +
                 say_("）には届かない: ", ") cannot be told: ") + why,
             to_do);
      }
    }
  }

  void look_at_each() {
    bool somebody = false;
    ByReason unreached;
    ByReason refusals;
    for (const Staff& person : facts_.stored.staff) {
      if (!is_active(person.code)) continue;
      const std::string why = why_unreachable(config_, person, say_);
      if (!why.empty()) {
        unreached[why].push_back(&person);
        continue;
      }
      if (person.role != Role::provider) somebody = true;
      const std::string refused = why_refused(person);
      if (refused.empty()) {
        ++reachable_;
      } else {
        refusals[refused].push_back(&person);
      }
    }
    warn_of(unreached, say_("staff の CSV か omamori.toml を直す",
                            "correct the staff file and import it, or omamori.toml"));
    warn_of(refusals, say_("omamorictl outbox list で理由を見て、アドレスを直す",
                           "omamorictl outbox list says why; correct the address"));
    if (somebody || facts_.clients.empty()) return;
    found_.push_back({Severity::error, "people",
                      say_("誰にも何も届かない", "nobody can be told anything"),
                      say_("staff にアドレスを、omamori.toml に通知方法を書く",
                           "give staff an address and omamori.toml a channel")});
  }

  void look_at_operator() {
    if (!directory_.operators(today_).empty()) return;
    warn("operator",
         say_("運用担当が登録されていない。障害はログと status にしか出ない",
              "no operator is known: troubles are told to the log and status alone"),
         say_("staff の CSV に役割 operator の人を加える",
              "add somebody with the role operator to the staff file"));
  }

  void look_at(const Office& office) {
    const std::string where = "office:" + office.code;
    const auto named = [&](const std::string& code, const std::string& role) {
      if (code.empty() || is_active(code)) return;
      warn(where,
           office.code + say_(" の", ": its ") + role + " " + code +
               (directory_.staff(code) ? say_(" は退職している", " has left")
                                       : say_(" は登録されていない", " is not known")),
           say_("offices か staff の CSV を直して import する",
                "correct the offices or staff file and import it"));
    };
    named(office.supervisor, say_.word(Role::supervisor));
    named(office.core_center, say_.word(Role::core_center));
    const bool watched = is_active(office.supervisor) || is_active(office.core_center) ||
                         directory_.city_supervisor(today_) != nullptr;
    if (watched) return;
    warn(
        where,
        office.code + say_(" には管理者も基幹相談支援センターも市担当者もいない",
                           ": neither a supervisor nor a core centre nor anybody at the city"),
        say_(
            "offices の CSV に管理者を書くか、市担当者（事業所のない supervisor）を staff に加える",
            "name a supervisor in the offices file, or add one without an office to staff"));
  }

  void look_at_addresses() {
    std::map<std::string, std::vector<std::string>> by_address;
    for (const Staff& person : facts_.stored.staff) {
      if (person.email.empty() || !is_active(person.code)) continue;
      by_address[lower(person.email)].push_back(person.code);
    }
    for (const auto& [address, codes] : by_address) {
      if (codes.size() < 2) continue;
      warn("staff:" + codes.front(),
           say_("同じメールアドレスの人がいる: ", "several people have one email address: ") +
               some_of(codes),
           say_("共有の受信箱でなければ ", "unless it is a shared mailbox, ") + correct_staff());
    }
  }

  void look_at_absences() {
    for (const Absence& absence : facts_.stored.absences) {
      const bool now = absence.from <= today_ && (!absence.until || today_ <= *absence.until);
      if (!now || absence.delegate.empty() || !is_active(absence.staff)) continue;
      if (directory_.present(absence.staff, today_) != nullptr) continue;
      warn("absence:" + absence.staff,
           absence.staff + say_(" の代理 ", " is away, and the delegate ") + absence.delegate +
               say_(" も不在か退職、または互いに代理になっている。管理者に届く",
                    " is away too, gone, or delegates in a circle: the supervisor is told"),
           say_("omamorictl absence で別の代理を立てる",
                "name another delegate with omamorictl absence"));
    }
  }

  void look_at_clients() {
    for (const auto& [manager, clients] : facts_.clients) {
      const auto why = unassigned(directory_, manager, today_);
      if (!why) continue;
      const std::string count = some_of(clients);
      const std::string assign = say_("omamorictl assign 利用者 担当者 で担当を決める",
                                      "give them to somebody: omamorictl assign CLIENT STAFF");
      switch (*why) {
        case Unassigned::none_named:
          warn("clients", say_("担当のいない利用者: ", "clients without a case manager: ") + count,
               assign);
          break;
        case Unassigned::unknown_code:
          warn("staff:" + manager,
               manager +
                   say_(" は登録がないが、担当している: ",
                        " is not known, but still the case manager of ") +
                   count,
               assign + say_("か、", ", or ") + correct_staff());
          break;
        case Unassigned::has_left:
          warn("staff:" + manager,
               manager +
                   say_(" は退職しているが、まだ担当している: ",
                        " has left, but is still the case manager of ") +
                   count,
               assign);
      }
    }
  }

  const PeopleFacts& facts_;
  const Config& config_;
  Day today_;
  const Tongue& say_;
  Directory directory_;
  std::size_t reachable_ = 0;
  Findings found_;
};

}  // namespace

Findings people_findings(const PeopleFacts& facts, const Config& config, Day today,
                         const Tongue& tongue) {
  return PeopleLook(facts, config, today, tongue).look();
}

}  // namespace omamori
