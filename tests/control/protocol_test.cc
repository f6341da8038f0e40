#include "daemon/control/protocol.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "notifiers/base64.h"

namespace omamori {
namespace {

using testing::HasSubstr;

TEST(ControlProtocol, WhatIsSentArrives) {
  std::string every_byte;
  for (int i = 0; i < 256; ++i) every_byte += static_cast<char>(i);
  const Request requests[] = {
      {"status", {}, {}, "", false},
      {"record monitoring", {{"client", "C-1"}, {"note", "退院\n\"直後\"\\"}}, {}, "", true},
      {"import", {{"yes", "yes"}}, {{"clients.csv", every_byte}, {"", ""}}, "", false},
      {"record contact", {{"note", "\x83\x82 not UTF-8 \xFF"}, {"", ""}}, {}, "", false},
  };
  for (const Request& request : requests) {
    const auto decoded = decode_request(encode_request(request));
    ASSERT_TRUE(decoded.value) << decoded.error;
    EXPECT_EQ(*decoded.value, request);
  }
  const Response responses[] = {{Exit::ok, "", ""},
                                {Exit::config, "{\"a\":1}\n", "why\n"},
                                {Exit::needs_yes, every_byte, "未実施"}};
  for (const Response& response : responses) {
    const auto decoded = decode_response(encode_response(response));
    ASSERT_TRUE(decoded.value) << decoded.error;
    EXPECT_EQ(*decoded.value, response);
  }
}

TEST(ControlProtocol, WhoAsksDoesNotTravel) {
  Request request{"status", {}, {}, "uid:0", false};
  EXPECT_THAT(encode_request(request), testing::Not(HasSubstr("uid:0")));
  EXPECT_EQ(decode_request(encode_request(request)).value->actor, "");
}

TEST(ControlProtocol, RequestsWrittenByHandAreAccepted) {
  struct Row {
    const char* text;
    Request request;
  };
  const Row rows[] = {
      {R"({"command":"status"})", {"status", {}, {}, "", false}},
      {R"( {"json":true, "command":"plan","options":{"client":"C-1"}} )",
       {"plan", {{"client", "C-1"}}, {}, "", true}},
      {R"({"command":"import","files":[{"name":"a.csv","base64":"YWI="}]})",
       {"import", {}, {{"a.csv", "ab"}}, "", false}},
      {R"({"command":"status","options":{},"files":[],"json":false})",
       {"status", {}, {}, "", false}},
  };
  for (const Row& row : rows) {
    const auto decoded = decode_request(row.text);
    ASSERT_TRUE(decoded.value) << row.text << ": " << decoded.error;
    EXPECT_EQ(*decoded.value, row.request) << row.text;
  }
}

TEST(ControlProtocol, RequestsThatAreNoneAreRefusedWithTheReason) {
  const std::string deep(5000, '[');
  const std::pair<std::string, const char*> rows[] = {
      {"", "not JSON"},
      {"{", "not JSON"},
      {"{} {}", "not JSON"},
      {deep, "not JSON"},
      {R"({"command":"status"}x)", "not JSON"},
      {"[]", "request: must be an object"},
      {"null", "request: must be an object"},
      {"{}", "request: \"command\" is missing"},
      {R"({"command":1})", "\"command\" must be a text"},
      {R"({"command":"plan","options":[]})", "\"options\" must be an object"},
      {R"({"command":"plan","options":{"all":true}})", "options: \"all\" must be a text"},
      {R"({"command":"import","files":{}})", "\"files\" must be a list"},
      {R"({"command":"import","files":["a"]})", "files[0]: must be an object"},
      {R"({"command":"import","files":[{"name":"a"}]})", "files[0]: \"base64\" is missing"},
      {R"({"command":"import","files":[{"base64":""}]})", "files[0]: \"name\" is missing"},
      {R"({"command":"import","files":[{"name":"a","base64":"?"}]})", "is not base64"},
      {R"({"command":"import","files":[{"name":"a","base64":1}]})", "is not base64"},
      {R"({"command":"import","files":[{"name":"a","base64":"","x":1}]})",
       "files[0]: unknown key \"x\""},
      {R"({"command":"plan","json":"yes"})", "\"json\" must be true or false"},
      {R"({"command":"plan","actor":"uid:0"})", "request: unknown key \"actor\""},
      {R"({"command":"plan","dry_run":true})", "request: unknown key \"dry_run\""},
  };
  for (const auto& [text, why] : rows) {
    const auto decoded = decode_request(text);
    EXPECT_FALSE(decoded.value) << text;
    EXPECT_THAT(decoded.error, HasSubstr(why)) << text;
  }
}

TEST(ControlProtocol, ResponsesThatAreNoneAreRefusedWithTheReason) {
  const std::pair<const char*, const char*> rows[] = {
      {"<html>", "not JSON"},
      {R"({"out":"","err":""})", "\"exit\" is missing"},
      {R"({"exit":"0","out":"","err":""})", "\"exit\" must be a number"},
      {R"({"exit":256,"out":"","err":""})", "\"exit\" must be a number"},
      {R"({"exit":-1,"out":"","err":""})", "\"exit\" must be a number"},
      {R"({"exit":0,"err":""})", "\"out\" is missing"},
      {R"({"exit":0,"out":"","err":null})", "\"err\" must be a text"},
      {R"({"exit":0,"out":"","err":"","more":1})", "unknown key \"more\""},
  };
  for (const auto& [text, why] : rows) {
    const auto decoded = decode_response(text);
    EXPECT_FALSE(decoded.value) << text;
    EXPECT_THAT(decoded.error, HasSubstr(why)) << text;
  }
}

TEST(ControlProtocol, ErrorsAreReadFromTheDocumentOrAsTheyAre) {
  EXPECT_EQ(decode_error(encode_error("disk \"full\"\n")), "disk \"full\"\n");
  EXPECT_EQ(decode_error("Bad Gateway"), "Bad Gateway");
  EXPECT_EQ(decode_error("{}"), "{}");
}

TEST(Base64, TheVectorsOfRfc4648) {
  const std::pair<const char*, const char*> rows[] = {{"", ""},
                                                      {"f", "Zg=="},
                                                      {"fo", "Zm8="},
                                                      {"foo", "Zm9v"},
                                                      {"foob", "Zm9vYg=="},
                                                      {"fooba", "Zm9vYmE="},
                                                      {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : rows) {
    EXPECT_EQ(base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
  for (const char* text : {"Z", "Zg", "Zg=", "Zg===", "Z===", "====", "Zh==", "Zm9=", "Zm 9",
                           "Zg==Zg==", "Zm9v\n", "Zm-_"}) {
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace omamori
