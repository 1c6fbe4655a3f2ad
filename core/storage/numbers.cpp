#include "storage/numbers.hpp"

#include <soci/soci.h>

#include <peercert/error.hpp>

#include "storage/detail/connection.hpp"

namespace peercert::storage {

namespace {

/// Takes `count` counters in a row and says the first.
std::int64_t take(Connection& connection, const char* name, std::int64_t count) {
    connection.changing();
    const std::string counter = name;
    const long long step = count;
    long long next = 0;
    connection.sql() << "update counter set next = next + :step where name = :name returning next", soci::use(step),
        soci::use(counter), soci::into(next);
    if (next == 0)
        throw Error(ErrorCode::unavailable,
                    "the database has lost its counter of " + counter + " codes; restore a backup");
    return next - step;
}

} // namespace

domain::CredentialNumber Numbers::next_credential() {
    if (issuing_paused())
        throw Error(ErrorCode::unavailable,
                    "issuing is paused since the database was restored; confirm the newest number "
                    "that was handed out before (peercert issuance resume)");
    return domain::CodeBook(connection_.installation().number_key).credential(take(connection_, "credential", 1));
}

std::int64_t Numbers::take_people(std::int64_t count) { return take(connection_, "person", count); }

bool Numbers::issuing_paused() {
    long long paused = 0;
    connection_.sql() << "select issuing_paused from installation", soci::into(paused);
    return paused != 0;
}

void Numbers::pause_issuing() {
    note_change(connection_, Unit::installation, 1);
    connection_.sql() << "update installation set issuing_paused = 1";
    connection_.forget_installation();
}

std::string Numbers::confirm_high_water(std::optional<domain::CredentialNumber> newest) {
    connection_.changing();
    constexpr std::int64_t most_ahead = 1'000'000;
    const std::string name = "credential";
    long long next = 0;
    connection_.sql() << "select next from counter where name = :name", soci::use(name), soci::into(next);
    if (newest) {
        const auto counter = domain::CodeBook(connection_.installation().number_key).counter(*newest);
        if (counter >= next + most_ahead || counter < 1)
            throw Error(ErrorCode::invalid_input,
                        "this installation cannot have handed out " + newest->str() + "; look for a typing error");
        if (counter >= next) {
            next = counter + 1;
            connection_.sql() << "update counter set next = :next where name = :name", soci::use(next), soci::use(name);
        }
    }
    note_change(connection_, Unit::installation, 1);
    connection_.sql() << "update installation set issuing_paused = 0";
    connection_.forget_installation();
    return std::string(confirmed_up_to) + std::to_string(next - 1);
}

} // namespace peercert::storage
