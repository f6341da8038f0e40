#include "daemon/mail/reply_sender.h"

#include <utility>

#include "daemon/doors/reply_code.h"
#include "daemon/import/csv/text.h"

namespace omamori {
namespace {

// The message that `code` is of, if it was sent to that person at that address.
std::optional<StoredMessage> message_of(const Staff& staff, const std::string& code,
                                        const std::string& from, Service& service) {
  DoorRecords& doors = service.store().doors();
  const auto known = doors.find(hash_of_code(staff.code, code));
  if (!known || known->door != kReplyDoor || known->staff != staff.code) return {};
  if (known->carried_at + kLinkLives < service.now()) return {};
  const int generation = doors.generation(staff.code);
  if (make_reply_code(*service.token_key(), staff.code, known->subject, generation) != code) {
    return {};
  }
  auto message = service.store().message(known->subject);
  const bool theirs = message && message->content.channel == Channel::email &&
                      comparable_address(message->content.address) == from;
  return theirs ? std::move(message) : std::nullopt;
}

// "omamori-…@city.example" of an answer of ours.
std::string answer_named_by(const IncomingMail& mail, Service& service) {
  const std::string id = mail.in_reply_to.substr(0, mail.in_reply_to.find('@'));
  const bool known = !id.empty() && service.store().doors().mails().answered_by(id).has_value();
  return known ? id : std::string();
}

}  // namespace

std::optional<ReplySender> reply_sender(const IncomingMail& mail, Service& service) {
  const auto code = code_of_reply(service.config().reply.address, mail.to, plain(mail.subject));
  if (!code || mail.from.empty() || !service.token_key()) return {};
  const auto planning = service.planning();
  for (const Staff& staff : planning->directory.all_staff()) {
    if (comparable_address(staff.email) != mail.from) continue;
    const Staff* active = planning->directory.active(staff.code, service.today());
    if (active == nullptr) continue;
    if (auto message = message_of(*active, *code, mail.from, service)) {
      return ReplySender{*active, std::move(*message), answer_named_by(mail, service)};
    }
  }
  return {};
}

}  // namespace omamori
