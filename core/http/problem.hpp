#pragma once

#include <string_view>

#include <peercert/error.hpp>

#include "http/message.hpp"

namespace peercert::http {

/// Makes `response` an RFC 9457 problem: type, title, status, detail, instance (the request's id). Other headers stay.
/// `members` is further JSON, e.g. `"outcome":"cannot_check"`, or empty.
void set_problem(Response& response, int status, std::string_view detail, std::string_view request_id,
                 std::string_view members = {});

/// The one table from kinds of failure to statuses.
int status_of(ErrorCode code);
std::string_view name_of(ErrorCode code);

} // namespace peercert::http
