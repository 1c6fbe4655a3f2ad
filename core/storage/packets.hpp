#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/date.hpp>
#include <peercert/id.hpp>

#include "domain/packet.hpp"

namespace peercert::storage {

class Connection;

/// One person's record whole, out of this database and into another.
class Packets {
public:
    explicit Packets(Connection& connection) : connection_(connection) {}

    /// Everything held about that person; the same record gives the same packet, in either kind of database.
    domain::Packet of(PersonId person);
    /// By what this installation's packets are recognised.
    std::string installation_mark();

    /// Packets that somebody's record came with, oldest first.
    std::vector<domain::PacketOrigin> origins_of(PersonId person);
    /// Numbers under which the credential was known before it came here, oldest first.
    std::vector<std::string> numbers_elsewhere(CredentialId credential);
    /// Who has come with that packet, or was called so at that installation.
    std::optional<PersonId> came_with(std::string_view digest);
    std::optional<PersonId> came_as(std::string_view installation, std::string_view code);
    /// Who signed that line, where it came from elsewhere: code and name there.
    std::optional<std::pair<std::string, std::string>> signer_elsewhere(EntryId entry);

    struct Receiving {
        std::string digest; ///< SHA-256 of the file
        Date today{};       ///< roles that are open end the day before
        /// Code in the packet, code here: where an organization is called otherwise here.
        std::map<std::string, std::string> organizations{};
    };
    struct Received {
        PersonId person{};
        struct Renamed {
            std::string there;
            std::string here;
        };
        std::vector<Renamed> numbers{};           ///< of credentials: each has a new one
        std::vector<Renamed> cohorts{};           ///< whose code another cohort has here
        std::vector<std::string> organizations{}; ///< codes of those added
        int roles_ended{0};                       ///< open roles: nobody gets rights here by a file
    };
    /// Adds the person and everything in the packet, in the order in which it was recorded there. Throws
    /// Error{invalid_input} for a packet that says what cannot be, naming table and column, Error{conflict} where an
    /// organization or edition here has that code and is another.
    Received receive(const domain::Packet& packet, const Receiving& how);

    /// Whether a packet can be a packet: only tables and columns that there are, every value of the kind its column
    /// holds, text clean, days real, nothing recorded after `now`. Throws Error{invalid_input} naming table, row and
    /// column.
    static void check(const domain::Packet& packet, domain::Instant now);

private:
    Connection& connection_;
};

} // namespace peercert::storage
