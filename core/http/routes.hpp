#pragma once

#include <functional>
#include <string>

#include "http/router.hpp"
#include "http/server.hpp"

/// Every resource adds its own rows to the table; this is the list of them. `app` outlives the router.
namespace peercert::http {

/// GET /livez, /readyz, /metrics
void add_operations(Router& router, const App& app, std::function<std::string()> metrics_text);

/// GET /api/v1/verify/{number}?valid_on=, and for people /, /verify, /verify/{number}?valid_on=&lang=,
/// /assets/verify.css; also the page shown instead of an error.
void add_verification(Router& router, const App& app);

/// GET and POST /confirm/{secret}: hours that a supervisor is asked about, without an account. Absent where the app has
/// no open_confirmation.
void add_confirmation(Router& router, const App& app);

} // namespace peercert::http
