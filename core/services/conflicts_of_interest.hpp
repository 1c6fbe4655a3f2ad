#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/sign_off.hpp"
#include "services/actor.hpp"
#include "services/house.hpp"

namespace peercert::services {

/// Two people of whom neither signs competencies off for the other on certain days: a couple, a family, a manager and
/// their worker. Why is nobody's business: there is no field for it.
class ConflictsOfInterest {
public:
    explicit ConflictsOfInterest(House& house) : house_(house) {}

    struct Declaration {
        std::string person; ///< either of the two
        std::string other;
        std::optional<Date> first_day; ///< absent: today
        std::optional<Date> last_day;  ///< absent: no end; given again for the same first day: it ended then
        bool withdrawn{false};         ///< it was never so
    };
    struct Declared {
        DayRange days;
        int signed_already{0}; ///< sign-offs between the two that stand, seen on those days: they stay as they are
    };
    /// By either of the two, or whoever keeps the record of either. Throws Error{not_found} when something is withdrawn
    /// that was never declared from that day.
    Declared declare(const Actor& actor, const Declaration& declaration, Mode mode = Mode::commit);

    struct View {
        std::string other; ///< person code
        std::string name;
        DayRange days;
    };
    std::vector<View> of(const Actor& actor, std::string_view person);

private:
    House& house_;
};

} // namespace peercert::services
