#include "http/message.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "http/head.hpp"
#include "http/target.hpp"

namespace peercert::http {

std::string_view to_text(Method method) {
    switch (method) {
    case Method::get: return "GET";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::patch: return "PATCH";
    case Method::remove: return "DELETE";
    }
    return "";
}

std::string_view Request::path(std::string_view name) const {
    for (std::size_t i = 0; i < path_part_count; ++i)
        if (path_parts[i].first == name)
            return path_parts[i].second;
    throw Error(ErrorCode::internal,
                "a route asks for the path part \"" + std::string(name) + "\" which it does not have");
}

std::optional<std::string_view> Request::query(std::string_view name) const { return target->parameter(name); }

std::optional<std::string_view> Request::header(std::string_view name) const { return head->field(name); }

void Response::set_header(std::string_view name, std::string_view value) {
    const auto harmful = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    if (name.empty() || name.find_first_of(": ") != std::string_view::npos ||
        std::any_of(name.begin(), name.end(), harmful) || std::any_of(value.begin(), value.end(), harmful))
        throw Error(ErrorCode::internal, "a response header would have held a line end or another control byte");
    headers.emplace_back(name, value);
}

void Response::clear() {
    status = 200;
    type = ContentType::json;
    body.clear();
    headers.clear();
    log.clear();
}

std::string_view reason_of(int status) {
    switch (status) {
    case 200: return "OK";
    case 204: return "No Content";
    case 303: return "See Other";
    case 400: return "Bad Request";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 411: return "Length Required";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    default: return "Answer";
    }
}

} // namespace peercert::http
