#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/address.hpp"

/// A request and an answer as route functions see them; nothing of the HTTP library shows.
namespace peercert::http {

enum class Method { get, post, put, patch, remove };

std::string_view to_text(Method method); ///< "GET"; remove is "DELETE"

struct Head;
class Target;

/// All views are good until the route function returns.
struct Request {
    Method method{Method::get}; ///< a HEAD request is a GET whose body is not sent
    std::string_view id;        ///< of this request, for people to quote and for the log
    std::string_view body;
    Address client;    ///< who asks; through a declared proxy, whom the proxy names
    bool local{false}; ///< asked from this machine, not through a proxy

    std::string_view path(std::string_view name) const; ///< the part of the path named {name} in the route
    std::optional<std::string_view> query(std::string_view name) const; ///< only what the route allows gets this far
    std::optional<std::string_view> header(std::string_view name) const;

    const Head* head{nullptr};
    const Target* target{nullptr};
    std::array<std::pair<std::string_view, std::string_view>, 4> path_parts;
    std::size_t path_part_count{0};
};

enum class ContentType { json, problem, html, css, text };

struct Response {
    int status{200};
    ContentType type{ContentType::json};
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    /// Further `name=value` pairs for this request's log line: event words and ids, never text from a record.
    std::string log;

    /// Throws Error{internal} if name or value could end the line or the head (CR, LF, NUL, other control bytes).
    void set_header(std::string_view name, std::string_view value);
    void clear();
};

std::string_view reason_of(int status);

} // namespace peercert::http
