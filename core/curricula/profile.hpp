#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <peercert/edition.hpp>

#include "curricula/edition_reader.hpp"

/// A reference profile (`*.profile.yaml`): what a model recommends. No rule: it is held beside tracks, to show where
/// they depart from it.
namespace peercert::curricula {

/// What of a track's rule a standard is held against.
enum class LooksAt {
    training_hours,
    practice_hours,
    schooling,
    lived_experience,
    exams,
    background_checks,
    time_in_recovery,
    code_of_ethics,
    fee,
    supervisors,
    nothing ///< what no rule of a track can tell
};

struct Standard {
    std::string name;
    int number{0};
    std::string says; ///< empty: what it says was not read
    LooksAt looks_at{LooksAt::nothing};
    std::optional<Bound> figure; ///< minutes; only from a source that was read
    std::string see;
    std::string place;
};

/// What must come out for a track, by the standard's name: "agrees", "departs", "silent" or "open".
struct ProfileCase {
    std::string name;
    std::string track;
    std::string edition;
    std::map<std::string, std::string> expect;
    std::string place;
};

struct Profile {
    std::string code;
    std::string edition;
    std::string title;
    std::string given_by;
    std::string note;
    std::vector<Standard> standards;
    std::vector<Source> sources;
    std::vector<ProfileCase> cases;
    std::string file;

    /// The source of a standard; its trust says whether anything may be concluded from it.
    const Source& source(const Standard& standard) const;
    /// Read somewhere: a standard that is only recalled, or not found, is never concluded from.
    bool was_read(const Standard& standard) const;
};

struct ReadProfile {
    std::optional<Profile> profile; ///< absent when there is an error
    std::vector<Problem> problems;
};
ReadProfile read_profile(const SourceText& source);

bool is_profile(std::string_view path);

} // namespace peercert::curricula
