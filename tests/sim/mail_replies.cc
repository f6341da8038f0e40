#include "tests/sim/mail_replies.h"

#include "daemon/text/phrases_message.h"

namespace omamori::sim {
namespace {

std::string field(const FormFields& fields, const std::string& name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string() : found->second;
}

}  // namespace

bool MailReplies::writes(const LinkGot& link, DoorActKind act) const {
  const Service& service = world_.service();
  const auto planning = world_.service().planning();
  const Staff* person = planning->directory.active(link.staff, service.today());
  const bool every_second = !link.staff.empty() && (link.staff.back() - '0') % 2 == 0;
  return every_second && link.number != 0 && act != DoorActKind::not_mine && person &&
         person->email == link.address;
}

std::string MailReplies::mail(const LinkGot& link, const std::string& head,
                              const std::string& line) {
  std::string quoted;
  const auto message = world_.store().message(link.message);
  for (const char c : message ? message->content.text : std::string()) {
    quoted += c;
    if (c == '\n') quoted += "> ";
  }
  return "From: " + link.address + "\nTo: " + link.reply_to + "\nMessage-ID: <" +
         std::to_string(++sent_) + "@mail.example>\n" + head +
         "Content-Type: text/plain; charset=utf-8\n\n" + line + "\n\n> " + quoted + "\n";
}

Response MailReplies::receive(const std::string& mail) {
  const Response response = world_.receive_mail(mail);
  if (response.exit != Exit::ok) doorway_.broken("a reply is not taken: " + response.err);
  world_.settle();
  return response;
}

bool MailReplies::send(const LinkGot& link, DoorActKind act, const FormFields& fields) {
  std::string line = std::to_string(link.number) + " ";
  line.append(reply_word(act, Language::ja)).append(" ").append(field(fields, "on"));
  const std::string until = field(fields, "until");
  if (!until.empty()) line += "〜" + until;
  const std::string by = field(fields, "by");
  line += " " + (by.empty() ? field(fields, "note") : by);
  doorway_.promises.used("reply:" + link.staff);
  const std::string text = mail(link, "", line);
  const Response response = receive(text);
  const bool done = response.out.find(": 1 of 1 recorded") != std::string::npos;
  doorway_.happened(done ? "replied" : "reply refused");
  if (done && sent_ % 4 == 0) {
    const std::int64_t visits = world_.store().counts().owed_items;
    receive(text);
    if (world_.store().counts().owed_items != visits) {
      doorway_.broken("the same mail twice owes something new: " + link.obligation);
    }
    doorway_.happened("replied twice");
  }
  return done;
}

bool MailReplies::take_back(const LinkGot& link) {
  doorway_.promises.used("reply:" + link.staff);
  const Response response = receive(mail(link, "", std::to_string(link.number) + " 取消"));
  return response.out.find(": 1 of 1 recorded") != std::string::npos;
}

void MailReplies::out_of_office(const LinkGot& link) {
  const std::size_t before = answers();
  const Response response =
      receive(mail(link, "Subject: 自動返信: 不在にしております\n", "1 訪問 1/1"));
  if (!response.out.starts_with("refused: automatic") || answers() != before) {
    doorway_.broken("an out-of-office note of " + link.staff + " is " + response.out);
  }
  doorway_.happened("out of office");
}

void MailReplies::loop(const LinkGot& link) {
  constexpr std::size_t kMost = 10;
  const std::size_t before = answers();
  for (std::size_t i = 0; i < 2 * kMost; ++i) receive(mail(link, "", "ありがとうございます。"));
  if (answers() > before + kMost) {
    doorway_.broken("a program that answers every answer gets " +
                    std::to_string(answers() - before) + " of them in a day");
  }
  doorway_.happened("a loop of answers");
}

}  // namespace omamori::sim
