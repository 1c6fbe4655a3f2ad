#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "domain/person.hpp"
#include "domain/resemblance.hpp"

namespace peercert::storage {

class Connection;

/// Records that may be one human, found without comparing everybody with everybody, and pairs of which people said that
/// they are two. Whoever is one human already is one here too.
class Duplicates {
public:
    explicit Duplicates(Connection& connection) : connection_(connection) {}

    struct Candidate {
        PersonId person{}; ///< who was kept, of merged people
        domain::Resemblance resemblance{};
    };
    /// How far to look: `thorough` also for names that are one letter away, some thousand look-ups in the index, and,
    /// where birthday or address is missing, at everybody of the name.
    enum class Look { quick, thorough };

    /// Who is worth a look for somebody who would be added; the likest first. Whoever has nothing but the telephone
    /// number and the birthday in common is found by all().
    std::vector<Candidate> of(const domain::NewPerson& person, Look look = Look::thorough);
    /// The same for somebody in the record, without those they were set apart from.
    std::vector<Candidate> of(PersonId person, Look look = Look::thorough);

    struct Pair {
        PersonId one{};
        PersonId other{};
        domain::Resemblance resemblance{};
    };
    /// Every pair of the record that is worth a look and not set apart, the likest first: people of one birthday, one
    /// address, one number, or one name and nothing to tell them apart, are compared with each other. At most `limit`.
    /// One pass over the record.
    std::vector<Pair> all(std::size_t limit);
    /// Where more people than that share one day, address or number, it says too little to compare them all.
    static constexpr std::size_t most_of_one = 2000;

    /// That the two are two people, or that this is taken back. Throws Error{conflict} if that is how it stands, or if
    /// they are one human.
    void set_apart(PersonId one, PersonId other, bool apart, Date day);
    bool are_apart(PersonId one, PersonId other);

private:
    Connection& connection_;
};

} // namespace peercert::storage
