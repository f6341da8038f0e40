#include "daemon/web/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/app_fixture.h"

namespace omamori {
namespace {

class RouterTest : public AppTest {
 protected:
  HttpResponse ask(const std::string& method, const std::string& path) {
    HttpRequest request;
    request.method = method;
    request.path = path;
    WebContext context{*service, [this] { return sound_; }, has_database_};
    return answer_http(request, context);
  }

  bool sound_ = true;
  bool has_database_ = true;
};

TEST_F(RouterTest, AProcessThatTurnsIsAlive) {
  for (const bool well : {true, false}) {
    sound_ = has_database_ = well;
    const HttpResponse answer = ask("GET", "/healthz");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "ok\n");
  }
}

TEST_F(RouterTest, ReadinessIsOneWord) {
  EXPECT_EQ(ask("GET", "/readyz").status, 200);
  EXPECT_EQ(ask("GET", "/readyz").body, "sound\n");
  sound_ = false;
  EXPECT_EQ(ask("GET", "/readyz").status, 503);
  EXPECT_EQ(ask("HEAD", "/readyz").body, "degraded\n");
  sound_ = true;
  has_database_ = false;
  EXPECT_EQ(ask("GET", "/readyz").status, 503);
}

TEST_F(RouterTest, WhatIsNotThereIsNotFoundWhateverIsAsked) {
  for (const char* path :
       {"/", "/healthz/", "/healthz2", "/Healthz", "/readyz.html", "//healthz", "/a", "/metrics"}) {
    for (const char* method : {"GET", "POST", "DELETE"}) {
      EXPECT_EQ(ask(method, path).status, 404) << path;
    }
  }
}

TEST_F(RouterTest, AnotherMethodIsToldWhichThereAre) {
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "get", "GET, HEAD", ""}) {
    const HttpResponse answer = ask(method, "/healthz");
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_EQ(answer.headers.at("Allow"), "GET, HEAD");
  }
}

TEST_F(RouterTest, ABodyIsAsLargeAsAForm) { EXPECT_EQ(most_body("/nowhere"), 64U * 1024); }

}  // namespace
}  // namespace omamori
