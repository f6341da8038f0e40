#include "daemon/delivery/outgoing_reply.h"

#include <string>
#include <vector>

#include "daemon/doors/act_links.h"
#include "daemon/doors/reply_code.h"
#include "daemon/model/message.h"

namespace omamori {
namespace {

// The code of the message, or of the one whose reply it answers: all of one conversation have one,
// so that the limits of a code are those of the conversation. Nothing: replies are not read.
std::optional<std::string> carried_code(NewMessage& message, Service& service, Instant now) {
  const bool by_mail = message.channel == Channel::email;
  if (!by_mail || !service.reads_replies()) return {};
  DoorRecords& doors = service.store().doors();
  const auto answered = doors.mails().answered_by(message.id);
  const std::string begun_by = answered ? answered->message : message.id;
  if (answered) message.in_reply_to = answered->mail_id;
  const int generation = doors.generation(message.staff);
  std::string code = make_reply_code(*service.token_key(), message.staff, begun_by, generation);
  // An answer makes no code live longer: else a conversation would never end.
  if (answered) return code;
  doors.carry(
      {hash_of_code(message.staff, code), message.staff, begun_by, kReplyDoor, generation, now});
  return code;
}

std::string with_code(const std::string& words, const std::optional<std::string>& code) {
  const std::string place(kReplyPlaceholder);
  return with_links(words, {place}, [&](const std::string&) {
    return code ? std::optional(shown_code(*code)) : std::nullopt;
  });
}

}  // namespace

void put_reply_code(NewMessage& message, Service& service, Instant now) {
  const std::string& address = service.config().reply.address;
  const bool asks = message.text.find(kReplyPlaceholder) != std::string::npos ||
                    message.kind == MessageKind::answer;
  const auto code = carried_code(message, service, now);
  if (code) {
    message.reply_to = reply_address(address, *code);
    if (asks) message.subject += " [#" + shown_code(*code) + "]";
  } else if (!service.config().reply.is_read()) {
    message.reply_to = address;
  }
  message.text = with_code(message.text, code);
  message.html = with_code(message.html, code);
}

}  // namespace omamori
