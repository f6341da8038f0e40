#include "tests/sim/doorway.h"

#include <algorithm>

namespace omamori::sim {

void Doorway::hear(const ToldMessage& message) {
  promises.hear(message);
  const Accepted& accepted = message.accepted;
  look_through(accepted.text + accepted.json, "the message " + accepted.id);
  for (const ToldLine& line : message.lines) {
    if (line.link.empty()) continue;
    const bool ours = line.link.starts_with(World::kPublicUrl);
    if (!ours || accepted.text.find(line.link) == std::string::npos) {
      broken("the link of " + line.obligation + " is not in the words of " + accepted.id);
      continue;
    }
    LinkGot link{line.link.substr(std::string_view(World::kPublicUrl).size()), message.staff,
                 line.obligation, accepted.at};
    link.message = accepted.id;
    link.address = accepted.to;
    link.reply_to = accepted.reply_to;
    link.number = number_of(accepted, line.obligation);
    for (const std::string& wrong : scanner.scan(link.path)) broken_.push_back(wrong);
    inbox_[message.staff].insert_or_assign(line.obligation, std::move(link));
  }
}

int Doorway::number_of(const Accepted& accepted, const std::string& obligation) const {
  const auto stored = world_.store().message(accepted.id);
  if (accepted.reply_to.empty() || !stored) return 0;
  const auto& lines = stored->content.numbered;
  const auto found = std::find(lines.begin(), lines.end(), obligation);
  return found == lines.end() ? 0 : static_cast<int>(found - lines.begin()) + 1;
}

void Doorway::hear_answer(const Accepted& accepted) {
  ++answers_;
  look_through(accepted.text, "the answer " + accepted.id);
}

HttpResponse Doorway::post(const std::string& path, const FormFields& fields) {
  HttpRequest request;
  request.method = "POST";
  request.path = path;
  request.headers["content-type"] = "application/x-www-form-urlencoded";
  request.body = encoded(fields);
  return ask(request);
}

HttpResponse Doorway::post_file(const std::string& path, const std::string& csv) {
  HttpRequest request;
  request.method = "POST";
  request.path = path;
  request.headers["content-type"] = "multipart/form-data; boundary=XyZ";
  request.body =
      "--XyZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"list.csv\"\r\n"
      "Content-Type: text/csv\r\n\r\n" +
      csv + "\r\n--XyZ--\r\n";
  return ask(request);
}

// A form that is refused holds what was typed, so that nobody types it twice.
HttpResponse Doorway::ask(const HttpRequest& request) {
  HttpResponse answer = world_.ask(request);
  if (answer.status != 422) look_through(answer.body, request.method + " " + request.path);
  return answer;
}

void Doorway::look_through(const std::string& text, const std::string& what) {
  for (const std::string& word : private_) {
    if (text.find(word) != std::string::npos) broken_.push_back("P7: " + word + " is in " + what);
  }
  if (text.find(kSecret) != std::string::npos) broken_.push_back("P7: free text is in " + what);
}

void Doorway::unchanged_since(const JournalHead& before, const std::string& what) {
  if (!(head() == before)) broken(what + " was written down");
}

void Doorway::broken(const std::string& what) {
  broken_.push_back("P8 at " + when_text(world_.service().now(), world_.zone()) + ": " + what);
}

}  // namespace omamori::sim
