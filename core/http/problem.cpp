#include "http/problem.hpp"

#include "words/json.hpp"

namespace peercert::http {

void set_problem(Response& response, int status, std::string_view detail, std::string_view request_id,
                 std::string_view members) {
    response.status = status;
    response.type = ContentType::problem;
    std::string& out = response.body;
    out = "{\"type\":\"about:blank\",\"title\":\"";
    out += reason_of(status);
    out += "\",\"status\":" + std::to_string(status) + ",\"detail\":";
    words::append_json_string(out, detail);
    out += ",\"instance\":\"urn:peercert:request:";
    out += request_id;
    out += '"';
    if (!members.empty()) {
        out += ',';
        out += members;
    }
    out += '}';
}

int status_of(ErrorCode code) {
    switch (code) {
    case ErrorCode::invalid_input: return 400;
    case ErrorCode::not_found: return 404;
    case ErrorCode::conflict: return 409;
    case ErrorCode::forbidden: return 403;
    case ErrorCode::plugin_failure: return 500;
    case ErrorCode::unavailable: return 503;
    case ErrorCode::internal: return 500;
    }
    return 500;
}

std::string_view name_of(ErrorCode code) {
    switch (code) {
    case ErrorCode::invalid_input: return "invalid_input";
    case ErrorCode::not_found: return "not_found";
    case ErrorCode::conflict: return "conflict";
    case ErrorCode::forbidden: return "forbidden";
    case ErrorCode::plugin_failure: return "plugin_failure";
    case ErrorCode::unavailable: return "unavailable";
    case ErrorCode::internal: return "internal";
    }
    return "internal";
}

} // namespace peercert::http
