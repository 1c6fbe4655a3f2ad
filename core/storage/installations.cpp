#include "storage/installations.hpp"

#include <soci/soci.h>

#include <peercert/error.hpp>

#include "storage/detail/connection.hpp"

namespace peercert::storage {

domain::Installation Installations::get() {
    connection_.forget_installation();
    return connection_.installation();
}

void Installations::set_demo_clock(domain::Instant instant) {
    if (get().kind != domain::InstallationKind::demo)
        throw Error(ErrorCode::forbidden,
                    "only a demo's clock can be set; this database holds the record of real people");
    note_change(connection_, Unit::installation, 1);
    const std::string at = domain::to_text(instant);
    connection_.sql() << "update installation set demo_clock = :at", soci::use(at);
    connection_.forget_installation();
}

} // namespace peercert::storage
