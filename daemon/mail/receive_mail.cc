#include "daemon/mail/receive_mail.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "daemon/doors/token.h"
#include "daemon/mail/authentication.h"
#include "daemon/mail/html_text.h"
#include "daemon/mail/reply_record.h"
#include "daemon/model/calendar.h"
#include "daemon/recording/act_holder.h"
#include "daemon/recording/undo.h"
#include "db/journal.h"

namespace omamori {
namespace {

// Two machines that answer each other stop here, whatever they look like.
constexpr int kMostAnswers = 10;
constexpr std::size_t kMostQuoted = 10;

class Receiver {
 public:
  Receiver(const std::string& actor, Service& service)
      : service_(service),
        store_(service.store()),
        mails_(store_.doors().mails()),
        act_(service.act(actor)) {}

  Response run(const std::string& bytes) {
    const IncomingMail mail = read_mail_head(bytes);
    if (!mail.automatic.empty()) return refused("automatic: " + mail.automatic);
    const auto sender = reply_sender(mail, service_);
    if (!sender) return refused("no code of a message to its sender");
    if (!is_vouched_for(mail)) return refused("not " + service_.config().reply.require);
    const MailBody body = read_mail_body(bytes);
    if (body.is_report) return refused("automatic: report");
    const std::string id =
        mail.message_id.empty() ? hash_of(mail.date + "\n" + body.text) : mail.message_id;
    const std::string hash = hash_of(sender->message.content.id + "\n" + id);
    const auto batch = store_.batch();
    const auto known = mails_.find(hash);
    Response response = known ? again(*sender, *known) : first_time(*sender, mail, body, hash);
    mails_.forget_before(act_.today - kLinkLives);
    batch->commit();
    return response;
  }

 private:
  bool is_vouched_for(const IncomingMail& mail) const {
    const auto required = read_required_result(service_.config().reply.require);
    return !required || vouched_for(mail, *required);
  }

  Response refused(const std::string& reason) {
    mails_.count_refused(reason, act_.today);
    return {Exit::ok, "refused: " + reason + "\n", ""};
  }

  // All that we have said in this conversation.
  QuotedWords our_words(const ReplySender& sender) {
    const NewMessage& content = sender.message.content;
    std::vector<std::string> texts{content.text, text_of_html(content.html)};
    for (const StoredReply& reply : mails_.replies_to(content.id)) {
      if (texts.size() > kMostQuoted) break;  // nobody quotes more of a conversation
      const auto answer = store_.message(reply.answer);
      if (answer) texts.push_back(answer->content.text);
    }
    return QuotedWords(texts);
  }

  bool may_answer(const ReplySender& sender) {
    return mails_.answers(sender.message.content.id, act_.today) < kMostAnswers;
  }

  Response first_time(const ReplySender& sender, const IncomingMail& mail, const MailBody& body,
                      const std::string& hash) {
    const std::vector<std::string>& lines = sender.message.content.numbered;
    const QuotedWords ours = our_words(sender);
    const int count = static_cast<int>(lines.size());
    ReadReply read = read_reply(body.text, ours, count);
    if (read.commands.empty() && read.unclear.empty())
      read = read_reply(body.html_text, ours, count);
    const bool answers = may_answer(sender);
    const RecordedReply recorded = record_reply(sender, read, answers, service_);
    StoredReply reply;
    reply.mail = hash;
    reply.message = sender.message.content.id;
    reply.staff = sender.staff.code;
    reply.at = act_.now;
    reply.on = act_.today;
    reply.mail_id = mail.message_id;
    reply.acts = recorded.acts;
    if (answers) {
      reply.answer = answer(sender, words_of(sender, recorded, read.unread, body.too_large));
    } else {
      mails_.count_refused("no answer: ten were written that day", act_.today);
    }
    mails_.put(reply);
    journal(sender, recorded, false);
    const auto done = std::count_if(recorded.outcomes.begin(), recorded.outcomes.end(),
                                    [](const ReplyOutcome& outcome) { return outcome.done; });
    return {Exit::ok,
            "a reply of " + sender.staff.code + ": " + std::to_string(done) + " of " +
                std::to_string(recorded.outcomes.size()) + " recorded\n",
            ""};
  }

  // The same mail once more, because its server did not hear that we had it.
  Response again(const ReplySender& sender, const StoredReply& known) {
    const auto before = store_.message(known.answer);
    if (before && may_answer(sender)) {
      StoredReply repeated = known;
      repeated.mail = hash_of(known.mail + "\n" + to_string(act_.now) + "\n" +
                              std::to_string(store_.journal().head().seq));
      repeated.at = act_.now;
      repeated.on = act_.today;
      repeated.acts.clear();
      repeated.answer = answer(sender, {before->content.subject, before->content.text});
      mails_.put(repeated);
    }
    journal(sender, {}, true);
    return {Exit::ok, "a reply of " + sender.staff.code + ", seen before\n", ""};
  }

  AnswerWords words_of(const ReplySender& sender, const RecordedReply& recorded, int unread,
                       bool too_large) {
    ReplyAnswer said;
    said.outcomes = recorded.outcomes;
    if (!recorded.acts.empty()) said.undo_until = clock_text(act_.now + kUndo, service_.zone());
    said.numbered = sender.message.content.numbered.size() > 1;
    said.too_large = too_large;
    said.unread = unread;
    said.is_last = mails_.answers(sender.message.content.id, act_.today) + 1 == kMostAnswers;
    said.replies = replies_to(sender);
    said.to = sender.staff.code;
    return answer_words(said, sender.staff.language.value_or(service_.policy().language));
  }

  // What fits any line of the message that is still open.
  std::vector<DoorActKind> replies_to(const ReplySender& sender) {
    std::vector<DoorActKind> all;
    for (const std::string& key : sender.message.content.numbered) {
      const auto holder = reply_holder(sender.staff, key, service_);
      if (!holder || holder->obligation.state != ObligationState::live) continue;
      for (const DoorActKind act : holder->acts) {
        const bool known = std::find(all.begin(), all.end(), act) != all.end();
        if (!known && act != DoorActKind::not_mine) all.push_back(act);
      }
    }
    return all;
  }

  // Puts it into the outbox; its id.
  std::string answer(const ReplySender& sender, AnswerWords words) {
    NewMessage message;
    message.id = "omamori-" +
                 sha256_hex(to_string(store_.created_at()) + "|answer|" + sender.staff.code + "|" +
                            to_string(act_.now) + "|" + std::to_string(store_.journal().head().seq))
                     .substr(0, 24);
    message.kind = MessageKind::answer;
    message.type = "omamori.answer";
    message.staff = sender.staff.code;
    message.channel = Channel::email;
    message.address = sender.staff.email;
    message.slot = act_.now;
    message.slot_day = act_.today;
    message.subject = std::move(words.subject);
    message.text = std::move(words.text);
    message.first_attempt_at = act_.now;
    store_.put_message(message, {}, act_);
    return message.id;
  }

  void journal(const ReplySender& sender, const RecordedReply& recorded, bool seen_before) {
    boost::json::object detail{{"staff", sender.staff.code},
                               {"lines", recorded.outcomes.size()},
                               {"recorded", recorded.acts.size()}};
    if (seen_before) detail["seen_before"] = true;
    store_.journal(act_, "mail.received", "", sender.message.content.id,
                   boost::json::serialize(detail));
  }

  Service& service_;
  Store& store_;
  MailRecords& mails_;
  const Act act_;
};

}  // namespace

Response receive_mail(const std::string& mail, const std::string& actor, Service& service) {
  if (!service.config().reply.is_read()) {
    return {Exit::try_later, "",
            "replies are not read: [reply] address of omamori.toml has no {code}\n"};
  }
  if (!service.token_key()) {
    return {Exit::try_later, "",
            "replies cannot be read: the key " + service.config().http.token_key +
                " cannot be read; omamorictl doctor says what to do\n"};
  }
  if (!service.store().meta("clock_hold").empty()) {
    return {Exit::try_later, "",
            "not while the clock is held: of which year would a day be? omamorictl clock show\n"};
  }
  return Receiver(actor, service).run(mail);
}

}  // namespace omamori
