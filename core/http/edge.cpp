#include "http/edge.hpp"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <random>

#include <peercert/error.hpp>

#include "http/problem.hpp"

namespace peercert::http {
namespace {

constexpr std::string_view common_headers = "\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n";
constexpr std::string_view machine_policy = "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n";
constexpr std::string_view page_policy =
    "Content-Security-Policy: default-src 'none'; style-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'\r\nX-Robots-Tag: noindex\r\n";

std::string_view media_type(ContentType type) {
    switch (type) {
    case ContentType::json: return "application/json; charset=utf-8";
    case ContentType::problem: return "application/problem+json; charset=utf-8";
    case ContentType::html: return "text/html; charset=utf-8";
    case ContentType::css: return "text/css; charset=utf-8";
    case ContentType::text: return "text/plain; version=0.0.4; charset=utf-8";
    }
    return "application/octet-stream";
}

void append_number(std::string& out, std::uint64_t value, int base = 10) {
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, value, base).ptr);
}

std::optional<Method> method_of(std::string_view name) {
    if (name == "GET" || name == "HEAD")
        return Method::get;
    for (const Method method : {Method::post, Method::put, Method::patch, Method::remove})
        if (name == to_text(method))
            return method;
    return std::nullopt;
}

bool is_media(std::string_view media, std::string_view wanted) {
    media = media.substr(0, media.find(';'));
    while (media.ends_with(' '))
        media.remove_suffix(1);
    return same_name(media, wanted);
}

/// Whether a form came from one of our own pages, as far as the browser says. A browser of today says so in either
/// field; a program that sends neither is no browser that somebody could have been led astray with.
bool is_from_here(const Head& head) {
    if (const auto site = head.field("Sec-Fetch-Site"); site && *site != "same-origin" && *site != "none")
        return false;
    const auto origin = head.field("Origin");
    if (!origin)
        return true;
    const std::size_t scheme = origin->find("://");
    return scheme != std::string_view::npos && same_name(origin->substr(scheme + 3), head.field("Host").value_or(""));
}

/// IMF-fixdate; not strftime, whose names follow the process' locale.
void write_date(std::string& out, std::time_t second) {
    constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::chrono::sys_seconds instant{std::chrono::seconds(second)};
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const Date date(day);
    const std::chrono::hh_mm_ss time(instant - day);
    const auto two = [&](unsigned value) {
        out += static_cast<char>('0' + value / 10 % 10);
        out += static_cast<char>('0' + value % 10);
    };
    out.clear();
    out.append(days[std::chrono::weekday(day).c_encoding()]).append(", ");
    two(static_cast<unsigned>(date.day()));
    out.append(" ").append(months[static_cast<unsigned>(date.month()) - 1]).append(" ");
    append_number(out, static_cast<std::uint64_t>(static_cast<int>(date.year())));
    out += ' ';
    two(static_cast<unsigned>(time.hours().count()));
    out += ':';
    two(static_cast<unsigned>(time.minutes().count()));
    out += ':';
    two(static_cast<unsigned>(time.seconds().count()));
    out += " GMT";
}

/// What whoever wrote the client can do about it. To a head that is malformed nothing is said.
std::string_view mendable(int status) {
    switch (status) {
    case 408: return "The request did not come to its end in time.";
    case 411: return "Say how long the body is with Content-Length; other ways are not taken here.";
    case 414: return "The address is longer than 2048 bytes.";
    case 431: return "The head of the request is too long: at most 64 fields, 16 KiB in all.";
    default: return {};
    }
}
static_assert(max_target_bytes == 2048 && max_fields == 64 && max_head_bytes == std::size_t{16} * 1024);

std::vector<Address> parsed(const std::vector<std::string>& texts) {
    std::vector<Address> addresses;
    for (const std::string& text : texts)
        if (const auto address = Address::parse(text))
            addresses.push_back(*address);
    return addresses;
}

} // namespace

Edge::Edge(const Settings& settings, Router router, Log& log, Metrics& metrics, bool demo)
    : settings_(settings), router_(std::move(router)), log_(log), metrics_(metrics),
      lookups_(std::chrono::microseconds(60'000'000 / settings.lookups_per_minute), settings.lookup_burst),
      proxies_(parsed(settings.proxies)), demo_(demo) {
    append_number(id_prefix_, std::random_device{}(), 16); // tells two runs of the server apart; no secret
    id_prefix_ += '-';
}

bool Edge::is_proxy(const Address& address) const {
    return std::find(proxies_.begin(), proxies_.end(), address) != proxies_.end();
}

void Edge::next_id(Exchange& exchange) {
    exchange.id = id_prefix_;
    append_number(exchange.id, next_id_.fetch_add(1, std::memory_order_relaxed), 16);
    exchange.request.id = exchange.id;
}

/// A proxy appends the address it saw, so only the last word of the last field is its own; the rest is the client's to
/// invent.
void Edge::name_client(Exchange& exchange, const Address& peer) const {
    Request& request = exchange.request;
    const bool from_proxy = is_proxy(peer);
    request.client = peer.client();
    request.local = !from_proxy && peer.is_loopback() && !exchange.head.field("X-Forwarded-For") &&
                    !exchange.head.field("Forwarded") && !exchange.head.field("Via");
    if (!from_proxy)
        return;
    std::string_view named = exchange.head.last_field("X-Forwarded-For").value_or(std::string_view{});
    named = named.substr(named.rfind(',') + 1);
    while (named.starts_with(' '))
        named.remove_prefix(1);
    if (const auto address = Address::parse(named))
        request.client = address->client();
}

bool Edge::admit(Exchange& exchange, const Address& peer) {
    const Head& head = exchange.head;
    Request& request = exchange.request;
    exchange.response.clear();
    exchange.match = {};
    exchange.close = !head.keep_alive;
    exchange.head_only = head.method == "HEAD";
    request.head = &head;
    request.target = &exchange.target;
    request.body = {};
    next_id(exchange);
    name_client(exchange, peer);

    const bool has_body = head.content_length.value_or(0) > 0;
    if (has_body)
        exchange.close = true; // until it has been read to its end, what follows could be taken for a request
    const auto method = method_of(head.method);
    if (!method && (head.method == "TRACE" || head.method == "CONNECT")) {
        exchange.close = true;
        exchange.response.set_header("Allow", "GET, HEAD");
        refuse(exchange, 405, "This method is not used here.");
        return false;
    }
    if (!exchange.target.parse(head.target)) {
        metrics_.refused(Refused::malformed);
        refuse(exchange, 400, "The address is not well formed.");
        return false;
    }
    exchange.match = router_.find(method.value_or(Method::get), exchange.target, request);
    if (exchange.match.path_known && (!method || !exchange.match.route)) {
        exchange.match.route = nullptr;
        exchange.response.set_header("Allow", router_.allowed(exchange.target));
        refuse(exchange, 405, "This address does not know the method " + std::string(head.method) + ".");
        return false;
    }
    const Route* route = exchange.match.route;
    if (!route || (*route->permission == Permission::local && !request.local)) {
        exchange.match.route = nullptr;
        refuse(exchange, 404, "There is nothing at this address.");
        return false;
    }
    request.method = route->method;
    for (std::size_t i = 0; i < exchange.target.parameter_count(); ++i)
        if (std::find(route->query.begin(), route->query.end(), exchange.target.parameter_name(i)) ==
            route->query.end()) {
            refuse(exchange, 400,
                   "This address does not know the parameter \"" + std::string(exchange.target.parameter_name(i)) +
                       "\".");
            return false;
        }
    if (route->limit == LimitClass::lookup)
        if (const auto wait = lookups_.ask(request.client, exchange.began); wait.count() > 0) {
            metrics_.refused(Refused::rate);
            exchange.response.set_header("Retry-After", std::to_string(wait.count()));
            refuse(exchange, 429, "Too many checks in a short time; wait and try again.");
            return false;
        }
    if (route->input != Input::none) {
        if (head.content_length.value_or(0) > settings_.max_body_bytes) {
            refuse(exchange, 413, "At most " + std::to_string(settings_.max_body_bytes) + " bytes are taken here.");
            return false;
        }
        const std::string_view wanted =
            route->input == Input::json ? "application/json" : "application/x-www-form-urlencoded";
        if (!is_media(head.field("Content-Type").value_or(std::string_view{}), wanted)) {
            refuse(exchange, 415, "This address takes " + std::string(wanted) + ".");
            return false;
        }
        if (route->input == Input::form && !is_from_here(head)) {
            refuse(exchange, 403, "This form was sent from another site.");
            return false;
        }
        exchange.close = !head.keep_alive;
    }
    return true;
}

void Edge::answer(Exchange& exchange, std::string_view body) {
    exchange.request.body = body;
    try {
        exchange.match.route->handler(exchange.request, exchange.response);
    } catch (const Error& error) {
        const int status = status_of(error.code());
        const bool ours = error.code() == ErrorCode::internal || error.code() == ErrorCode::plugin_failure;
        fail(exchange, status, ours ? "Something went wrong on our side; it has been noted." : error.what(),
             name_of(error.code()));
    } catch (const std::exception&) {
        fail(exchange, 500, "Something went wrong on our side; it has been noted.", "exception");
    } catch (...) {
        fail(exchange, 500, "Something went wrong on our side; it has been noted.", "unknown_exception");
    }
    finish(exchange);
}

void Edge::fail(Exchange& exchange, int status, std::string_view detail, std::string_view word) {
    exchange.response.clear();
    exchange.response.log.append(" error=").append(word);
    if (status == 503)
        exchange.response.set_header("Retry-After", "30");
    write_error(exchange, status, detail, exchange.match.route->surface == Surface::page);
}

void Edge::write_error(Exchange& exchange, int status, std::string_view detail, bool for_people) const {
    exchange.response.status = status;
    if (for_people && router_.error_page) {
        try {
            router_.error_page(status, exchange.request, exchange.response);
            return;
        } catch (const std::exception&) {
            exchange.response.log.append(" error=error_page");
        }
    }
    set_problem(exchange.response, status, detail, exchange.id);
}

void Edge::refuse(Exchange& exchange, int status, std::string_view detail) {
    const bool reader =
        exchange.match.route
            ? exchange.match.route->surface == Surface::page
            : exchange.head.field("Accept").value_or(std::string_view{}).find("text/html") != std::string_view::npos;
    write_error(exchange, status, detail, reader);
    finish(exchange);
}

void Edge::refuse_head(Exchange& exchange, const HeadRefusal& refusal) {
    metrics_.refused(Refused::malformed);
    exchange.response.clear();
    exchange.match = {};
    exchange.response.status = refusal.status;
    exchange.response.type = ContentType::problem;
    exchange.response.log.append(" refused=").append(refusal.word);
    exchange.close = true;
    exchange.head_only = false;
    next_id(exchange);
    if (const std::string_view detail = mendable(refusal.status); !detail.empty())
        set_problem(exchange.response, refusal.status, detail, exchange.id);
    finish(exchange);
}

void Edge::refuse_slow(Exchange& exchange) {
    refuse_head(exchange, {408, "too_slow"});
    metrics_.refused(Refused::too_slow);
}

void Edge::finish(Exchange& exchange) {
    render(exchange);
    const auto took =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - exchange.began);
    if (exchange.match.route)
        metrics_.answered(exchange.match.index, exchange.response.status, took);
    else
        metrics_.answered_without_route(exchange.response.status, took);
    note(exchange, took);
}

void Edge::render(Exchange& exchange) const {
    const Response& response = exchange.response;
    const Route* route = exchange.match.route;
    const std::time_t second = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    if (second != exchange.date_second) {
        exchange.date_second = second;
        write_date(exchange.date, second);
    }
    std::string& out = exchange.out;
    out.clear();
    out += "HTTP/1.1 ";
    append_number(out, static_cast<std::uint64_t>(response.status));
    out += ' ';
    out += reason_of(response.status);
    out += "\r\nDate: ";
    out += exchange.date;
    out += "\r\nContent-Type: ";
    out += media_type(response.type);
    out += common_headers;
    out += response.type == ContentType::html ? page_policy : machine_policy;
    out += route && route->caching == Caching::one_hour && response.status == 200
               ? "Cache-Control: public, max-age=3600\r\n"
               : "Cache-Control: no-store\r\n";
    for (const auto& [name, value] : response.headers)
        out.append(name).append(": ").append(value).append("\r\n");
    if (demo_)
        out += "Peercert-Demo: invented people and credentials\r\n";
    out += "X-Request-Id: ";
    out += exchange.id;
    out += exchange.close                     ? "\r\nConnection: close\r\nContent-Length: "
           : exchange.head.minor_version == 0 ? "\r\nConnection: keep-alive\r\nContent-Length: "
                                              : "\r\nContent-Length: ";
    append_number(out, response.body.size());
    out += "\r\n\r\n";
    if (!exchange.head_only)
        out += response.body;
}

/// Neither the target nor an address is logged: both may tell of a person.
void Edge::note(Exchange& exchange, std::chrono::microseconds took) {
    std::string& line = exchange.line;
    line = "http.request id=";
    line += exchange.id;
    line += " route=";
    line += exchange.match.route ? std::string_view(exchange.match.route->path) : std::string_view("none");
    line += " status=";
    append_number(line, static_cast<std::uint64_t>(exchange.response.status));
    line += " us=";
    append_number(line, static_cast<std::uint64_t>(std::max<std::int64_t>(0, took.count())));
    line += exchange.response.log;
    log_.write(line);
}

} // namespace peercert::http
