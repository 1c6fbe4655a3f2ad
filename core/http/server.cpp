#include "http/server.hpp"

#include <atomic>
#include <cstring>
#include <thread>

#include <Poco/Exception.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Runnable.h>
#include <Poco/ThreadPool.h>
#include <peercert/error.hpp>

#include "http/edge.hpp"
#include "http/registry.hpp"
#include "http/routes.hpp"

namespace peercert::http {
namespace {

Address address_of(const Poco::Net::SocketAddress& socket_address) {
    const Poco::Net::IPAddress host = socket_address.host();
    Address::Bytes bytes{};
    if (host.length() == bytes.size()) {
        std::memcpy(bytes.data(), host.addr(), bytes.size());
    } else {
        bytes[10] = bytes[11] = 0xFF;
        std::memcpy(bytes.data() + 12, host.addr(), 4);
    }
    return Address(bytes);
}

[[noreturn]] void refuse(const std::string& why) { throw Error(ErrorCode::invalid_input, why); }

} // namespace

void check(const Settings& settings) {
    const auto address = Address::parse(settings.address);
    if (!address)
        refuse("the address to listen on is \"" + settings.address + "\"; it must be a numeric one, such as 127.0.0.1");
    for (const std::string& proxy : settings.proxies)
        if (!Address::parse(proxy))
            refuse("the declared proxy \"" + proxy + "\" is not a numeric address");
    if (!address->is_loopback() && settings.proxies.empty())
        refuse("the server speaks plain HTTP, so it does not listen on " + settings.address +
               " for everyone: listen on 127.0.0.1, or put a proxy with TLS in front and declare its address");
    if (settings.max_connections < 1 || settings.max_connections > 4096 || settings.max_connections_per_client < 1)
        refuse("the most connections must be 1 to 4096, and at least 1 for one client");
    if (settings.lookup_burst < 1 || settings.lookups_per_minute < 1 || settings.lookups_per_minute > 60'000'000)
        refuse("the limits on checks must be at least 1");
    for (const auto time : {settings.head_time, settings.body_time, settings.idle_time, settings.send_time})
        if (time.count() < 1)
            refuse("the times a client is given must be longer than nothing");
    if (settings.max_body_bytes < 1 || settings.max_body_bytes > 16 * 1024 * 1024)
        refuse("the largest body must be between 1 byte and 16 MiB");
}

bool listens_here_only(const Settings& settings) {
    const auto address = Address::parse(settings.address);
    return address && address->is_loopback();
}

class Server::Impl {
public:
    Impl(Settings settings, App app)
        : settings_(std::move(settings)), app_(std::move(app)), log_(app_.log), router_(routes()),
          metrics_(names(router_)), edge_(settings_, std::move(router_), log_, metrics_, app_.demo),
          pool_("http", 2, settings_.max_connections + 32), registry_(settings_, edge_, metrics_) {}

    ~Impl() { stop(); }

    void start();
    void stop();
    std::uint16_t port() const { return socket_.address().port(); }
    std::string metrics_text() {
        metrics_.log_lines_dropped(log_.dropped());
        return metrics_.text();
    }

private:
    /// Deletes itself when its connection has ended: nothing else knows when a pooled thread is done with it.
    class Worker : public Poco::Runnable {
    public:
        Worker(Registry& registry, Registry::Entry entry) : registry_(registry), entry_(entry) {}
        void run() override {
            const std::unique_ptr<Worker> self(this);
            try {
                (*entry_)->serve();
            } catch (...) { // out of memory, for instance: this connection is lost, the server goes on
            }
            registry_.remove(entry_);
        }

    private:
        Registry& registry_;
        Registry::Entry entry_;
    };

    Router routes() {
        Router router;
        add_operations(router, app_, [this] { return metrics_text(); });
        add_verification(router, app_);
        add_confirmation(router, app_);
        for (const auto& add : app_.more_routes)
            add(router);
        return router;
    }
    static std::vector<std::string> names(const Router& router) {
        std::vector<std::string> names;
        for (const Route& route : router.routes())
            names.push_back(std::string(to_text(route.method)) + " " + route.path);
        return names;
    }
    void listen();
    void accept_one();

    const Settings settings_;
    const App app_;
    Log log_;
    Router router_;
    Metrics metrics_;
    Edge edge_;
    Poco::ThreadPool pool_;
    Registry registry_;
    Poco::Net::ServerSocket socket_;
    std::atomic<bool> stopping_{false};
    std::thread acceptor_;
};

void Server::Impl::start() {
    const Poco::Net::SocketAddress address(settings_.address, settings_.port);
    try {
        if (address.family() == Poco::Net::SocketAddress::IPv6)
            socket_.bind6(address, true, false, true);
        else
            socket_.bind(address, true, false);
        socket_.listen(256);
    } catch (const Poco::Exception&) {
        throw Error(ErrorCode::unavailable, "cannot listen on " + address.toString() +
                                                ": the port is taken, or the address is not one of this machine");
    }
    log_.write("http.started address=" + socket_.address().toString() +
               " proxies=" + std::to_string(settings_.proxies.size()) +
               " tls=" + (settings_.proxies.empty() ? "none,loopback_only" : "at_proxy") +
               " max_connections=" + std::to_string(settings_.max_connections) +
               " max_connections_per_client=" + std::to_string(settings_.max_connections_per_client) + " head_ms=" +
               std::to_string(settings_.head_time.count()) + " body_ms=" + std::to_string(settings_.body_time.count()) +
               " idle_ms=" + std::to_string(settings_.idle_time.count()) + " max_body_bytes=" +
               std::to_string(settings_.max_body_bytes) + " lookup_burst=" + std::to_string(settings_.lookup_burst) +
               " lookups_per_minute=" + std::to_string(settings_.lookups_per_minute));
    acceptor_ = std::thread([this] { listen(); });
}

/// An accept loop of our own over Poco's sockets: Poco 1.11's TCPServer drops what its queue cannot take without an
/// answer, may leave a connection waiting behind one that idles, and its dispatcher has a crash race at the end (GH
/// #2085).
void Server::Impl::listen() {
    while (!stopping_) {
        try {
            if (socket_.poll(Poco::Timespan(0, 100'000), Poco::Net::Socket::SELECT_READ))
                accept_one();
        } catch (const std::exception&) { // out of descriptors, or a client gone before it was accepted
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    }
}

void Server::Impl::accept_one() {
    Poco::Net::SocketAddress from;
    auto socket = std::make_unique<Poco::Net::StreamSocket>(socket_.acceptConnection(from));
    const Address peer = address_of(from);
    if (!peer.is_loopback() && !edge_.is_proxy(peer)) {
        metrics_.refused(Refused::not_a_proxy);
        registry_.refuse(std::move(socket), 403);
        return;
    }
    socket->setNoDelay(true);
    const auto entry = registry_.admit(std::move(socket), peer);
    if (!entry)
        return;
    auto worker = std::make_unique<Worker>(registry_, *entry);
    try {
        pool_.start(*worker);
        worker.release();
    } catch (const Poco::Exception&) { // no thread to be had
        registry_.give_up(*entry);
    }
}

void Server::Impl::stop() {
    if (!acceptor_.joinable())
        return;
    stopping_ = true;
    acceptor_.join();
    socket_.close();
    registry_.drain(settings_.stop_time);
    pool_.joinAll();
    log_.write("http.stopped");
}

Server::Server(Settings settings, App app) {
    check(settings);
    impl_ = std::make_unique<Impl>(std::move(settings), std::move(app));
}
Server::~Server() = default;
void Server::start() { impl_->start(); }
std::uint16_t Server::port() const { return impl_->port(); }
void Server::stop() { impl_->stop(); }
std::string Server::metrics_text() const { return impl_->metrics_text(); }

} // namespace peercert::http
