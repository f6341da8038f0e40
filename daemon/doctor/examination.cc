#include "daemon/doctor/examination.h"

#include <exception>
#include <future>
#include <utility>

#include "daemon/answer/json_text.h"
#include "daemon/answer/json_values.h"
#include "daemon/doctor/door_findings.h"
#include "daemon/import/csv/words.h"
#include "daemon/model/calendar.h"
#include "notifiers/secrets.h"

namespace omamori {
namespace {

// A city has few dozens of tables and a journal of some million rows: no owner in its right mind
// answers with more parts.
constexpr int kMostParts = 10'000;

PeerFacts& peer_of(PeerFacts& facts) { return facts; }
PeerFacts& peer_of(PageFacts& facts) { return facts.peer; }

template <typename Look>
auto begin(Look look) {
  using Facts = decltype(look());
  return std::async(std::launch::async, [look = std::move(look)]() -> Facts {
    try {
      return look();
    } catch (const std::exception& error) {
      Facts facts;
      peer_of(facts).failed_at = ProbeStep::hello;
      peer_of(facts).words = error.what();
      return facts;
    }
  });
}

Exit exit_of(Severity severity) {
  switch (severity) {
    case Severity::ok:
      return Exit::ok;
    case Severity::warning:
      return Exit::refused;
    case Severity::error:
      return Exit::usage;
  }
  return Exit::usage;
}

std::string one_line(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return text;
}

}  // namespace

std::string encode(const OwnersPart& part) {
  json::object time{{"zone", part.time.zone},
                    {"hold", part.time.hold},
                    {"last_instant", json_of(part.time.last_instant)},
                    {"made_up", part.time.made_up}};
  return json_line(json::object{{"language", csv_word(part.language)},
                                {"time", std::move(time)},
                                {"findings", json_of(part.findings)},
                                {"next", text_or_null(part.next)}});
}

std::optional<OwnersPart> decode_part(std::string_view text) {
  boost::system::error_code error;
  const json::value document = json::parse({text.data(), text.size()}, error);
  if (error || !document.is_object()) return {};
  const json::object& object = document.get_object();
  const json::value* findings = object.if_contains("findings");
  const json::value* time = object.if_contains("time");
  if (findings == nullptr || time == nullptr || !time->is_object()) return {};
  OwnersPart part;
  part.language = read_language(text_in(object, "language")).value.value_or(Language::ja);
  part.next = text_in(object, "next");
  part.findings = findings_of(*findings);
  const json::object& clock = time->get_object();
  part.time.zone = text_in(clock, "zone");
  part.time.hold = text_in(clock, "hold");
  part.time.last_instant = parse_instant(text_in(clock, "last_instant"));
  const json::value* made_up = clock.if_contains("made_up");
  part.time.made_up = made_up != nullptr && made_up->is_bool() && made_up->get_bool();
  return part;
}

OwnersAnswer ask_owner(const AskOwnersPart& ask, const Request& asked) {
  OwnersAnswer all;
  Request request = asked;
  request.command = "doctor part";
  for (int parts = 0; parts < kMostParts; ++parts) {
    const auto answered = ask(request);
    if (const auto* why = std::get_if<std::string>(&answered)) {
      all.why_not = one_line(*why);
      return all;
    }
    const auto& response = std::get<Response>(answered);
    auto part = decode_part(response.out);
    if (!part) {
      all.why_not = one_line(response.err.empty() ? response.out : response.err);
      return all;
    }
    all.language = part->language;
    all.time = part->time;
    for (Finding& finding : part->findings) all.findings.push_back(std::move(finding));
    if (part->next.empty()) return all;
    request.options["part"] = part->next;
  }
  return all;
}

Password read_password(const SmtpConfig& smtp) {
  if (smtp.host.empty() || smtp.username.empty()) return {};
  const auto read = smtp_password(smtp);
  if (const auto* none = std::get_if<NoSecret>(&read)) return {SecretState{none->why}, {}};
  return {SecretState{}, std::get<std::string>(read)};
}

NetworkFacts look_at_network(const Config& config, const std::optional<std::string>& password,
                             const NetworkProbe& probe) {
  NetworkFacts facts;
  std::future<PeerFacts> mail;
  std::future<PeerFacts> heartbeat;
  std::vector<std::future<PeerFacts>> endpoints;
  if (!config.smtp.host.empty()) {
    mail = begin([&] { return probe.mail_server(config.smtp, password); });
  }
  for (const WebhookEndpoint& endpoint : config.webhooks) {
    endpoints.push_back(begin([&probe, &endpoint] {
      return probe.url({endpoint.url, endpoint.allow_private, endpoint.ca_file});
    }));
  }
  if (const HeartbeatConfig& beat = config.heartbeat; !beat.url.empty()) {
    heartbeat = begin([&] { return probe.url({beat.url, beat.allow_private, beat.ca_file}); });
  }
  std::future<PageFacts> doors;
  if (const HttpConfig& http = config.http; !http.public_url.empty()) {
    doors = begin([&] { return probe.page(http.public_url + "/healthz"); });
  }
  for (auto& endpoint : endpoints) facts.endpoints.push_back(endpoint.get());
  if (mail.valid()) facts.mail = mail.get();
  if (heartbeat.valid()) facts.heartbeat = heartbeat.get();
  if (doors.valid()) facts.doors = doors.get();
  return facts;
}

Findings network_findings(const Config& config, const NetworkFacts& facts,
                          const std::optional<SecretState>& password, Instant now,
                          const Tongue& tongue) {
  Findings all;
  const auto take = [&](Findings some) {
    for (Finding& finding : some) all.push_back(std::move(finding));
  };
  if (facts.mail) take(mail_findings(config.smtp, *facts.mail, password, now, tongue));
  for (std::size_t i = 0; i < facts.endpoints.size(); ++i) {
    take(endpoint_findings(config.webhooks[i], facts.endpoints[i], now, tongue));
  }
  if (facts.heartbeat) take(heartbeat_findings(*facts.heartbeat, now, tongue));
  if (facts.doors) take(door_url_findings(*facts.doors, now, tongue));
  return all;
}

Response report(const Findings& findings, const Request& asked, Language language) {
  const Severity severity = worst(findings);
  return {exit_of(severity),
          asked.json ? json_line(json::object{{"state", to_word(severity)},
                                              {"findings", json_of(findings)}})
                     : text_of(findings, Tongue(language)),
          ""};
}

Response examine(const Config& config, const Request& asked, const AskOwnersPart& ask,
                 const NetworkProbe& probe, const ReadClock& read_clock) {
  const ClockReading began = read_clock();
  // Before the owner is asked: that may make us the owner of the database, who may read less.
  const Password password = read_password(config.smtp);
  auto looking =
      std::async(std::launch::async, [&] { return look_at_network(config, password.text, probe); });
  const OwnersAnswer owner = ask_owner(ask, asked);
  const NetworkFacts network = looking.get();
  const ClockReading ended = read_clock();
  const Language language =
      owner.language.value_or(read_language(asked.text("language")).value.value_or(Language::ja));
  const Tongue tongue(language);
  Findings findings = owner.findings;
  if (!owner.why_not.empty()) {
    findings.push_back(
        {Severity::error, "database",
         tongue("データベースの持ち主から答えがない: ",
                "no answer from the owner of the database: ") +
             owner.why_not,
         tongue("上の理由を直し、もう一度 doctor を動かす", "see to that, and run doctor again")});
  }
  for (Finding& finding : network_findings(config, network, password.state, ended.wall, tongue)) {
    findings.push_back(std::move(finding));
  }
  TimeFacts time;
  time.zone = config.zone;
  for (Finding& finding : clock_findings(owner.time.value_or(time), began, ended, tongue)) {
    findings.push_back(std::move(finding));
  }
  return report(findings, asked, language);
}

}  // namespace omamori
