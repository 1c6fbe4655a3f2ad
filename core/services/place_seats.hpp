#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/actor.hpp"
#include "services/house.hpp"

/// Seats that an organization pays for: who pays and how many, never why a person sits on one. No list says who does;
/// only the person may see who pays for them.
namespace peercert::services {

struct SeatPoolView {
    std::string payer; ///< code of the organization
    std::string name;
    int seats{0};
    int used{0}; ///< by people who ask, wait, were offered a place or have one
};

class Seats {
public:
    explicit Seats(House& house) : house_(house) {}

    /// Throws Error{conflict} for fewer seats than are used.
    SeatPoolView fund(const Actor& actor, std::string_view cohort, std::string_view payer, int seats,
                      Mode mode = Mode::commit);
    /// The seat is paid for, or with an empty `payer` no longer. Throws Error{conflict} where no seat is left.
    void seat(const Actor& actor, std::string_view cohort, std::string_view person, std::string_view payer,
              Mode mode = Mode::commit);
    std::vector<SeatPoolView> pools(const Actor& actor, std::string_view cohort);
    /// For the person themself: the payer's name, empty where nobody pays. Throws Error{forbidden} for anybody else.
    std::string payer_of(const Actor& actor, std::string_view cohort, std::string_view person);

private:
    House& house_;
};

} // namespace peercert::services
