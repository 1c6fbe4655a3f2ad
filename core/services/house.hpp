#pragma once

#include <string>

#include "services/clock.hpp"
#include "storage/store.hpp"

namespace peercert::services {

/// What every service needs of the installation. References to what the wiring owns; services are cheap to make.
struct House {
    storage::Store& store;
    const Clock& clock;
    std::string zone; ///< IANA zone of the installation: its "today" where no track says otherwise

    Date today() const { return day_in_zone(clock.now(), zone); }
};

/// Whether a change is made or only rehearsed (`--dry-run`): every check runs, nothing stays.
enum class Mode { commit, rehearse };

/// One write unit in the mode asked for.
template <class Fn>
auto change(House& house, const std::string& actor, Mode mode, Fn&& fn) {
    const storage::WriteContext by{actor, house.clock.now()};
    return mode == Mode::commit ? house.store.write(by, fn) : house.store.rehearse(by, fn);
}

} // namespace peercert::services
