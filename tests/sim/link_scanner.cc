#include "tests/sim/link_scanner.h"

#include <utility>

#include "tests/sim/page_forms.h"

namespace omamori::sim {

HttpResponse LinkScanner::ask(const std::string& method, const std::string& path,
                              const std::string& body, const std::string& type) {
  HttpRequest request;
  request.method = method;
  request.path = path;
  request.body = body;
  if (method == "POST") request.headers["content-type"] = type;
  ++requests_;
  return world_.ask(request);
}

// "Recorded" is what 200 says to a POST.
void LinkScanner::follow(const std::string& path) {
  const JournalHead before = world_.store().journal().head();
  const auto refused = [&](const HttpResponse& answer, const std::string& how) {
    const bool fine = answer.status == 422 || answer.status == 404;
    if (!fine) {
      wrong_.push_back("P8: a scanner's " + how + " to " + path + " is answered with " +
                       std::to_string(answer.status));
    }
  };
  const HttpResponse page = ask("GET", path);
  const HttpResponse head = ask("HEAD", path);
  if (head.status != page.status) wrong_.push_back("HEAD is not as GET: " + path);
  refused(ask("POST", path), "empty form");
  for (const PageForm& form : forms_in(page.body)) {
    if (form.takes_file) {
      refused(ask("POST", form.action,
                  "--x\r\nContent-Disposition: form-data; name=\"file\"; "
                  "filename=\"\"\r\n\r\n\r\n--x--\r\n",
                  "multipart/form-data; boundary=x"),
              "empty file");
    } else {
      refused(ask("POST", form.action, encoded(form.as_it_stands)), "form as it stands");
    }
  }
  if (!(world_.store().journal().head() == before)) {
    wrong_.push_back("P8: following " + path + " was written down");
  }
}

std::vector<std::string> LinkScanner::scan(const std::string& path) {
  if (known_.insert(path).second) follow(path);
  return std::exchange(wrong_, {});
}

std::vector<std::string> LinkScanner::scan_all() {
  // Who looks for the first time on a day is written into the access log, and nothing else is.
  const JournalHead head = world_.store().journal().head();
  for (const std::string& path : known_) follow(path);
  if (!(world_.store().journal().head() == head)) {
    wrong_.push_back("P8: following links has written into the journal");
  }
  const auto before = world_.kept_files();
  for (const std::string& path : known_) follow(path);
  for (const auto& [name, bytes] : world_.kept_files()) {
    const auto same = before.find(name);
    if (same == before.end() || same->second != bytes) {
      wrong_.push_back("P8: following links has written into " + name);
    }
  }
  return std::exchange(wrong_, {});
}

}  // namespace omamori::sim
