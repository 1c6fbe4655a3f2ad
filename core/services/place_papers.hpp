#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/place.hpp"
#include "services/actor.hpp"
#include "services/house.hpp"

/// Essays and notes of interviews: read by reviewers until the order is made, deleted on the day stated, and then gone
/// from the database, its log and its backups. They are no part of the record, and no audit row holds even a digest.
namespace peercert::services {

struct Purged {
    struct Due {
        std::string cohort; ///< code
        Date due{};         ///< the day of the order and the stated days
        std::size_t papers{0};
    };
    std::vector<Due> cohorts; ///< what was deleted
    bool gone{true}; ///< nothing of it is left in the database file; false: somebody reads just now, do it again
};

class PlacePapers {
public:
    /// An essay longer than that is no essay.
    static constexpr std::size_t most_bytes = 65'536;

    explicit PlacePapers(House& house) : house_(house) {}

    /// By the person or whoever runs the cohort (an essay), by a reviewer (notes). Again puts it in place of the
    /// former. Throws Error{conflict} after the order was made.
    void add(const Actor& actor, std::string_view cohort, std::string_view person, domain::PaperKind kind,
             std::string_view text, Mode mode = Mode::commit);
    /// For reviewers until the order is made. Throws Error{not_found} for what is not there, Error{forbidden} after.
    std::string read(const Actor& actor, std::string_view cohort, std::string_view person, domain::PaperKind kind);
    /// Deletes what is due: so many days after the order was made as the call states; and of a cohort that began
    /// without one, since then nobody decides by them any more.
    Purged purge(const Actor& actor, Mode mode = Mode::commit);

private:
    House& house_;
};

} // namespace peercert::services
