// One message that came in by mail (GMime): from whom and to what it replies, and, once that is
// known, what its writer typed. What a stranger sends is bounded before anything reads it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace omamori {

inline constexpr std::size_t kMostOfAMail = 256 * 1024;  // bytes; of a longer one the beginning
inline constexpr int kMostParts = 50;
inline constexpr int kMostNesting = 8;

struct IncomingMail {
  std::string message_id;       // without <>; "" = none that could be given back
  std::string in_reply_to;      // the same of the mail that it answers
  std::string from;             // the address alone, as addresses are compared; "" = no one
  std::vector<std::string> to;  // every address to which it was sent or delivered
  std::string subject, date;
  std::string automatic;             // why no person wrote it, for the count; "" = one did
  std::vector<std::string> results;  // of Authentication-Results above the second Received
  std::string received_by;           // the host of the topmost Received; "" = there is none
};

// Never refuses: what is no mail, or has a head without bounds, has no sender.
IncomingMail read_mail_head(std::string_view mail);

struct MailBody {
  std::string text;        // plain, UTF-8, '\n'
  std::string html_text;   // the same as its HTML says it; "" = there is none
  bool is_report = false;  // of delivery, or that a mail was read
  bool too_large = false;  // longer, more parts or deeper than we read: this is what was found
};
MailBody read_mail_body(std::string_view mail);

// An address as it is compared: in small letters, its local part without quotes.
std::string comparable_address(std::string_view address);

}  // namespace omamori
