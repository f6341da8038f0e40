// The doors of a small office, without sockets: what people read in their messages, and what they
// ask and send.
#pragma once

#include <string>
#include <vector>

#include "daemon/web/router.h"
#include "db/door_records.h"
#include "tests/support/loops_fixture.h"

namespace omamori {

class DoorsTest : public LoopsTest {
 protected:
  static constexpr const char* kUrl = "https://omamori.city.example";

  DoorsTest() {
    token_key = TokenKey{std::string(32, 'k')};
    Config config = service->config();
    config.http.public_url = kUrl;
    use(service->policy(), config);
    start();
  }

  HttpResponse ask(const std::string& method, const std::string& path, const std::string& body = "",
                   const std::string& type = "application/x-www-form-urlencoded") {
    HttpRequest request;
    request.method = method;
    request.path = path;
    request.body = body;
    if (method == "POST") request.headers["content-type"] = type;
    WebContext context{*service, [] { return true; }};
    const HttpResponse answer = answer_http(request, context);
    if (method == "POST") turn();
    return answer;
  }
  HttpResponse post(const std::string& path, const std::string& form) {
    return ask("POST", path, form);
  }
  // The text of the newest message to that address; "" = there is none.
  std::string newest_to(const std::string& address) const {
    const auto tried = to(address);
    return tried.empty() ? "" : tried.back().parcel.message.text;
  }
  // The path of the first link to such pages in a text; "" = it has none.
  static std::string link_in(const std::string& text, const std::string& page) {
    const std::size_t at = text.find(kUrl + page);
    constexpr std::size_t kToken = 26;
    const std::size_t begin = std::string(kUrl).size();
    return at == std::string::npos ? "" : text.substr(at + begin, page.size() + kToken);
  }
  // What undoes it, out of the page that recorded it; "" = there is none.
  static std::string nonce_in(const HttpResponse& page) {
    const std::string mark = "name=\"nonce\" value=\"";
    const std::size_t at = page.body.find(mark);
    return at == std::string::npos ? "" : page.body.substr(at + mark.size(), 26);
  }
};

}  // namespace omamori
