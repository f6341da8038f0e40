#include "daemon/mail/reply_record.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "daemon/import/csv/text.h"
#include "daemon/model/calendar.h"
#include "daemon/recording/act_record.h"
#include "daemon/recording/act_undo.h"
#include "daemon/recording/act_words.h"
#include "daemon/text/phrases_message.h"

namespace omamori {
namespace {

Said with_day(Said what, const DoorAct& act) {
  if (!act.on) return what;
  std::string days = to_string(*act.on);
  if (act.until) days += "〜" + to_string(*act.until);
  return {what.ja + "（" + days + "）", what.en + " (" + days + ")"};
}

Said label_of(DoorActKind act, ObligationKind about, bool supervises) {
  return {act_words(act, about, supervises, Language::ja).label,
          act_words(act, about, supervises, Language::en).label};
}

// In brackets, so that no line of ours is one that somebody might type.
Said typed_word(const std::optional<DoorActKind>& act) {
  if (!act) return {"取消", "undo"};
  return {std::string(reply_word(*act, Language::ja)), std::string(reply_word(*act, Language::en))};
}

class Recorder {
 public:
  Recorder(const ReplySender& sender, bool hears_at_once, Service& service)
      : sender_(sender), hears_at_once_(hears_at_once), service_(service) {}

  RecordedReply run(const ReadReply& reply) {
    for (const ReplyCommand& command : reply.commands) {
      command.act ? record(command, *command.act) : take_back(command.number);
    }
    for (const UnclearLine& line : reply.unclear) {
      ReplyOutcome outcome;
      outcome.number = line.number.value_or(0);
      outcome.what = line.why == UnclearLine::Why::no_word
                         ? Said("読み取れない行", "a line that could not be read")
                         : typed_word(line.act);
      outcome.means = why_unclear(line);
      recorded_.outcomes.push_back(std::move(outcome));
    }
    return std::move(recorded_);
  }

 private:
  const std::vector<std::string>& numbered() const { return sender_.message.content.numbered; }

  void record(const ReplyCommand& command, DoorActKind act) {
    ReplyOutcome outcome;
    outcome.number = *command.number;
    outcome.what = typed_word(act);
    const std::string& about = numbered().at(static_cast<std::size_t>(outcome.number) - 1);
    if (auto holder = reply_holder(sender_.staff, about, service_)) {
      holder->hears_at_once = hears_at_once_;
      outcome.client = holder->facts.code;
      const bool other =
          !command.client.empty() && folded(command.client) != folded(holder->facts.code);
      if (other) {
        outcome.means = {"番号と利用者コードが合いません", "number and client do not go together"};
      } else {
        record_of(*holder, command, act, outcome);
      }
    } else {
      outcome.means = {"この件は、返信では記録できません",
                       "nothing can be recorded of this line by a reply"};
    }
    recorded_.outcomes.push_back(std::move(outcome));
  }

  void record_of(const ActHolder& holder, const ReplyCommand& command, DoorActKind act,
                 ReplyOutcome& outcome) {
    if (std::find(holder.acts.begin(), holder.acts.end(), act) == holder.acts.end()) {
      outcome.means = {"この件には、この言葉では答えられません",
                       "this word is no answer to this line"};
      return;
    }
    const bool needs_by = !holder.is_case_manager;
    const auto form = read_act_form(fields_of(command, act, needs_by),
                                    {holder.acts, holder.facts.code, needs_by}, service_.today());
    if (const auto* wrong = std::get_if<FormError>(&form)) return refused(*wrong, outcome);
    const auto done = record_act(holder, std::get<ActForm>(form), service_);
    if (const auto* wrong = std::get_if<FormError>(&done)) return refused(*wrong, outcome);
    const ActDone& made = std::get<ActDone>(done);
    outcome.done = true;
    outcome.what =
        with_day(label_of(act, holder.obligation.obligation.kind, holder.supervises), made.act);
    outcome.means = made.means;
    if (!made.act.nonce_hash.empty()) recorded_.acts.push_back(made.act.id);
  }

  static void refused(const FormError& wrong, ReplyOutcome& outcome) {
    outcome.means = wrong.what;
    if (wrong.field != "by") return;
    outcome.means = {"訪問した人を、日付の後に書いてください",
                     "who visited? Write it behind the day"};
  }

  // As a page would have sent it. Who is not the case manager says behind the day who visited.
  FormFields fields_of(const ReplyCommand& command, DoorActKind act, bool needs_by) const {
    FormFields fields{{"act", std::string(to_word(act))}, {"on", command.on}};
    const bool names_visitor = act == DoorActKind::visited && needs_by;
    fields[names_visitor ? "by" : "note"] = on_one_line(command.note);
    // An end that nobody knows: as long as a page takes one, then somebody is asked again.
    if (act == DoorActKind::away) {
      fields["until"] =
          command.until.empty() ? to_string(service_.today() + kFarthestWord) : command.until;
    }
    return fields;
  }

  // What the reply recorded whose answer is replied to; else what the last one did, if no other can
  // be meant. With a number only what was said of that line.
  void take_back(const std::optional<int>& number) {
    DoorRecords& doors = service_.store().doors();
    std::string subject;
    if (number) subject = numbered().at(static_cast<std::size_t>(*number) - 1);
    std::vector<std::vector<DoorAct>> replies;  // what each can take back, newest first
    bool was_taken_back = false;
    for (const StoredReply& reply : doors.mails().replies_to(sender_.message.content.id)) {
      if (!sender_.answers.empty() && reply.answer != sender_.answers) continue;
      std::vector<DoorAct> acts;
      for (const std::int64_t id : reply.acts) {
        auto act = doors.act(id);
        if (!act || (number && act->subject != subject)) continue;
        was_taken_back |= replies.empty() && act->undone_at.has_value();
        if (!act->undone_at) acts.push_back(std::move(*act));
      }
      if (!acts.empty()) replies.push_back(std::move(acts));
      if (replies.empty() && was_taken_back) break;
    }
    if (replies.size() == 1 || (number && !replies.empty())) {
      for (DoorAct& act : replies.front()) take_back(std::move(act));
      return;
    }
    not_taken_back(number, !replies.empty(), was_taken_back);
  }

  void not_taken_back(const std::optional<int>& number, bool several, bool was_taken_back) {
    ReplyOutcome outcome;
    outcome.number = number.value_or(0);
    outcome.what = typed_word({});
    outcome.means = {"返信で記録されたことはありません", "nothing was recorded by a reply"};
    if (was_taken_back) outcome.means = {"すでに取り消してあります", "it was taken back already"};
    if (several) {
      outcome.means = {
          "取り消せる記録が2回分以上あります。番号を付けるか、その回のメールに返信してください",
          "several replies could be meant: put the number of the line in front, or reply "
          "to the mail about the one"};
    }
    recorded_.outcomes.push_back(std::move(outcome));
  }

  void take_back(DoorAct act) {
    ReplyOutcome outcome;
    const auto& lines = numbered();
    const auto line = std::find(lines.begin(), lines.end(), act.subject);
    if (line != lines.end()) outcome.number = static_cast<int>(line - lines.begin()) + 1;
    outcome.client = act.client;
    const auto kind = act_of_word(act.act);
    Said what = kind ? typed_word(kind) : Said("");
    outcome.what = with_day({"取消" + what.ja, "undo " + what.en}, act);
    const auto undone = undo_recorded(std::move(act), "reply:" + sender_.staff.code, service_);
    outcome.done = undone.has_value();
    if (!undone) {
      outcome.means = {
          "取り消せませんでした（30分を過ぎたか、その後に別の記録があります）。"
          "管理者または市担当者にご連絡ください",
          "it could not be taken back: 30 minutes have passed, or something else was recorded "
          "since; ask your supervisor"};
    } else if (undone->record_stays) {
      outcome.means = {"ほかからも同じ記録があったため、記録は残ります",
                       "somebody else had said the same, so the record stays"};
    } else {
      outcome.means = {"取り消しました", "it was taken back"};
    }
    recorded_.outcomes.push_back(std::move(outcome));
  }

  const ReplySender& sender_;
  bool hears_at_once_;
  Service& service_;
  RecordedReply recorded_;
};

}  // namespace

RecordedReply record_reply(const ReplySender& sender, const ReadReply& reply, bool hears_at_once,
                           Service& service) {
  return Recorder(sender, hears_at_once, service).run(reply);
}

}  // namespace omamori
