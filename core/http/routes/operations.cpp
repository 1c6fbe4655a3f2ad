#include "http/routes.hpp"
#include "words/json.hpp"

namespace peercert::http {

void add_operations(Router& router, const App& app, std::function<std::string()> metrics_text) {
    router.add({.path = "/livez", .permission = Permission::anyone, .handler = [](const Request&, Response& response) {
                    response.body = R"({"live":true})";
                }});
    router.add(
        {.path = "/readyz", .permission = Permission::anyone, .handler = [&app](const Request&, Response& response) {
             std::vector<std::string> reasons;
             try {
                 reasons = app.not_ready_because();
             } catch (const std::exception&) {
                 reasons = {"whether the server is ready cannot be found out"};
             }
             response.status = reasons.empty() ? 200 : 503;
             response.body = words::Json::object()
                                 .set("ready", reasons.empty())
                                 .set("reasons", words::Json::array_of(reasons))
                                 .text();
         }});
    router.add({.path = "/metrics",
                .permission = Permission::local,
                .handler = [metrics_text = std::move(metrics_text)](const Request&, Response& response) {
                    response.type = ContentType::text;
                    response.body = metrics_text();
                }});
}

} // namespace peercert::http
