#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include "http/head.hpp"
#include "http/limiter.hpp"
#include "http/log.hpp"
#include "http/metrics.hpp"
#include "http/router.hpp"
#include "http/server.hpp"
#include "http/target.hpp"

/// Between bytes and routes: what one request is answered, given its checked head. Knows no socket.
namespace peercert::http {

/// What a connection keeps from request to request, so that answering allocates little.
struct Exchange {
    Head head;
    Target target;
    Request request;
    Response response;
    Router::Match match;
    std::string id;
    std::string out;  ///< the answer's bytes
    std::string line; ///< the log line
    std::chrono::steady_clock::time_point began{};
    bool head_only{false};
    bool close{false}; ///< the connection ends after this answer
    std::time_t date_second{-1};
    std::string date;
};

class Edge {
public:
    Edge(const Settings& settings, Router router, Log& log, Metrics& metrics, bool demo);

    /// Step 1, after the head: who asks, which route, may they, within limits, is the body acceptable. True: go on
    /// (read the body if the route has input, then `answer`). False: `exchange.out` holds a refusal.
    bool admit(Exchange& exchange, const Address& peer);
    /// Step 2: runs the route function and writes the answer's bytes to `exchange.out`.
    void answer(Exchange& exchange, std::string_view body);
    /// A refusal with an empty body for what is not a request at all.
    void refuse_head(Exchange& exchange, const HeadRefusal& refusal);
    void refuse_slow(Exchange& exchange);

    bool is_proxy(const Address& address) const;
    const Router& router() const { return router_; }

private:
    void name_client(Exchange& exchange, const Address& peer) const;
    void refuse(Exchange& exchange, int status, std::string_view detail);
    void fail(Exchange& exchange, int status, std::string_view detail, std::string_view word);
    void write_error(Exchange& exchange, int status, std::string_view detail, bool for_people) const;
    void finish(Exchange& exchange);
    void render(Exchange& exchange) const;
    void note(Exchange& exchange, std::chrono::microseconds took);
    void next_id(Exchange& exchange);

    const Settings& settings_;
    Router router_;
    Log& log_;
    Metrics& metrics_;
    Limiter lookups_;
    std::vector<Address> proxies_;
    bool demo_;
    std::string id_prefix_;
    std::atomic<std::uint64_t> next_id_{1};
};

} // namespace peercert::http
