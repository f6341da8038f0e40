// What the owner of the database contributes to `omamorictl doctor`, in parts: settings, policy,
// ways out, disk; people and clients; each table; the journal, some thousand rows at a time. Each
// part says which is next, so that a daemon goes on reminding and sending between them. The network
// is looked at by omamorictl itself (daemon/doctor/examination.h). Nothing here writes. Codes only
// (P7).
#include <algorithm>
#include <charconv>

#include "config/policy_file.h"
#include "daemon/answer/codes.h"
#include "daemon/answer/json_text.h"
#include "daemon/commands/options.h"
#include "daemon/doctor/disk.h"
#include "daemon/doctor/door_files.h"
#include "daemon/doctor/door_findings.h"
#include "daemon/doctor/examination.h"
#include "daemon/doctor/mode_findings.h"
#include "daemon/doctor/people_findings.h"
#include "daemon/reminders/clock_hold.h"
#include "daemon/reminders/health.h"
#include "daemon/reminders/peer_view.h"
#include "daemon/reports/late_check_ins.h"
#include "daemon/rules/check_state.h"
#include "notifiers/secrets.h"

namespace omamori {
namespace {

// A part of the journal is over in the time of an ordinary command.
constexpr std::int64_t kRowsAtOnce = 20'000;
// Where mail was refused longer ago, later messages have settled it or `status` speaks of it.
constexpr std::chrono::days kLately{7};
constexpr std::string_view kTable = "table ";
constexpr std::string_view kJournal = "journal ";

class OwnersLook {
 public:
  OwnersLook(Service& service, const Tongue& tongue, bool alone)
      : service_(service), store_(service.store()), say_(tongue), alone_(alone) {}

  // Looks at the part and answers which comes after it; "" after the last.
  std::string look_at(const std::string& part) {
    if (part.empty()) return look_at_settings(), "people";
    if (part == "people") return look_at_people(), std::string(kTable) + "0";
    if (part.starts_with(kTable)) return look_at_table(number_in(part.substr(kTable.size())));
    if (part.starts_with(kJournal)) return look_at_journal(part.substr(kJournal.size()));
    add(Severity::error, "doctor", say_("知らない項目: ", "no such part: ") + part,
        say_("omamorid と omamorictl を同じ版にする",
             "omamorid and omamorictl must be of the same version"));
    return "";
  }
  Findings take() { return std::move(findings_); }

 private:
  void add(Severity severity, const std::string& where, const std::string& what,
           const std::string& to_do = "") {
    findings_.push_back({severity, where, what, to_do});
  }
  static std::size_t number_in(const std::string& text) {
    std::size_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
  }

  // ---- settings -------------------------------------------------------------------------------

  void look_at_settings() {
    look_at_config();
    look_at_policy();
    look_at_secrets();
    look_at_doors();
    for (Finding& finding : mode_findings(service_.config(), say_)) {
      findings_.push_back(std::move(finding));
    }
    look_at_disk_space();
    look_at_health();
  }

  // What status says, in the reader's language. Of policy.toml more is known here than that a
  // notice speaks of it: whether the file is bad or waits, and what to do.
  void look_at_health() {
    for (const Complaint& complaint : health_of(service_).complaints) {
      const bool of_policy = complaint.what.en.find("policy") != std::string::npos;
      if (complaint.subject == "start" && of_policy && !policy_in_force_) continue;
      add(complaint.gravity == Gravity::see_to_it ? Severity::warning : Severity::error,
          complaint.subject, in_words(complaint, say_.language(), service_.zone()),
          complaint.to_do.in(say_.language()));
    }
  }

  void look_at_config() {
    const Config& config = service_.config();
    add(Severity::ok, "omamori.toml", say_("読める", "can be read"));
    if (service_.held()) {
      const Service::Hold hold = service_.hold();
      add(Severity::warning, "hold",
          hold.what.in(say_.language()) + say_(": 何も送られない", ": nothing is sent"),
          hold.to_do.in(say_.language()));
    }
    if (config.show_names) {
      add(Severity::warning, "omamori.toml",
          say_("[privacy] show_names = true: 氏名がメールに載る",
               "[privacy] show_names = true: names of clients are in the mails"),
          say_("同意がなければ false にする", "set it to false unless that was agreed"));
    }
  }

  void look_at_policy() {
    const LoadedPolicy file = load_policy(service_.config().policy);
    for (const FileError& error : file.parsed.errors) {
      add(Severity::error, "policy.toml", to_string(error),
          say_("直して omamorictl reload。それまでは前の内容で動く",
               "correct it and omamorictl reload; until then the one before is in force"));
    }
    const auto kept = store_.kept_policy();
    const bool same = kept && kept->text == file.text;
    policy_in_force_ = file.parsed.value && same;
    if (file.parsed.value && !same) {
      add(Severity::warning, "policy.toml",
          say_("ファイルの内容がまだ使われていない", "what the file says is not in force yet"),
          say_("omamorictl reload（多くの計画が変わるときは --yes）",
               "omamorictl reload (with --yes if many plans change)"));
    }
    if (policy_in_force_) {
      add(Severity::ok, "policy.toml", say_("読めて、使われている", "can be read and is in force"));
    }
    if (auto nobody = contact_finding(service_.policy().contact, service_.config().http, say_)) {
      findings_.push_back(std::move(*nobody));
    }
    for (const std::string& warning : warnings_of(store_, service_.policy())) {
      add(Severity::warning, "policy.toml", warning,
          say_("意図した設定か確かめる", "see whether it is meant so"));
    }
  }

  void look_at_secret(const std::string& where, const std::string& why) {
    if (why.empty()) {
      add(Severity::ok, where, say_("秘密を読める", "the secret can be read"));
    } else if (alone_) {
      add(Severity::warning, where, why,
          say_("systemd の credential なら、omamorid が動いているときに doctor を動かす",
               "if it is a systemd credential, run doctor while omamorid runs"));
    } else {
      add(Severity::error, where, say_("omamorid が読めない: ", "omamorid cannot use it: ") + why,
          say_("ファイルと権限を直し、omamorid を再起動する",
               "correct the file and its rights, and restart omamorid"));
    }
  }
  void look_at_secrets() {
    const Config& config = service_.config();
    if (!config.smtp.host.empty() && !config.smtp.password_file.empty()) {
      const auto read = smtp_password(config.smtp);
      const auto* none = std::get_if<NoSecret>(&read);
      look_at_secret("smtp.secret", none != nullptr ? none->why : "");
    }
    for (const WebhookEndpoint& endpoint : config.webhooks) {
      const auto read = webhook_secrets(endpoint);
      const auto* none = std::get_if<NoSecret>(&read);
      look_at_secret("webhook:" + endpoint.name + ".secret", none != nullptr ? none->why : "");
    }
  }

  void look_at_doors() {
    const HttpConfig& http = service_.config().http;
    const DoorFiles files = look_at_door_files(http, service_.config().reply.is_read());
    for (Finding& finding : door_file_findings(http, files, alone_, service_.now(), say_)) {
      findings_.push_back(std::move(finding));
    }
    const std::string& place = service_.doors.place;
    if (!place.empty()) add(Severity::ok, "doors", say_("受付が開いている: ", "open at ") + place);
  }

  void look_at_disk_space() {
    const Config& config = service_.config();
    const std::uint64_t size = size_of_database(config.database);
    const auto look = [&](const char* where, const std::filesystem::path& directory,
                          std::uint64_t largest) {
      DiskFacts facts = look_at_disk(where, directory);
      facts.largest = largest;
      findings_.push_back(disk_finding(facts, say_));
    };
    look("disk:database", config.database.parent_path(), size);
    if (!config.backup.directory.empty()) look("disk:backup", config.backup.directory, size);
    if (!config.file_directory.empty()) look("disk:outbox", config.file_directory, 0);
    const StoreCounts counts = store_.counts();
    add(Severity::ok, "database",
        say_("スキーマ ", "schema ") + std::to_string(migrations().size()) + ", " +
            std::to_string(size / kMiB) + " MiB, " + say_("利用者 ", "clients ") +
            std::to_string(counts.clients));
    if (const std::string& problem = store_.known_problem(); !problem.empty()) {
      add(Severity::warning, "database", problem,
          say_("別のデータベースと入れ替わっても気づけない。場所と権限を確かめる",
               "another database in its place would not be noticed: look at room and rights"));
    }
    if (store_.demo()) return;  // nobody would miss it
    const BackupFacts backup = look_at_backups(config.backup.directory, config.database);
    findings_.push_back(backup_finding(backup, service_.now(), say_));
  }

  // ---- people and clients ---------------------------------------------------------------------

  void look_at_people() {
    PeopleFacts facts;
    facts.stored = store_.directory();
    const Day today = service_.today();
    for (const Staff& person : facts.stored.staff) {
      auto ways = store_.spent_ways(person.code, service_.now() - kLately, service_.now());
      if (!ways.empty()) facts.spent[person.code] = std::move(ways);
    }
    for (const auto& [name, state] : store_.peers()) {
      if (state.reach == Reach::disabled) facts.disabled_endpoints.push_back(short_name(name));
    }
    std::vector<std::string> not_agreed;
    store_.for_each_client([&](ClientFacts& client) {
      if (service_over(client, today)) return;
      if (!looks_after_itself(client, today)) {
        facts.clients[version_on(client, today).case_manager].push_back(client.code);
      }
      for (const Check& check : client.checks) look_at_check(check, client, today, not_agreed);
    });
    for (Finding& finding : people_findings(facts, service_.config(), today, say_)) {
      findings_.push_back(std::move(finding));
    }
    if (!not_agreed.empty()) {
      add(Severity::warning, "checks",
          say_("市の合意がなく、間隔を延ばさない安否確認: ",
               "safety checks the city has not agreed to, which lengthen nothing: ") +
              some_of(not_agreed),
          say_("合意したら safety_checks の CSV に agreed_on を書く",
               "when it is agreed, give agreed_on in the safety_checks file"));
    }
  }

  void look_at_check(const Check& check, const ClientFacts& client, Day today,
                     std::vector<std::string>& not_agreed) {
    const CheckTerms& terms = version_on(check, today).terms;
    const CheckState state = standing(terms, check.check_ins, today).state;
    if (state == CheckState::not_agreed) not_agreed.push_back(check.code);
    if (state == CheckState::ended) return;
    const auto habit = late_habit(check, client.suspensions, today);
    if (!habit) return;
    const bool fits = terms.every_days + habit->fitting_grace <=
                      31 * service_.policy().terms.standard_interval_months;
    const std::string count = std::to_string(habit->late);
    const std::string of = std::to_string(habit->intervals);
    add(Severity::warning, "check:" + check.code,
        say_("直近" + of + "回のうち" + count + "回、猶予を過ぎて記録されている（" +
                 say_.days(habit->days_late) + "ほど遅い）",
             "records came later than the grace in " + count + " of the last " + of +
                 " times, by about " + say_.days(habit->days_late)),
        fits ? say_("実施者と相談し、早めるか、grace_days を " +
                        std::to_string(habit->fitting_grace) + " にする合意を市と結ぶ",
                    "talk to the provider; or agree with the city on grace_days = " +
                        std::to_string(habit->fitting_grace))
             : say_("どの猶予でも足りない。実施者や方法を変える",
                    "no grace would do: find another provider or method"));
  }

  // ---- the file -------------------------------------------------------------------------------

  std::string look_at_table(std::size_t number) {
    const std::vector<std::string> tables = store_.tables();
    if (number < tables.size()) {
      std::string wrong;
      try {
        wrong = store_.check_table(tables[number]);
      } catch (const SqliteError& error) {
        wrong = error.what();  // so damaged that it cannot be looked at
      }
      if (!wrong.empty()) {
        add(Severity::error, "database",
            say_("表 ", "the table ") + tables[number] + say_(" が壊れている: ", " is damaged: ") +
                wrong.substr(0, wrong.find('\n')),
            say_("omamorid を止め、omamorictl restore でバックアップから復元する",
                 "stop omamorid and restore a backup: omamorictl restore"));
      }
    }
    if (number + 1 < tables.size()) return std::string(kTable) + std::to_string(number + 1);
    return std::string(kJournal) + "0:" + before_the_first_row().hash;
  }

  std::string look_at_journal(const std::string& place) {
    const std::size_t colon = place.find(':');
    if (colon == std::string::npos) return "";
    const JournalHead after{static_cast<std::int64_t>(number_in(place)), place.substr(colon + 1)};
    const JournalVerdict verdict = store_.journal().verify_part(after, kRowsAtOnce);
    const std::string head = std::to_string(verdict.head.seq) + ":" + verdict.head.hash;
    if (!verdict.ok) {
      add(Severity::error, "journal",
          say_("記録の鎖が切れている（行 ", "the chain is broken (row ") +
              std::to_string(verdict.bad_seq) + say_("）: ", "): ") + verdict.why,
          say_("バックアップと、印刷してある番号（omamorictl log --verify --head）と比べる",
               "compare with a backup and with a head printed earlier (omamorictl log --verify "
               "--head)"));
      return "";
    }
    if (verdict.head != store_.journal().head()) return std::string(kJournal) + head;
    if (const std::string gaps = store_.journal().gaps_problem(); !gaps.empty()) {
      add(Severity::error, "journal", gaps,
          say_("バックアップと比べる", "compare with a backup: omamorictl backup verify"));
      return "";
    }
    add(Severity::ok, "journal",
        say_("鎖はつながっている。先頭 ", "the chain holds, head ") + head);
    return "";
  }

  Service& service_;
  Store& store_;
  const Tongue& say_;
  bool alone_;
  bool policy_in_force_ = false;  // the one in the file
  Findings findings_;
};

TimeFacts time_of(Service& service) {
  TimeFacts time;
  time.zone = service.config().zone;
  if (const auto hold = kept_clock_hold(service.store())) time.hold = hold->why;
  time.last_instant = service.store().last_instant();
  time.made_up = service.store().demo();
  return time;
}

}  // namespace

// part, language, alone.
Response doctor_part_command(const Request& request, Service& service) {
  std::string why;
  const auto language = language_option(request, service, why);
  if (!language) return wrong_usage(why);
  const Tongue tongue(*language);
  OwnersLook look(service, tongue, request.flag("alone"));
  OwnersPart part;
  part.language = *language;
  part.next = look.look_at(request.text("part"));
  part.time = time_of(service);
  part.findings = look.take();
  return {Exit::ok, encode(part), ""};
}

}  // namespace omamori
