// A finished message and where it goes: words are made of a digest above, carried out by a
// notifier.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "daemon/model/facts.h"

namespace omamori {

// Words for one person, ready for any channel. `id` is fixed when the message is first composed and
// appears in Message-ID and webhook-id, so that a second copy can be recognised.
struct Message {
  std::string id;
  std::string subject;
  std::string text;  // plain text, '\n' line ends, UTF-8
  std::string html;  // complete document, UTF-8
  std::string json;  // the webhook's `data`
  std::string type;  // "omamori.digest", …
  // What stands behind the @ of its Message-ID; "" = the sender's domain.
  std::string id_domain = {};
  std::string reply_to = {};     // mail address; empty = none
  std::string in_reply_to = {};  // Message-ID of the mail that this answers; empty = none
  // What its lines are about, in the order of their numbers: keys of obligations.
  std::vector<std::string> numbered = {};
};

// Stands in stored words for the code by which a reply names its message; the code itself is put in
// as the bytes leave (daemon/delivery/outgoing_reply.h).
inline constexpr std::string_view kReplyPlaceholder = "{reply}";

struct Address {
  Channel channel = Channel::email;
  std::string to;  // email address, endpoint name, or staff code (file)
};

}  // namespace omamori
