#include "tests/sim/people_answer.h"

#include <algorithm>
#include <array>

#include "daemon/doors/token.h"
#include "daemon/model/calendar.h"
#include "daemon/rules/acknowledgements.h"
#include "db/door_records.h"

namespace omamori::sim {
namespace {

using std::chrono::days;

constexpr days kRecent{10};  // a message that somebody still has open

bool is_urgent(ObligationKind kind) {
  return kind == ObligationKind::lapse || kind == ObligationKind::concern;
}

// How likely somebody says that of such a line, of 1000.
int weight(DoorActKind act, ObligationKind about) {
  const bool of_visits = about == ObligationKind::monitoring || about == ObligationKind::streak ||
                         about == ObligationKind::baseline || about == ObligationKind::return_;
  const bool to_confirm = about == ObligationKind::end_report;
  switch (act) {
    case DoorActKind::visited:
      return of_visits ? 550 : 200;
    case DoorActKind::will_visit:
      return 200;
    case DoorActKind::contacted:
      return is_urgent(about) ? 400 : 150;
    case DoorActKind::on_it:
      return 330;
    case DoorActKind::away:
      return 40;
    case DoorActKind::ended:
      return to_confirm ? 400 : 8;
    case DoorActKind::not_mine:
      return 25;
  }
  return 0;
}

}  // namespace

void PeopleAnswer::answer() {
  const auto inbox = doorway_.inbox();  // it grows while time passes
  for (const auto& [staff, links] : inbox) {
    const Staff* person = active(staff);
    const bool manages = person && person->role == Role::case_manager;
    for (const auto& [key, link] : links) {
      if (link.is_attendance()) continue;
      const bool recent = world_.service().now() - link.at < kRecent;
      const auto about = recent ? world_.store().obligation(key) : std::nullopt;
      const bool urgent = about && is_urgent(about->obligation.kind);
      const double eager = about && about->obligation.kind == ObligationKind::end_report ? 0.3
                           : urgent                                                      ? 0.25
                           : manages                                                     ? 0.07
                                                                                         : 0.01;
      if (recent && chance(eager)) open(link);
      if (chance(0.001)) open_old(link);
      if (recent && link.number != 0 && chance(0.002)) replies_.out_of_office(link);
      if (recent && link.number != 0 && chance(0.0003)) replies_.loop(link);
    }
  }
}

void PeopleAnswer::open(const LinkGot& link) {
  const auto about = world_.store().obligation(link.obligation);
  const JournalHead before = doorway_.head();
  const HttpResponse page = doorway_.get(link.path);
  doorway_.unchanged_since(before, "GET " + link.path);
  if (page.status == 404) {
    if (must_open(link, *about)) {
      doorway_.broken("the link of " + link.staff + " to " + link.obligation + " does not work");
    }
    doorway_.happened("link gone");
    return use_what_is_over(link, link.path);
  }
  const auto forms = forms_in(page.body);
  if (about->state != ObligationState::live) return use_what_is_over(link, link.path);
  fill_in(link, about->obligation, forms);
}

// By the naive reading of P8: somebody who is there, about a client of theirs, of a message that is
// not old.
bool PeopleAnswer::must_open(const LinkGot& link, const StoredObligation& about) {
  const auto client = world_.store().client(about.obligation.client);
  const Staff* person = active(link.staff);
  if (!client || !person || world_.service().now() - link.at > kLinkLives) return false;
  const Office* office = world_.service().planning()->directory.office(client->office);
  return client->case_manager == link.staff ||
         (office && (office->supervisor == link.staff || office->core_center == link.staff));
}

const Staff* PeopleAnswer::active(const std::string& staff) {
  return world_.service().planning()->directory.active(staff, world_.service().today());
}

// Out of the bottom of the inbox, whatever has become of it.
void PeopleAnswer::open_old(const LinkGot& link) {
  const JournalHead before = doorway_.head();
  const HttpResponse page = doorway_.get(link.path);
  doorway_.unchanged_since(before, "GET " + link.path);
  if (page.status == 200 && !active(link.staff)) {
    doorway_.broken("a link of " + link.staff + ", who has left, still works");
  }
  const auto about = world_.store().obligation(link.obligation);
  if (page.status == 404 || about->state != ObligationState::live) {
    return use_what_is_over(link, link.path);
  }
  doorway_.happened("old link");
  if (chance(0.5)) forge(link);
}

void PeopleAnswer::use_what_is_over(const LinkGot& link, const std::string& path) {
  const JournalHead before = doorway_.head();
  const HttpResponse answer =
      doorway_.post(path, {{"act", "visited"},
                           {"on", to_string(world_.service().today())},
                           {"by", "だれか"},
                           {"note", std::string(Doorway::kSecret) + "終わり"}});
  doorway_.unchanged_since(before, "a visit by a link that is over, of " + link.obligation);
  if (answer.status == 200) doorway_.broken("a link that is over records: " + link.obligation);
  doorway_.happened("used what is over");
}

// Another letter, and another door.
void PeopleAnswer::forge(const LinkGot& link) {
  const JournalHead before = doorway_.head();
  std::string token = link.token();
  const FormFields form{{"act", "contacted"}, {"on", to_string(world_.service().today())}};
  const auto other_door = doorway_.post("/attendance/" + token, form);
  token[static_cast<std::size_t>(between(0, 25))] = chance(0.5) ? 'Q' : 'R';
  const auto other_token =
      "/a/" + token == link.path ? other_door : doorway_.post("/a/" + token, form);
  if (other_door.status != 404 || other_token.status != 404 ||
      other_door.body != other_token.body) {
    doorway_.broken("forged links are not all alike");
  }
  doorway_.unchanged_since(before, "a forged link");
  doorway_.happened("forged");
}

void PeopleAnswer::fill_in(const LinkGot& link, const Obligation& about,
                           const std::vector<PageForm>& forms) {
  const auto form = choose(about, forms);
  if (!form) return;
  if (chance(0.05)) mistype(link, *form);
  send(link, about, *form);
}

std::optional<PeopleAnswer::Filled> PeopleAnswer::choose(const Obligation& about,
                                                         const std::vector<PageForm>& forms) {
  int die = between(0, 999);
  for (const PageForm& form : forms) {
    const auto word = form.as_it_stands.find("act");
    const auto kind = word == form.as_it_stands.end() ? std::nullopt : act_of_word(word->second);
    if (!kind) continue;
    die -= weight(*kind, about.kind);
    if (die < 0) return filled(*kind, form, about.client);
  }
  return {};
}

PeopleAnswer::Filled PeopleAnswer::filled(DoorActKind kind, const PageForm& form,
                                          const std::string& client) {
  Filled out{kind, form, form.as_it_stands, day_of(kind)};
  if (form.asks("on")) out.fields["on"] = typed(out.on);
  if (form.asks("until")) {
    const Day today = world_.service().today();
    out.fields["until"] = to_string(std::max(out.on, today) + days{between(0, 20)});
  }
  if (form.asks("client")) out.fields["client"] = client;
  if (form.asks("by")) out.fields["by"] = std::string(Doorway::kSecret) + "訪問者";
  if (chance(0.4)) out.fields["note"] = Doorway::kSecret + std::to_string(between(1, 99));
  return out;
}

Day PeopleAnswer::day_of(DoorActKind kind) {
  const Day today = world_.service().today();
  switch (kind) {
    case DoorActKind::will_visit:
      return today + days{between(0, 30)};
    case DoorActKind::on_it:
      return today + days{between(0, 7)};
    case DoorActKind::away:
      return today + days{between(-10, 10)};
    case DoorActKind::visited:
    case DoorActKind::contacted:
    case DoorActKind::ended:
    case DoorActKind::not_mine:
      break;
  }
  if (chance(0.6)) return today;
  return today - days{chance(0.9) ? between(1, 12) : between(13, 100)};
}

// As people write it; without a year only where nobody could mean another.
std::string PeopleAnswer::typed(Day day) {
  const auto away = std::chrono::abs(day - world_.service().today());
  if (away > days{40} || chance(0.7)) return to_string(day);
  const std::chrono::year_month_day date{day};
  return std::to_string(static_cast<unsigned>(date.month())) + "/" +
         std::to_string(static_cast<unsigned>(date.day()));
}

// A day that cannot be, none, or somebody else's code.
void PeopleAnswer::mistype(const LinkGot& link, Filled form) {
  const Day today = world_.service().today();
  const bool ahead = form.kind == DoorActKind::will_visit || form.kind == DoorActKind::on_it;
  const std::array<std::string, 3> wrong{"", "2026-13-41",
                                         to_string(ahead ? today - days{1} : today + days{50})};
  form.fields["on"] = wrong[static_cast<std::size_t>(between(0, 2))];
  form.fields["client"] = "C-9999";
  const JournalHead before = doorway_.head();
  const HttpResponse answer = doorway_.post(form.form.action, form.fields);
  if (answer.status != 422) {
    doorway_.broken("what was mistyped for " + link.obligation + " is answered with " +
                    std::to_string(answer.status));
  }
  doorway_.unchanged_since(before, "what was mistyped for " + link.obligation);
  doorway_.happened("mistyped");
}

std::vector<Obligation> PeopleAnswer::urgent(const std::string& client) {
  auto live = world_.store().live_obligations(client);
  std::erase_if(live, [](const Obligation& o) { return !is_urgent(o.kind); });
  return live;
}

void PeopleAnswer::send(const LinkGot& link, const Obligation& about, const Filled& form) {
  const bool visit = form.kind == DoorActKind::visited;
  if (visit && chance(0.12)) by_list(about.client, form.on);
  DoorRecords& doors = world_.store().doors();
  const std::string hash = hash_of(link.token());
  const auto urgent_before = urgent(about.client);
  const std::size_t acts_before = doors.acts(hash).size();
  const bool by_reply = replies_.writes(link, form.kind);
  HttpResponse done;
  if (by_reply) {
    done.status = replies_.send(link, form.kind, form.fields) ? 200 : 422;
  } else {
    doorway_.promises.used("link:" + link.staff);
    done = doorway_.post(form.form.action, form.fields);
  }
  if (done.status != 200) {
    const auto now = world_.store().obligation(about.key);
    if (now->state != ObligationState::live) return doorway_.happened("over by the list");
    if (visit || form.kind == DoorActKind::contacted || form.kind == DoorActKind::not_mine) {
      doorway_.broken(std::string(to_word(form.kind)) + " of " + about.key + " on " +
                      to_string(form.on) + " is refused with " + std::to_string(done.status));
    }
    doorway_.happened("refused " + std::string(to_word(form.kind)));
    return;
  }
  doorway_.happened(std::string(to_word(form.kind)));
  if (visit) doorway_.promises.visit_by_link(about.client, form.on);
  world_.settle();
  if (doors.acts(hash).size() > acts_before) note_act(link, about, form, urgent_before, by_reply);
  if (!by_reply && chance(0.25)) send_again(form, done);
  if (visit && !by_another_line_ && chance(0.5)) send_by_another_line(link, about, form);
  if (visit && chance(0.15)) by_list(about.client, form.on);
  if (visit && chance(0.03)) {
    world_.run("record monitoring", {{"client", about.client}, {"on", to_string(form.on)}});
    doorway_.promises.visit_by_command(about.client, form.on);
    world_.settle();
  }
  if (!chance(0.15)) return;
  by_reply ? take_back_by_reply(link, form) : take_back(link, form, done);
}

// What a page offers to undo was recorded by it; else it was known.
void PeopleAnswer::note_act(const LinkGot& link, const Obligation& about, const Filled& form,
                            const std::vector<Obligation>& urgent_before, bool by_reply) {
  const DoorAct newest = world_.store().doors().acts(hash_of(link.token())).front();
  if (newest.staff != link.staff) {
    doorway_.broken("what came by a link of " + link.staff + " is taken for " + newest.staff +
                    "'s");
  }
  if (newest.nonce_hash.empty()) {
    doorway_.happened("known already");
    return;
  }
  const auto left = urgent(about.client);
  const bool ended =
      std::any_of(urgent_before.begin(), urgent_before.end(), [&](const Obligation& o) {
        return std::none_of(left.begin(), left.end(),
                            [&](const Obligation& l) { return l.key == o.key; });
      });
  SentAct act;
  act.id = newest.id;
  act.kind = form.kind;
  act.staff = link.staff;
  act.client = about.client;
  act.at = newest.at;
  act.silences = ended || form.kind == DoorActKind::away || form.kind == DoorActKind::ended;
  act.awaits_confirmation = newest.record_kind == kEndReport;
  act.answered = by_reply;
  Service& service = world_.service();
  const Directory& directory = service.planning()->directory;
  act.stood_in_for = directory.absence(link.staff, service.today()) != nullptr;
  if (ended) doorway_.happened("ended what is urgent");
  doorway_.promises.sent(act);
}

// The same visit, of whatever else somebody was told about that client.
void PeopleAnswer::send_by_another_line(const LinkGot& link, const Obligation& about,
                                        const Filled& form) {
  const auto inbox = doorway_.inbox();
  for (const auto& [staff, links] : inbox) {
    for (const auto& [key, other] : links) {
      const auto stored = world_.store().obligation(key);
      if (other.path == link.path || !stored || stored->obligation.client != about.client) continue;
      if (stored->state != ObligationState::live) continue;
      const auto forms = forms_in(doorway_.get(other.path).body);
      const auto visited = std::find_if(forms.begin(), forms.end(), [](const PageForm& f) {
        const auto act = f.as_it_stands.find("act");
        return act != f.as_it_stands.end() && act->second == to_word(DoorActKind::visited);
      });
      if (visited == forms.end()) continue;
      Filled again = filled(DoorActKind::visited, *visited, about.client);
      again.on = form.on;
      again.fields["on"] = typed(form.on);
      doorway_.happened("by another line");
      by_another_line_ = true;
      send(other, stored->obligation, again);
      by_another_line_ = false;
      return;
    }
  }
}

void PeopleAnswer::send_again(const Filled& form, const HttpResponse& first) {
  const JournalHead before = doorway_.head();
  const HttpResponse again = doorway_.post(form.form.action, form.fields);
  if (again.status != first.status || again.body != first.body) {
    doorway_.broken("the same form again is not answered alike: " + form.form.action);
  }
  doorway_.unchanged_since(before, "the same form again");
  doorway_.happened("sent twice");
}

void PeopleAnswer::by_list(const std::string& client, Day on) {
  world_.import({{CsvKind::monitorings, "client_code,on,by,note\n" + client + "," + to_string(on) +
                                            ",別の人," + Doorway::kSecret + "一覧\n"}});
  around_.imported(client);
  doorway_.promises.visit_by_csv(client, on);
  world_.settle();
  doorway_.happened("list of visits");
}

}  // namespace omamori::sim
