#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/cohort.hpp"
#include "domain/instant.hpp"
#include "domain/person.hpp"

/// A cohort as one file that a facilitator takes to where there is no network: lines of text, fields divided by tabs.
/// First what the record knew when it was taken, signed; then the key with which this one file signs what is recorded
/// in it; then, line by line, what was recorded, each signed together with the signature before it. The key belongs to
/// this file alone: the record keeps its public half, so whoever holds another file can add nothing here.
namespace peercert::services {

struct BundleFile {
    struct Person {
        domain::PersonCode code{0};
        std::string name;
        domain::EnrolmentState state{domain::EnrolmentState::enrolled};
    };
    struct Had { ///< attendance that was on record when the file was made
        int session{0};
        domain::PersonCode person{0};
        Minutes minutes{0};
    };
    struct Attended {
        int n{0}; ///< 1, 2, ...
        int session{0};
        domain::PersonCode person{0};
        Minutes minutes{0};
        domain::Instant claimed{}; ///< by the clock of the machine it was recorded on: a claim, and no more
    };

    std::string id;
    std::string cohort; ///< code
    std::string title;
    domain::Instant taken{};
    std::vector<domain::Session> sessions; ///< number, day, length and unit
    std::vector<Person> people;
    std::vector<Had> had;
    std::vector<Attended> attended; ///< in the order of recording

    /// The newest figure of somebody at a session: what was recorded in the file, else what was on record before.
    std::optional<Minutes> minutes(int session, domain::PersonCode person) const;
};

/// The bytes of a new file; its key is made here and stands in it. `public_key` gets the other half.
std::string new_bundle(const BundleFile& file, std::string& public_key);

/// Reads a file whose signatures all fit the key in it. Throws Error{invalid_input} with the line that does not fit.
BundleFile read_bundle(std::string_view bytes);
/// The same, by the public key that the record has: the file's own claim about its key counts for nothing.
BundleFile read_bundle(std::string_view bytes, std::string_view public_key);
/// Only its name, before anything in it is believed. Throws Error{invalid_input} for what is no such file.
std::string bundle_id(std::string_view bytes);

/// The bytes with one more line. Its number is given here. Throws Error{invalid_input} for a session or person that is
/// not in the file, and for more minutes than the session has.
std::string with_attended(std::string_view bytes, const BundleFile::Attended& attended);

} // namespace peercert::services
