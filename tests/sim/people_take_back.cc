// What people take back of what they answered: by the page that recorded it, or by a reply.
#include "daemon/doors/token.h"
#include "db/door_records.h"
#include "tests/sim/people_answer.h"

namespace omamori::sim {
namespace {

constexpr std::chrono::minutes kUndoable{30};

}  // namespace

void PeopleAnswer::take_back(const LinkGot& link, const Filled& form, const HttpResponse& done) {
  const auto forms = forms_in(done.body);
  if (forms.empty()) return;  // it was known already
  const auto acts = world_.store().doors().acts(hash_of(link.token()));
  const std::chrono::minutes later{chance(0.8) ? between(0, 29) : between(30, 90)};
  around_.passes(later);
  const Instant end = acts.front().at + kUndoable;
  const bool late = world_.service().now() >= end;
  doorway_.promises.used("link:" + link.staff);
  const JournalHead before = doorway_.head();
  const HttpResponse undone = doorway_.post(forms.front().action, forms.front().as_it_stands);
  if (late) {
    doorway_.unchanged_since(before, "an undoing that came too late");
    return doorway_.happened("undone too late");
  }
  if (undone.status != 200) {
    return doorway_.broken("what was recorded by " + link.path + " could not be undone");
  }
  // Somebody else said the same: the record stays, and so does the word about it.
  const bool stays = undone.body.find("記録は残ります") != std::string::npos ||
                     undone.body.find("so the record stays") != std::string::npos;
  if (stays) {
    return doorway_.happened("undone by one of two");
  }
  note_undone(link, form);
  world_.settle();
  if (chance(0.5)) {
    const JournalHead after = doorway_.head();
    doorway_.post(forms.front().action, forms.front().as_it_stands);
    doorway_.unchanged_since(after, "undone once more");
  }
}

void PeopleAnswer::note_undone(const LinkGot& link, const Filled& form) {
  const DoorAct act = world_.store().doors().acts(hash_of(link.token())).front();
  doorway_.happened("undone");
  doorway_.promises.undone(act.id);
  if (form.kind == DoorActKind::visited) doorway_.promises.visit_undone(act.client, form.on);
}

void PeopleAnswer::take_back_by_reply(const LinkGot& link, const Filled& form) {
  const DoorAct act = world_.store().doors().acts(hash_of(link.token())).front();
  if (act.nonce_hash.empty()) return;  // it was known already
  around_.passes(std::chrono::minutes{chance(0.8) ? between(0, 29) : between(30, 90)});
  const bool late = world_.service().now() >= act.at + kUndoable;
  const bool undone = replies_.take_back(link);
  const bool is_undone = world_.store().doors().act(act.id)->undone_at.has_value();
  if (late != !is_undone || undone != is_undone) {
    return doorway_.broken("a reply that takes back " + link.obligation + " does not");
  }
  if (!is_undone) return doorway_.happened("undone too late by reply");
  if (world_.store().doors().is_said_elsewhere(act))
    return doorway_.happened("undone by one of two");
  doorway_.happened("undone by reply");
  note_undone(link, form);
  world_.settle();
}

}  // namespace omamori::sim
