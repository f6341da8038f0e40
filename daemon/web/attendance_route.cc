#include "daemon/web/attendance_route.h"

#include <optional>
#include <string>
#include <utility>

#include "daemon/web/act_pages.h"
#include "daemon/web/attendance_file.h"
#include "daemon/web/attendance_pages.h"
#include "daemon/web/multipart.h"
#include "daemon/web/page_looks.h"
#include "daemon/web/request_words.h"

namespace omamori {
namespace {

constexpr std::string_view kAttendancePath = "/attendance/";

// What the path asks for behind the token.
enum class Wanted { page, file, undo };

Wanted take_wanted(std::string& token) {
  for (const auto& [end, wanted] :
       {std::pair{std::string_view("/file"), Wanted::file}, {"/undo", Wanted::undo}}) {
    if (!token.ends_with(end)) continue;
    token.resize(token.size() - end.size());
    return wanted;
  }
  return Wanted::page;
}

class AttendanceAnswer {
 public:
  AttendanceAnswer(const HttpRequest& request, const AttendanceHolder& holder, std::string token,
                   Language language, Service& service)
      : request_(request),
        holder_(holder),
        token_(std::move(token)),
        language_(language),
        service_(service) {}

  HttpResponse page() { return attendance_page(holder_, token_, language_, nullptr, service_); }

  HttpResponse form() {
    const auto fields = form_of(request_);
    if (!fields) return refused({{{"", "", kUnread}}, {}, {}});
    auto read = read_attendance_form(*fields, service_.now(), service_.zone());
    if (auto* wrong = std::get_if<std::vector<AttendanceError>>(&read)) {
      return refused({std::move(*wrong), {}, *fields});
    }
    const auto& people = std::get<std::vector<Attended>>(read);
    const std::string hash = hash_of_form(people);
    if (auto before = attendance_answered(holder_, hash, service_)) return done(*before);
    auto outcome = record_attendance(holder_, people, hash, service_);
    if (auto* wrong = std::get_if<std::vector<AttendanceError>>(&outcome)) {
      return refused({std::move(*wrong), {}, *fields});
    }
    return done(std::get<AttendanceDone>(outcome));
  }

  HttpResponse file() {
    const auto bytes = file_in_form(request_.header("content-type"), request_.body, "file");
    if (!bytes) return refused({{}, {kUnread}, {}});
    if (bytes->empty()) {
      return refused({{}, {{"ファイルを選んでください", "choose a file"}}, {}});
    }
    const std::string hash = hash_of("file\n" + *bytes);
    if (auto before = attendance_answered(holder_, hash, service_)) return done(*before);
    auto read = read_attendance_file(*bytes, holder_, service_);
    if (auto* wrong = std::get_if<std::vector<Said>>(&read)) {
      return refused({{}, std::move(*wrong), {}});
    }
    const auto& people = std::get<std::vector<Attended>>(read);
    auto outcome = record_attendance(holder_, people, hash, service_);
    if (auto* wrong = std::get_if<std::vector<AttendanceError>>(&outcome)) {
      return refused({{}, {wrong->front().what}, {}});
    }
    return done(std::get<AttendanceDone>(outcome));
  }

  HttpResponse undo() {
    const auto fields = form_of(request_);
    const auto nonce = fields ? fields->find("nonce") : FormFields::const_iterator();
    const bool given = fields && nonce != fields->end();
    const auto undone = given ? undo_attendance(holder_, nonce->second, service_) : std::nullopt;
    if (!undone) {
      return refused({{{"",
                        "",
                        {"取り消せませんでした。管理者または市担当者にご連絡ください",
                         "it could not be undone; ask your supervisor"}}},
                      {},
                      {}});
    }
    return attendance_undone_page(holder_, token_, language_, *undone, service_);
  }

 private:
  HttpResponse refused(const AttendanceRefusal& refusal) {
    return attendance_page(holder_, token_, language_, &refusal, service_);
  }
  HttpResponse done(const AttendanceDone& done) {
    return attendance_done_page(holder_, token_, language_, done, service_);
  }

  const HttpRequest& request_;
  const AttendanceHolder& holder_;
  std::string token_;
  Language language_;
  Service& service_;
};

}  // namespace

HttpResponse answer_attendance(const HttpRequest& request, Service& service) {
  std::string token = request.path.substr(kAttendancePath.size());
  const Wanted wanted = take_wanted(token);
  const bool writes = request.method == "POST";
  const Language policy = service.policy().language;
  const auto holder = attendance_holder(token, service);
  if (!holder || (wanted != Wanted::page && !writes)) {
    return act_gone_page(language_of(request, policy));
  }
  const Language language = language_of(request, holder->staff.language.value_or(policy));
  for (const ExpectedPerson& person : holder->people) {
    note_page(holder->staff.code, person.client, service);
  }
  AttendanceAnswer answer(request, *holder, std::move(token), language, service);
  if (!writes) return answer.page();
  if (wanted == Wanted::file) return answer.file();
  return wanted == Wanted::undo ? answer.undo() : answer.form();
}

}  // namespace omamori
