// A message as the bytes of an email (RFC 5322, 2045, 2047): what SMTP carries and what an .eml
// file holds. Pure; the same input gives the same bytes.
//
// Subject and bodies are UTF-8. Both bodies travel as base64, so that no line is longer than 76
// bytes, none begins with a dot and nothing on the way has a reason to change one.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <variant>

#include "notifiers/notifier.h"

namespace omamori {

// Local time minus UTC at an instant, for the Date header. Empty function = UTC.
using UtcOffset = std::function<std::chrono::seconds(Instant)>;

struct Envelope {
  std::string from;  // address; its domain completes the Message-ID
  std::string to;    // address
  Instant date{};
  std::chrono::seconds utc_offset{0};
  std::string from_name = "omamori";  // beside `from`; may be empty
};

struct MailText {
  std::string bytes;  // CRLF line ends, the last one included
};
// What cannot be put into an email: an address, an id, or a subject with a line end in it. Never
// repaired in silence, since the repair would be where a header is smuggled in.
struct BadMail {
  std::string why;
};

// multipart/alternative of text and HTML, or plain text alone where `message.html` is empty.
std::variant<MailText, BadMail> mail_text(const Message& message, const Envelope& envelope);

// Whether `id` can stand in a header and be a file's name: letters, digits and - _ . (no dot at
// either end, no two in a row), at most 200 bytes.
bool is_message_id(std::string_view id);

// The header value, folded: ASCII as it is, anything else as encoded-words of at most 75 bytes,
// none of which splits a character. `name_length` is what stands before it on the first line.
std::string encoded_header(std::string_view value, std::size_t name_length);

// "Tue, 01 Sep 2026 08:30:00 +0900".
std::string date_header(Instant date, std::chrono::seconds utc_offset);

}  // namespace omamori
