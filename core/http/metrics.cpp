#include "http/metrics.hpp"

#include <algorithm>
#include <string_view>

namespace peercert::http {
namespace {

/// Microseconds as seconds with six decimals.
std::string seconds_text(std::uint64_t us) {
    std::string fraction = std::to_string(us % 1'000'000);
    return std::to_string(us / 1'000'000) + "." + std::string(6 - fraction.size(), '0') + fraction;
}

void head(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
    out.append("# HELP ")
        .append(name)
        .append(" ")
        .append(help)
        .append("\n# TYPE ")
        .append(name)
        .append(" ")
        .append(type)
        .append("\n");
}

void line(std::string& out, std::string_view name, const std::string& labels, const std::string& value) {
    out.append(name);
    if (!labels.empty())
        out.append("{").append(labels).append("}");
    out.append(" ").append(value).append("\n");
}

} // namespace

Metrics::Metrics(std::vector<std::string> routes) : names_(std::move(routes)) {
    names_.emplace_back("none");
    for (std::size_t i = 0; i < names_.size(); ++i)
        rows_.push_back(std::make_unique<Row>());
}

void Metrics::answered(std::size_t route, int status, std::chrono::microseconds took) {
    Row& row = *rows_[route];
    const auto us = static_cast<std::uint64_t>(std::max<std::int64_t>(0, took.count()));
    row.by_class[static_cast<std::size_t>(std::clamp(status / 100, 1, 5) - 1)].fetch_add(1, std::memory_order_relaxed);
    const auto bucket =
        std::lower_bound(bucket_limits_us.begin(), bucket_limits_us.end(), static_cast<std::int64_t>(us));
    row.buckets[static_cast<std::size_t>(bucket - bucket_limits_us.begin())].fetch_add(1, std::memory_order_relaxed);
    row.total_us.fetch_add(us, std::memory_order_relaxed);
}

void Metrics::connection_opened() {
    connections_.fetch_add(1, std::memory_order_relaxed);
    open_.fetch_add(1, std::memory_order_relaxed);
}

std::string Metrics::text() const {
    std::string out;
    head(out, "peercert_http_requests_total", "counter", "Requests answered, by route and status class.");
    for (std::size_t i = 0; i < rows_.size(); ++i)
        for (std::size_t c = 0; c < 5; ++c)
            if (const std::uint64_t count = rows_[i]->by_class[c].load(std::memory_order_relaxed); count > 0)
                line(out, "peercert_http_requests_total",
                     "route=\"" + names_[i] + "\",status=\"" + std::to_string(c + 1) + "xx\"", std::to_string(count));
    head(out, "peercert_http_request_seconds", "histogram", "Time from a complete request to its answer.");
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        std::uint64_t sum = 0;
        const std::string route = "route=\"" + names_[i] + "\"";
        for (std::size_t b = 0; b < rows_[i]->buckets.size(); ++b) {
            sum += rows_[i]->buckets[b].load(std::memory_order_relaxed);
            const bool last = b == bucket_limits_us.size();
            const std::string limit = last ? "+Inf" : seconds_text(static_cast<std::uint64_t>(bucket_limits_us[b]));
            line(out, "peercert_http_request_seconds_bucket", route + ",le=\"" + limit + "\"", std::to_string(sum));
        }
        line(out, "peercert_http_request_seconds_sum", route,
             seconds_text(rows_[i]->total_us.load(std::memory_order_relaxed)));
        line(out, "peercert_http_request_seconds_count", route, std::to_string(sum));
    }
    head(out, "peercert_http_connections_open", "gauge", "Connections open now.");
    line(out, "peercert_http_connections_open", "", std::to_string(open_.load(std::memory_order_relaxed)));
    head(out, "peercert_http_connections_total", "counter", "Connections accepted.");
    line(out, "peercert_http_connections_total", "", std::to_string(connections_.load(std::memory_order_relaxed)));
    head(out, "peercert_http_refused_total", "counter", "Connections and requests refused at the edge, by reason.");
    constexpr std::array<std::string_view, 6> reasons{"client_cap", "total_cap", "rate",
                                                      "malformed",  "too_slow",  "not_a_proxy"};
    for (std::size_t i = 0; i < reasons.size(); ++i)
        line(out, "peercert_http_refused_total", "reason=\"" + std::string(reasons[i]) + "\"",
             std::to_string(refused_[i].load(std::memory_order_relaxed)));
    head(out, "peercert_log_lines_dropped_total", "counter",
         "Log lines lost because the log could not be written fast enough.");
    line(out, "peercert_log_lines_dropped_total", "", std::to_string(log_dropped_.load(std::memory_order_relaxed)));
    return out;
}

} // namespace peercert::http
