#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"

namespace peercert::http {

using Handler = std::function<void(const Request&, Response&)>;

enum class Permission {
    anyone, ///< a public read
    local   ///< only from this machine; everyone else is told that there is no such thing
};
enum class LimitClass {
    none,
    lookup ///< one token of the client's bucket: answers about credentials, so that numbers cannot be tried out
};
enum class Input {
    none,
    json,
    form ///< sent by a page of ours: from no other site
};
enum class Caching {
    never,   ///< Cache-Control: no-store
    one_hour ///< the same bytes for everyone
};
enum class Surface {
    machine, ///< errors are application/problem+json
    page     ///< read by people: errors are pages, and the page may load our own style sheet
};

/// One row of the table of everything the server answers.
struct Route {
    Method method{Method::get};
    std::string path;                     ///< "/api/v1/verify/{number}"
    std::optional<Permission> permission; ///< a route without one does not register
    LimitClass limit{LimitClass::none};
    Input input{Input::none};
    Caching caching{Caching::never};
    Surface surface{Surface::machine};
    std::vector<std::string> query{}; ///< the parameters it knows; any other is refused
    Handler handler;
};

class Router {
public:
    Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;
    ~Router();

    /// Throws Error{internal} for a route without permission or handler, a path that is none, a GET with input, the
    /// same method and path twice, or one place in the path named in two ways.
    void add(Route route);
    const std::vector<Route>& routes() const { return routes_; }

    struct Match {
        const Route* route{nullptr};
        std::size_t index{0};   ///< of the route, in the order of adding
        bool path_known{false}; ///< some method has a route here
    };
    /// Fills the request's path parts. A literal wins over a {part}.
    Match find(Method method, const Target& target, Request& request) const;
    /// "GET, HEAD, POST": what the path allows; empty for an unknown path.
    std::string allowed(const Target& target) const;

    /// Writes the page that people see instead of an error; without it pages get problem+json too.
    std::function<void(int status, const Request&, Response&)> error_page;

private:
    struct Node;
    const Node* walk(const Node& node, const Target& target, std::size_t at, Request& request) const;

    std::vector<Route> routes_;
    std::unique_ptr<Node> root_;
};

} // namespace peercert::http
