#include "daemon/web/act_route.h"

#include <string>

#include "daemon/web/act_pages.h"
#include "daemon/web/page_looks.h"
#include "daemon/web/request_words.h"

namespace omamori {
namespace {

constexpr std::string_view kBegin = "/a/";
constexpr std::string_view kUndoPath = "/undo";

}  // namespace

HttpResponse answer_act(const HttpRequest& request, Service& service) {
  std::string token = request.path.substr(kBegin.size());
  const bool undo = token.ends_with(kUndoPath);
  if (undo) token.resize(token.size() - kUndoPath.size());
  const bool writes = request.method == "POST";
  const Language policy = service.policy().language;
  const auto holder = act_holder(token, service);
  if (!holder || (undo && !writes)) return act_gone_page(language_of(request, policy));
  const Language language = language_of(request, holder->staff.language.value_or(policy));
  note_page(holder->staff.code, holder->facts.code, service);
  if (!writes) return act_page(*holder, token, language, nullptr, service);
  const auto fields = form_of(request);
  const FormError unread{{}, "", kUnread};
  if (!fields) return act_page(*holder, token, language, &unread, service);
  if (undo) {
    const auto nonce = fields->find("nonce");
    const auto undone =
        nonce == fields->end() ? std::nullopt : undo_act(*holder, nonce->second, service);
    const FormError late{{},
                         "",
                         {"取り消せませんでした。管理者または市担当者にご連絡ください",
                          "it could not be undone; ask your supervisor"}};
    if (!undone) return act_page(*holder, token, language, &late, service);
    return act_undone_page(*holder, language, *undone, service);
  }
  const auto form = read_act_form(
      *fields, {holder->acts, holder->facts.code, !holder->is_case_manager}, service.today());
  const auto again = [&](FormError wrong) {
    wrong.typed = *fields;
    return act_page(*holder, token, language, &wrong, service);
  };
  if (const auto* wrong = std::get_if<FormError>(&form)) return again(*wrong);
  const auto outcome = record_act(*holder, std::get<ActForm>(form), service);
  if (const auto* wrong = std::get_if<FormError>(&outcome)) return again(*wrong);
  return act_done_page(*holder, token, language, std::get<ActDone>(outcome), service);
}

HttpResponse answer_style() {
  HttpResponse response;
  response.content_type = "text/css; charset=utf-8";
  response.body = web_templates().style;
  response.headers["Cache-Control"] = "public, max-age=3600";
  return response;
}

}  // namespace omamori
