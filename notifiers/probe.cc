#include "notifiers/probe.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <optional>
#include <string_view>

#include <curl/curl.h>

#include "daemon/model/mail_address.h"
#include "notifiers/curl_handle.h"
#include "notifiers/mail_heard.h"
#include "notifiers/target.h"

namespace omamori {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// "Nov  4 22:26:00 2026 GMT", as OpenSSL writes it.
std::optional<Instant> read_gmt(const std::string& text) {
  std::tm parts{};
  const char* end = ::strptime(text.c_str(), "%b %d %H:%M:%S %Y", &parts);
  if (end == nullptr || std::string_view(end) != " GMT") return {};
  return Instant{seconds{::timegm(&parts)}};
}

// The server's own, which libcurl lists first.
std::optional<TlsCertificate> certificate_of(CURL* curl) {
  curl_certinfo* chain = nullptr;
  if (curl_easy_getinfo(curl, CURLINFO_CERTINFO, &chain) != CURLE_OK || chain == nullptr ||
      chain->num_of_certs == 0) {
    return {};
  }
  TlsCertificate found;
  for (const curl_slist* line = chain->certinfo[0]; line != nullptr; line = line->next) {
    const std::string_view text(line->data);
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string value(text.substr(colon + 1));
    if (text.starts_with("Subject:")) found.subject = value;
    if (text.starts_with("Expire date:")) found.not_after = read_gmt(value);
  }
  return found;
}

std::string text_of(CURL* curl, CURLINFO info) {
  char* text = nullptr;
  return curl_easy_getinfo(curl, info, &text) == CURLE_OK && text != nullptr ? text : "";
}

bool has_happened(CURL* curl, CURLINFO time) {
  curl_off_t after = 0;
  return curl_easy_getinfo(curl, time, &after) == CURLE_OK && after > 0;
}

bool is_tls_failure(CURLcode code) {
  constexpr std::array kTls{CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR,
                            CURLE_SSL_CERTPROBLEM,          CURLE_SSL_CIPHER,
                            CURLE_SSL_CACERT_BADFILE,       CURLE_SSL_ISSUER_ERROR,
                            CURLE_SSL_INVALIDCERTSTATUS,    CURLE_USE_SSL_FAILED};
  return std::find(kTls.begin(), kTls.end(), code) != kTls.end();
}

std::size_t hear_line(char* bytes, std::size_t size, std::size_t count, void* user) {
  static_cast<MailHeard*>(user)->hear({bytes, size * count});
  return size * count;
}

std::size_t ignore(char*, std::size_t size, std::size_t count, void*) { return size * count; }

// A handle for one look. A failed one hangs up instead of saying goodbye: that could take minutes.
class Look {
 public:
  // No connection within `connect`, or not all of it within `whole`: given up.
  Look(const std::string& url, const std::filesystem::path& ca_file, milliseconds connect,
       milliseconds whole)
      : connect_(connect), curl_(stop_.get_token()) {
    const auto most = static_cast<long>(whole.count());
    curl_.set(CURLOPT_URL, url.c_str());
    curl_.set(CURLOPT_CERTINFO, 1L);
    curl_.set(CURLOPT_CONNECTTIMEOUT_MS, most);
    curl_.set(CURLOPT_TIMEOUT_MS, most);
    curl_.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, std::max(most / 1000, 1L));
    curl_.set(CURLOPT_WRITEFUNCTION, &ignore);
    curl_.set(CURLOPT_CLOSESOCKETFUNCTION, &Look::close_socket);
    curl_.set(CURLOPT_CLOSESOCKETDATA, this);
    curl_.set(CURLOPT_XFERINFOFUNCTION, &Look::go_on);
    curl_.set(CURLOPT_XFERINFODATA, this);
    curl_.trust(ca_file);
  }
  CurlHandle& curl() { return curl_; }
  // Whatever certificate there is.
  void believe_all() {
    curl_.set(CURLOPT_SSL_VERIFYPEER, 0L);
    curl_.set(CURLOPT_SSL_VERIFYHOST, 0L);
  }

  PeerFacts run() {
    const CURLcode code = curl_.perform();
    PeerFacts facts;
    facts.address = text_of(curl_.get(), CURLINFO_PRIMARY_IP);
    facts.certificate = certificate_of(curl_.get());
    facts.encrypted = code == CURLE_OK && facts.certificate.has_value();
    facts.timed_out = code == CURLE_OPERATION_TIMEDOUT || gave_up_;
    facts.words = gave_up_ ? "no connection after " + std::to_string(connect_.count()) + " ms"
                           : curl_.words(code);
    if (code != CURLE_OK) {
      facts.failed_at = step_of(code);
      stop_.request_stop();
    }
    return facts;
  }

 private:
  // libcurl counts a mail server's greeting to the connecting, and has one limit for both.
  static int go_on(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    auto& look = *static_cast<Look*>(user);
    const bool late = std::chrono::steady_clock::now() - look.began_ > look.connect_;
    look.gave_up_ = late && !has_happened(look.curl_.get(), CURLINFO_CONNECT_TIME_T);
    return look.gave_up_ ? 1 : 0;
  }

  // As far as libcurl itself can tell; a server's answers say more.
  ProbeStep step_of(CURLcode code) const {
    if (code == CURLE_COULDNT_RESOLVE_HOST) return ProbeStep::look_up;
    if (code == CURLE_LOGIN_DENIED) return ProbeStep::login;
    if (is_tls_failure(code)) return ProbeStep::tls;
    if (!has_happened(curl_.get(), CURLINFO_NAMELOOKUP_TIME_T)) return ProbeStep::look_up;
    if (code == CURLE_COULDNT_CONNECT) return ProbeStep::connect;
    const bool was_connected = connected_ || has_happened(curl_.get(), CURLINFO_CONNECT_TIME_T);
    return was_connected ? ProbeStep::hello : ProbeStep::connect;
  }

  // libcurl counts the handshake to the connecting; the socket knows whether TCP was done.
  static int close_socket(void* user, curl_socket_t socket) {
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    const int answer = ::getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &size);
    if (answer == 0) static_cast<Look*>(user)->connected_ = true;
    return ::close(socket);
  }

  const milliseconds connect_;
  const std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  bool gave_up_ = false;
  std::stop_source stop_;
  bool connected_ = false;  // outlives the handle, which closes sockets at its end
  CurlHandle curl_;
};

// What is asked last.
std::string last_word(const SmtpConfig& smtp, bool with_login, bool believe_all) {
  const bool to_the_end = with_login || smtp.username.empty();
  if (!to_the_end || believe_all || smtp.from.empty()) return "NOOP";
  return "MAIL FROM:<" + quoted_where_needed(smtp.from) + ">";
}

// libcurl calls a step what it was about; what was heard says at which the server refused.
void place_failure(const SmtpConfig& smtp, const MailHeard& heard, bool with_login,
                   PeerFacts& facts) {
  const bool asked = heard.hellos >= (smtp.tls == Tls::starttls ? 2 : 1);
  const bool refused = !heard.refusal.empty();
  if (!facts.failed_at && refused) facts.failed_at = ProbeStep::afterwards;
  if (facts.failed_at == ProbeStep::hello) {
    const bool in_handshake = smtp.tls == Tls::implicit ? heard.greetings == 0 && !facts.certificate
                                                        : heard.greetings > 1 && !facts.certificate;
    if (in_handshake) facts.failed_at = ProbeStep::tls;
    if (heard.logged_in || (asked && refused)) facts.failed_at = ProbeStep::afterwards;
    if (with_login && heard.speaks_our_login && !heard.logged_in) {
      facts.failed_at = ProbeStep::login;
    }
  }
  if (facts.failed_at && !heard.refusal.empty()) facts.words = heard.refusal;
}

PeerFacts look_at_mail(const SmtpConfig& smtp, const std::optional<std::string>& password,
                       const ProbeLimits& limits, bool believe_all) {
  Look look(url_of(smtp), smtp.ca_file, limits.connect, limits.mail);
  CurlHandle& curl = look.curl();
  MailHeard heard;
  const bool with_login = password && !smtp.username.empty() && !believe_all;
  curl.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl.set(CURLOPT_USE_SSL,
           static_cast<long>(smtp.tls == Tls::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  curl.set(CURLOPT_CUSTOMREQUEST, last_word(smtp, with_login, believe_all).c_str());
  curl.set(CURLOPT_NOBODY, 1L);
  curl.set(CURLOPT_HEADERFUNCTION, &hear_line);
  curl.set(CURLOPT_HEADERDATA, &heard);
  if (believe_all) look.believe_all();
  if (with_login) {
    curl.set(CURLOPT_USERNAME, smtp.username.c_str());
    curl.set(CURLOPT_PASSWORD, password->c_str());
    curl.set(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
  }
  PeerFacts facts = look.run();
  facts.offers_login = heard.offers_login;
  facts.logged_in = heard.logged_in;
  facts.logins = heard.logins;
  facts.speaks_our_login = heard.speaks_our_login;
  facts.small_letters = heard.small_letters;
  facts.wants_login = heard.wants_login;
  facts.greeted_after = heard.greeted_after;
  place_failure(smtp, heard, with_login, facts);
  return facts;
}

// What a socket may be opened to.
struct Gate {
  Target target;
  bool allow_private = false;
  std::string refused;
};

curl_socket_t open_socket(void* user, curlsocktype, curl_sockaddr* address) {
  auto& gate = *static_cast<Gate*>(user);
  if (auto problem = forbidden(gate.target, gate.allow_private, address->addr)) {
    gate.refused = std::move(*problem);
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

PeerFacts look_at_url(const UrlPeer& peer, milliseconds limit, bool believe_all) {
  Look look(peer.url, peer.ca_file, limit, limit);
  CurlHandle& curl = look.curl();
  Gate gate{target_of(peer.url), peer.allow_private, {}};
  curl.set(CURLOPT_PROTOCOLS_STR, gate.target.this_machine ? "http,https" : "https");
  curl.set(CURLOPT_CONNECT_ONLY, 1L);
  curl.set(CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  curl.set(CURLOPT_OPENSOCKETDATA, &gate);
  if (believe_all) look.believe_all();
  PeerFacts facts = look.run();
  if (facts.failed_at == ProbeStep::hello && !gate.target.plain_text) {
    facts.failed_at = ProbeStep::tls;
  }
  if (facts.failed_at && !gate.refused.empty()) {
    facts.failed_at = ProbeStep::not_allowed;
    facts.words = gate.refused;
  }
  return facts;
}

// More of an answer than anybody looks at.
constexpr std::size_t kMostOfPage = 1024;

std::size_t hear_page(char* bytes, std::size_t size, std::size_t count, void* user) {
  auto& body = *static_cast<std::string*>(user);
  body.append(bytes, std::min(size * count, kMostOfPage - body.size()));
  return size * count;
}

// Looks again, without belief, at a certificate that was not believed.
template <class Again>
PeerFacts with_certificate(PeerFacts facts, const Again& again) {
  if (facts.failed_at == ProbeStep::tls && !facts.timed_out && !facts.certificate) {
    facts.certificate = again().certificate;
  }
  return facts;
}

}  // namespace

PeerFacts CurlProbe::mail_server(const SmtpConfig& smtp,
                                 const std::optional<std::string>& password) const {
  return with_certificate(look_at_mail(smtp, password, limits_, false),
                          [&] { return look_at_mail(smtp, {}, limits_, true); });
}

PeerFacts CurlProbe::url(const UrlPeer& peer) const {
  return with_certificate(look_at_url(peer, limits_.connect, false),
                          [&] { return look_at_url(peer, limits_.connect, true); });
}

PageFacts CurlProbe::page(const std::string& own_url) const {
  PageFacts facts;
  Look look(own_url, "", limits_.connect, limits_.connect);
  look.curl().set(CURLOPT_PROTOCOLS_STR, "http,https");
  look.curl().set(CURLOPT_HTTPGET, 1L);
  look.curl().set(CURLOPT_WRITEFUNCTION, &hear_page);
  look.curl().set(CURLOPT_WRITEDATA, &facts.body);
  facts.peer = look.run();
  long status = 0;
  curl_easy_getinfo(look.curl().get(), CURLINFO_RESPONSE_CODE, &status);
  facts.status = static_cast<int>(status);
  if (status == 0 && !facts.peer.failed_at) {  // libcurl is content with "HTTP/20"
    facts.peer.failed_at = ProbeStep::afterwards;
    facts.peer.words = "the answer is no HTTP";
  }
  return facts;
}

}  // namespace omamori
