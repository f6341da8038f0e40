// What pages ask of a request: in which language, and what was filled in. Pure.
#pragma once

#include <optional>

#include "daemon/model/bilingual.h"
#include "daemon/model/facts.h"
#include "daemon/web/http.h"
#include "daemon/web/target.h"

namespace omamori {

// "?lang=en" or "?lang=ja".
Language language_of(const HttpRequest& request, Language otherwise);

// Nothing if the body is no form, or cannot be read.
std::optional<FormFields> form_of(const HttpRequest& request);

inline const Said kUnread{"入力を読み取れませんでした", "the form could not be read"};

}  // namespace omamori
