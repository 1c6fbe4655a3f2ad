#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/packet.hpp"
#include "services/actor.hpp"
#include "services/house.hpp"

namespace peercert::services {

/// A person's packet: everything held about them, to be taken along, read, and put into another installation that then
/// gives the same answers (practice.md M2, M3, N15).
class PersonPackets {
public:
    explicit PersonPackets(House& house) : house_(house) {}

    struct Made {
        std::string person; ///< code
        std::string bytes;  ///< of the file
        std::string sha256; ///< by which it is recognised
        domain::Packet packet;
    };
    /// For whoever may see the person's record, first of all the person. It is recorded that it was made. The same
    /// record gives the same bytes.
    Made make(const Actor& actor, std::string_view person, Mode mode = Mode::commit);

    struct Taking {
        /// Code in the packet, code here: where an organization is called otherwise here.
        std::map<std::string, std::string> organizations{};
        bool not_duplicate{false}; ///< somebody alike here is another person
    };
    struct Renamed {
        std::string there;
        std::string here;
    };
    struct Taken {
        std::string person; ///< code here
        std::string name;
        bool already_here{false};     ///< by this very file; nothing was changed
        std::size_t lines{0};         ///< of the ledger
        std::size_t decisions{0};     ///< that can be judged again
        std::vector<Renamed> numbers; ///< of credentials: each has a new one here, the old one is kept beside it
        std::vector<Renamed> cohorts; ///< another cohort has the code here
        std::vector<std::string> organizations; ///< codes of those added
        int roles_ended{0};                     ///< roles give rights: open ones end, and are granted here anew
    };
    /// Everything or nothing. For whoever may enter people, and, where it holds credentials, decide. Throws
    /// Error{invalid_input} for a file that is no packet, was changed, or comes from a newer program; Error{conflict}
    /// for somebody who is here already, with the way on. The same file again changes nothing.
    ///
    /// The seal of a packet shows that it was not changed by accident, not who made it: take one only from where it was
    /// made.
    Taken take(const Actor& actor, std::string_view bytes, const Taking& how, Mode mode = Mode::commit);

private:
    House& house_;
};

/// The packet in a file; throws Error{invalid_input} as above.
domain::Packet packet_in(std::string_view bytes);

} // namespace peercert::services
