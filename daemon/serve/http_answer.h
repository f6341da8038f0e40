// An answer as the bytes that leave by the doors, with the fields that every answer carries. Pure.
//
// What a browser may do with a page is said here for all of them: no script, nothing from
// elsewhere, no frame, no copy kept, no address handed on. Nobody is told what program this is.
#pragma once

#include <string>

#include "daemon/web/http.h"

namespace omamori {

struct HttpAnswerForm {
  bool without_body = false;  // to HEAD
  bool keep_alive = false;    // another request may follow
  bool tls = false;           // of our own: the browser is to come by TLS from now on
};

// A field of the handler's own takes the place of the common one. An answer that cannot be said in
// HTTP (a line end in a field, a status that is none) is a bug: 500 leaves in its place.
std::string answer_bytes(const HttpResponse& response, const HttpAnswerForm& form);

}  // namespace omamori
