#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "domain/resemblance.hpp"
#include "services/people.hpp"

namespace peercert::services {

/// Two records that may be one human, and why.
struct DuplicatePair {
    PersonLine one;
    PersonLine other;
    domain::Resemblance resemblance;
};

/// "the same name; born on the same day": what speaks for it, in the order of the grounds.
std::string why(const domain::Resemblance& resemblance);

/// Those whom the actor may know, the likest first; what was set apart never comes back.
class Duplicates {
public:
    explicit Duplicates(House& house) : house_(house) {}

    /// Open pairs of one person.
    std::vector<DuplicatePair> of(const Actor& actor, std::string_view person);
    /// Open pairs of everybody, at most `limit`: one pass over the record.
    std::vector<DuplicatePair> all(const Actor& actor, std::size_t limit);
    /// That the two are two people; with `apart` false, that this was a mistake. Throws Error{conflict} if that is how
    /// it stands.
    void set_apart(const Actor& actor, std::string_view one, std::string_view other, bool apart,
                   Mode mode = Mode::commit);

private:
    House& house_;
};

} // namespace peercert::services
