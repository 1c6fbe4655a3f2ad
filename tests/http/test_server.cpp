#include "http/test_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <peercert/error.hpp>

namespace peercert::http::testing_support {

using namespace std::chrono_literals;
using services::VerificationAnswer;
using services::VerificationOutcome;

RawClient::RawClient(std::uint16_t port, const std::string& from) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in mine{};
    mine.sin_family = AF_INET;
    inet_pton(AF_INET, from.c_str(), &mine.sin_addr);
    ::bind(socket_, reinterpret_cast<const sockaddr*>(&mine), sizeof mine);
    sockaddr_in theirs{};
    theirs.sin_family = AF_INET;
    theirs.sin_port = htons(port);
    theirs.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&theirs), sizeof theirs) != 0)
        throw std::runtime_error("cannot connect to the test server");
}

RawClient::~RawClient() {
    if (socket_ >= 0)
        ::close(socket_);
}

bool RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

void RawClient::finish_sending() { ::shutdown(socket_, SHUT_WR); }

bool RawClient::more(std::chrono::milliseconds time) {
    pollfd wait{socket_, POLLIN, 0};
    if (::poll(&wait, 1, static_cast<int>(time.count())) <= 0)
        throw std::runtime_error("still open");
    char bytes[8192];
    const ssize_t count = ::recv(socket_, bytes, sizeof bytes, 0);
    if (count <= 0)
        return false;
    pending_.append(bytes, static_cast<std::size_t>(count));
    return true;
}

std::string RawClient::answer(bool head_request) {
    for (;;) {
        const std::size_t end = pending_.find("\r\n\r\n");
        if (end != std::string::npos) {
            const Answer head = parsed(pending_.substr(0, end + 4));
            const std::string length = head.field("content-length");
            const std::size_t wanted = end + 4 + (head_request || length.empty() ? 0 : std::stoul(length));
            if (pending_.size() >= wanted) {
                std::string bytes = pending_.substr(0, wanted);
                pending_.erase(0, wanted);
                return bytes;
            }
        }
        if (!more(4000ms))
            return "";
    }
}

std::string RawClient::until_closed(std::chrono::milliseconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    try {
        while (more(std::max(
            1ms, std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now())))) {
        }
    } catch (const std::runtime_error& error) {
        pending_ += error.what();
    }
    return std::exchange(pending_, {});
}

bool RawClient::closes_within(std::chrono::milliseconds time) { return !until_closed(time).ends_with("still open"); }

std::string Answer::field(std::string_view name) const {
    for (const auto& [known, value] : fields)
        if (known == name)
            return value;
    return "";
}

Answer parsed(const std::string& bytes) {
    Answer answer;
    const std::size_t end = bytes.find("\r\n\r\n");
    if (!bytes.starts_with("HTTP/1.1 ") || end == std::string::npos)
        return answer;
    answer.status = std::stoi(bytes.substr(9, 3));
    for (std::size_t at = bytes.find("\r\n") + 2; at < end + 2;) {
        const std::size_t line_end = bytes.find("\r\n", at);
        const std::string line = bytes.substr(at, line_end - at);
        const std::size_t colon = line.find(": ");
        std::string name = line.substr(0, colon);
        for (char& c : name)
            c = static_cast<char>(std::tolower(c));
        answer.fields.emplace_back(name, colon == std::string::npos ? "" : line.substr(colon + 2));
        at = line_end + 2;
    }
    answer.body = bytes.substr(end + 4);
    return answer;
}

services::ConfirmationView confirmation_for(std::string_view secret) {
    if (secret != "LINK")
        throw Error(ErrorCode::not_found, "no such link");
    using services::AskedLine;
    const Date day = parse_date("2026-03-09").value();
    services::ConfirmationView view{.id = domain::ConfirmationId(7),
                                    .person = "P-XXXX",
                                    .person_name = "Marisol <b>Vega</b>",
                                    .supervisor = "P-YYYY",
                                    .supervisor_name = "Odessa \"O\" Whitfield"};
    view.lines = {{.entry = EntryId{11}, .first_day = day, .last_day = day, .minutes = 150, .employer = "Lakeside <i>"},
                  {.entry = EntryId{12},
                   .kind = EntryKind::supervision,
                   .first_day = day,
                   .last_day = add_days(day, 3),
                   .minutes = 60,
                   .tags = {"team meeting"}},
                  {.entry = EntryId{13},
                   .first_day = day,
                   .last_day = day,
                   .minutes = 45,
                   .state = AskedLine::State::not_entitled,
                   .not_entitled_on = day}};
    return view;
}

TestServer::TestServer(Settings settings, std::vector<std::function<void(Router&)>> routes, bool demo)
    : shared_(std::make_shared<Shared>()) {
    settings.port = 0;
    App app{.verify = answer_for,
            .not_ready_because =
                [shared = shared_] {
                    const std::lock_guard lock(shared->mutex);
                    return shared->reasons;
                },
            .open_confirmation = confirmation_for,
            .answer_confirmation =
                [](std::string_view secret, const std::vector<EntryId>& confirmed) {
                    services::Answered answered{confirmation_for(secret), 0};
                    answered.view.state = services::ConfirmationView::State::answered;
                    for (services::AskedLine& line : answered.view.lines)
                        for (const EntryId one : confirmed)
                            if (line.entry == one && line.state == services::AskedLine::State::not_entitled)
                                throw Error(ErrorCode::conflict, "not entitled");
                            else if (line.entry == one) {
                                line.state = services::AskedLine::State::confirmed;
                                answered.minutes += line.minutes;
                            }
                    return answered;
                },
            .messages = std::make_shared<words::Messages>(),
            .log =
                [shared = shared_](std::string_view lines) {
                    const std::lock_guard lock(shared->mutex);
                    shared->log += lines;
                },
            .more_routes = std::move(routes),
            .demo = demo};
    server_ = std::make_unique<Server>(std::move(settings), std::move(app));
    server_->start();
}

TestServer::~TestServer() = default;

Answer TestServer::ask(const std::string& request) const {
    RawClient client(port());
    client.send(request);
    return parsed(client.answer(request.starts_with("HEAD ")));
}

Answer TestServer::get(const std::string& target, const std::string& more_fields) const {
    return ask("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + more_fields + "\r\n");
}

std::string TestServer::log() {
    server_.reset(); // its log is written to the end
    const std::lock_guard lock(shared_->mutex);
    return shared_->log;
}

void TestServer::not_ready(std::vector<std::string> reasons) {
    const std::lock_guard lock(shared_->mutex);
    shared_->reasons = std::move(reasons);
}

Settings loose() {
    Settings settings;
    settings.lookup_burst = 100'000;
    settings.lookups_per_minute = 60'000;
    settings.max_connections_per_client = 64;
    settings.stop_time = 2000ms;
    return settings;
}

VerificationAnswer answer_for(std::string_view number, std::optional<Date> valid_on) {
    VerificationAnswer answer;
    const Date today = 2026y / 11 / 22;
    answer.asked = answer.number = number;
    answer.asked_day = valid_on.value_or(today);
    answer.projection = answer.asked_day > today;
    answer.checked_at = answer.data_as_of = "2026-11-22T15:00:00Z";
    if (number == "DOWN")
        throw Error(ErrorCode::unavailable, "the database cannot be read now");
    if (number == "BUG")
        throw Error(ErrorCode::internal, "select secret from person where name = 'Canary Jones'");
    if (number == "STD")
        throw std::logic_error("select secret from person where name = 'Canary Jones'");
    if (number == "ODD")
        throw 42;
    if (number == "CANNOT") {
        answer.outcome = VerificationOutcome::cannot_check;
        return answer;
    }
    const std::vector<std::pair<std::string_view, VerificationOutcome>> known{
        {"GOOD", VerificationOutcome::certified},   {"PAST", VerificationOutcome::expired},
        {"HOLD", VerificationOutcome::suspended},   {"GONE", VerificationOutcome::revoked},
        {"BACK", VerificationOutcome::surrendered}, {"SWAP", VerificationOutcome::replaced},
        {"ENDED", VerificationOutcome::ended},      {"SOON", VerificationOutcome::not_yet_effective}};
    answer.outcome = VerificationOutcome::no_match;
    for (const auto& [name, outcome] : known)
        if (number == name)
            answer.outcome = outcome;
    if (answer.outcome == VerificationOutcome::no_match)
        return answer;
    answer.holder = "Marisol <b>Vega</b> & \"Sons\"";
    answer.credential_title = "Certified Peer Specialist";
    answer.issuer = "Wisconsin Peer Programme (invented)";
    answer.first_issued = 2024y / 11 / 1;
    answer.term_first_day = answer.outcome == VerificationOutcome::not_yet_effective ? 2026y / 12 / 1 : 2024y / 11 / 1;
    answer.last_valid_day = 2026y / (answer.outcome == VerificationOutcome::expired ? 10 : 12) / 31;
    answer.status_since = 2026y / 11 / 5;
    if (answer.outcome == VerificationOutcome::certified)
        answer.added_levels = {{"Crisis & <i>Care</i>", 2025y / 2 / 1, answer.last_valid_day}};
    if (answer.outcome == VerificationOutcome::expired)
        answer.list_shows_until = 2026y / 11 / 30;
    return answer;
}

} // namespace peercert::http::testing_support
