// Mail that comes in: whatever it is, it is read within its bounds, what was quoted is no command,
// and a command is of a line that is there.
#include <cstdint>
#include <string>
#include <string_view>

#include "daemon/doors/reply_code.h"
#include "daemon/mail/authentication.h"
#include "daemon/mail/incoming_mail.h"
#include "daemon/mail/reply_reading.h"
#include "tests/fuzz/promise.h"

namespace omamori {
namespace {

constexpr int kLines = 3;

void check(std::string_view bytes) {
  const IncomingMail mail = read_mail_head(bytes);
  const MailBody body = read_mail_body(bytes);
  promise(body.text.find('\0') == std::string::npos, "text has no NUL");
  promise(mail.message_id.size() <= 200, "an id has an end");
  vouched_for(mail, {"dkim", "pass"});
  code_of_reply("omamori+{code}@city.example", mail.to, mail.subject);
  read_reply(body.html_text, QuotedWords({}), kLines);
  const ReadReply reply = read_reply(body.text, QuotedWords({"1. C-1\n訪問 9/14\n"}), kLines);
  for (const ReplyCommand& command : reply.commands) {
    const int number = command.number.value_or(command.act ? 0 : 1);
    promise(number >= 1 && number <= kLines, "a command is of a line that is there");
    promise(!command.act || !command.on.empty(), "what is recorded has a day");
  }
  std::string quoted = "> ";
  for (const char c : body.text) quoted.append(c == '\n' ? "\n> " : std::string(1, c));
  const ReadReply of_quoted = read_reply(quoted, QuotedWords({}), kLines);
  promise(of_quoted.commands.empty(), "what is quoted is no command");
  const ReadReply of_ours = read_reply(body.text, QuotedWords({body.text}), kLines);
  promise(of_ours.commands.empty(), "what stands in our message is no command");
}

}  // namespace
}  // namespace omamori

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  omamori::check({reinterpret_cast<const char*>(data), size});
  return 0;
}
