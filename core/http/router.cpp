#include "http/router.hpp"

#include <algorithm>
#include <array>

#include <peercert/error.hpp>

#include "http/target.hpp"

namespace peercert::http {

struct Router::Node {
    std::vector<std::pair<std::string, std::unique_ptr<Node>>> literals;
    std::string part_name;
    std::unique_ptr<Node> part;
    std::array<int, 5> route_of_method{-1, -1, -1, -1, -1};

    bool has_route() const {
        return std::any_of(route_of_method.begin(), route_of_method.end(), [](int route) { return route >= 0; });
    }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

void Router::add(Route route) {
    const std::string name = std::string(to_text(route.method)) + " " + route.path;
    const auto refuse = [&](const std::string& why) { throw Error(ErrorCode::internal, "route " + name + ": " + why); };
    if (!route.permission)
        refuse("a route says who may use it (permission)");
    if (!route.handler)
        refuse("a route has a function that answers");
    if (!route.path.starts_with('/'))
        refuse("a path begins with /");
    if (route.method == Method::get && route.input != Input::none)
        refuse("a GET has no input");
    Node* node = root_.get();
    std::string_view rest = std::string_view(route.path).substr(1);
    std::size_t parts = 0;
    for (bool more = true; more;) {
        const std::size_t slash = rest.find('/');
        const std::string_view segment = rest.substr(0, slash);
        more = slash != std::string_view::npos;
        rest.remove_prefix(more ? slash + 1 : rest.size());
        if (segment.starts_with('{') && segment.ends_with('}')) {
            const std::string_view part = segment.substr(1, segment.size() - 2);
            if (!node->part) {
                node->part = std::make_unique<Node>();
                node->part_name = part;
            }
            if (node->part_name != part)
                refuse("{" + std::string(part) + "} is called {" + node->part_name + "} by another route");
            if (++parts > std::tuple_size_v<decltype(Request::path_parts)>)
                refuse("too many {parts}");
            node = node->part.get();
            continue;
        }
        auto found = std::find_if(node->literals.begin(), node->literals.end(),
                                  [&](const auto& literal) { return literal.first == segment; });
        if (found == node->literals.end())
            found = node->literals.insert(found, {std::string(segment), std::make_unique<Node>()});
        node = found->second.get();
    }
    int& slot = node->route_of_method[static_cast<std::size_t>(route.method)];
    if (slot >= 0)
        refuse("it stands in the table already");
    slot = static_cast<int>(routes_.size());
    routes_.push_back(std::move(route));
}

const Router::Node* Router::walk(const Node& node, const Target& target, std::size_t at, Request& request) const {
    if (at == target.segment_count())
        return node.has_route() ? &node : nullptr;
    const std::string_view segment = target.segment(at);
    for (const auto& [text, next] : node.literals)
        if (text == segment)
            if (const Node* end = walk(*next, target, at + 1, request))
                return end;
    if (!node.part || segment.empty())
        return nullptr;
    request.path_parts[request.path_part_count++] = {node.part_name, segment};
    if (const Node* end = walk(*node.part, target, at + 1, request))
        return end;
    --request.path_part_count;
    return nullptr;
}

Router::Match Router::find(Method method, const Target& target, Request& request) const {
    request.path_part_count = 0;
    const Node* node = walk(*root_, target, 0, request);
    if (!node)
        return {};
    const int route = node->route_of_method[static_cast<std::size_t>(method)];
    if (route < 0)
        return {nullptr, 0, true};
    return {&routes_[static_cast<std::size_t>(route)], static_cast<std::size_t>(route), true};
}

std::string Router::allowed(const Target& target) const {
    Request scratch;
    const Node* node = walk(*root_, target, 0, scratch);
    std::string list;
    for (std::size_t method = 0; node && method < node->route_of_method.size(); ++method) {
        if (node->route_of_method[method] < 0)
            continue;
        if (!list.empty())
            list += ", ";
        list += to_text(static_cast<Method>(method));
        if (static_cast<Method>(method) == Method::get)
            list += ", HEAD";
    }
    return list;
}

} // namespace peercert::http
