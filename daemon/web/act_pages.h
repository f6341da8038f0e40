// The pages of a link in HTML: what it is about with the choices that fit, what was recorded, and
// that there is nothing here. They hold codes only, no names and no notes (P7). Reads the store.
#pragma once

#include <optional>
#include <string>

#include "daemon/recording/act_record.h"
#include "daemon/recording/act_undo.h"
#include "daemon/web/page.h"

namespace omamori {

// `error`: why nothing was recorded; its form is open. Status 200, or 422 with an error.
HttpResponse act_page(const ActHolder& holder, const std::string& token, Language language,
                      const FormError* error, Service& service);
HttpResponse act_done_page(const ActHolder& holder, const std::string& token, Language language,
                           const ActDone& done, Service& service);
HttpResponse act_undone_page(const ActHolder& holder, Language language, const Undone& undone,
                             Service& service);
// Whatever the reason: the same page, status 404.
HttpResponse act_gone_page(Language language);

}  // namespace omamori
