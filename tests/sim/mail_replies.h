// Every second of those who are told answers by replying to the mail, as people do: above a quote,
// with the number of the line and a note. Where somebody is away their mail program answers by
// itself, and some program answers every answer.
#pragma once

#include <string>

#include "tests/sim/doorway.h"

namespace omamori::sim {

class MailReplies {
 public:
  MailReplies(World& world, Doorway& doorway) : world_(world), doorway_(doorway) {}

  // Does the holder of this link reply to its mail instead, and can that be said in a reply?
  bool writes(const LinkGot& link, DoorActKind act) const;
  // What the fields of a form say, as a line of a reply. Was it recorded? The same mail once more
  // changes nothing.
  bool send(const LinkGot& link, DoorActKind act, const FormFields& fields);
  // 取消 of that line. Was it taken back?
  bool take_back(const LinkGot& link);
  // An out-of-office note to the message: nothing may come of it.
  void out_of_office(const LinkGot& link);
  // A program that answers each answer with the same prose, and says nothing of being one.
  void loop(const LinkGot& link);

 private:
  std::string mail(const LinkGot& link, const std::string& head, const std::string& line);
  Response receive(const std::string& mail);
  // Messages that answer a reply, up to now.
  std::size_t answers() const { return doorway_.answers(); }

  World& world_;
  Doorway& doorway_;
  int sent_ = 0;
};

}  // namespace omamori::sim
